package dev.brigade.async;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something a learner should hear of that is no exception of the running code. [#text()] says the
/// rule, what happened, and the next step.
public sealed interface Notice {
  /// Whose work caused it, or null.
  @Nullable Origin origin();

  /// One to three lines for a person.
  String text();

  /// A step held the loop while others were ready or due.
  ///
  /// @param task the name of the task that held it
  /// @param where the line it was in, as well as known
  /// @param stack its stack 100 ms into the stall, innermost first; empty where unknown
  /// @param millis how long
  /// @param blocked it waited in a blocking call rather than computed
  /// @param delayed the names of those that had to wait
  record Stalled(
      @Nullable Origin origin,
      String task,
      @Nullable String where,
      List<StackTraceElement> stack,
      long millis,
      boolean blocked,
      List<String> delayed)
      implements Notice {
    public Stalled {
      stack = List.copyOf(stack);
      delayed = List.copyOf(delayed);
    }

    /// The same with a better name for the line.
    public Stalled at(String line) {
      return new Stalled(origin, task, line, stack, millis, blocked, delayed);
    }

    @Override
    public String text() {
      return "The event loop stood still for "
          + millis
          + " ms: "
          + task
          + (where == null ? "" : " at " + where)
          + (blocked ? " blocked its thread" : " computed without awaiting")
          + ", and nothing else could run. Delayed: "
          + Names.few(delayed)
          + ".\n"
          + (blocked
              ? "Await instead of blocking (await(sleep(1)) for Thread.sleep(1000)), or move the"
                  + " call off the loop: await(toThread(() -> ...))."
              : "Move the work off the loop: await(toThread(() -> ...)), or give way now and then:"
                  + " await(sleep(0)).");
    }
  }

  /// A step holds the loop while others are ready or due, and has not ended yet.
  ///
  /// @param stack what it does at the moment, innermost first
  /// @param millis for how long until now
  record Stuck(
      @Nullable Origin origin,
      String task,
      List<StackTraceElement> stack,
      long millis,
      boolean blocked,
      List<String> delayed)
      implements Notice {
    public Stuck {
      stack = List.copyOf(stack);
      delayed = List.copyOf(delayed);
    }

    /// The same for who tells the lines that matter in words of his own.
    public Stuck withoutStack() {
      return new Stuck(origin, task, List.of(), millis, blocked, delayed);
    }

    @Override
    public String text() {
      var text = new StringBuilder();
      text.append("The event loop has stood still for ").append(millis).append(" ms: ");
      text.append(task).append(blocked ? " blocks its thread" : " computes without awaiting");
      text.append(". Waiting: ").append(Names.few(delayed)).append('.');
      if (stack.isEmpty()) return text.toString();
      text.append(" Now in:");
      int shown = 0;
      for (StackTraceElement frame : stack) {
        if (shown == 8) break;
        if (shown == 0 || StallMeter.isUsers(frame)) {
          text.append("\n    at ").append(frame);
          shown++;
        }
      }
      return text.toString();
    }
  }

  /// Tasks wait for each other, so that none of them can go on.
  ///
  /// @param waits one line for each task: what it waits for, and who holds that
  /// @param circle they wait in a circle; otherwise the program has nothing else to do
  record Deadlock(@Nullable Origin origin, List<String> waits, boolean circle) implements Notice {
    private static final int SHOWN = 10;

    public Deadlock {
      waits = List.copyOf(waits);
    }

    @Override
    public String text() {
      var text = new StringBuilder("Deadlock: ");
      text.append(
          circle
              ? waits.size() == 1
                  ? "a task waits for what it holds itself, so it can never go on."
                  : "tasks wait for each other in a circle, so none of them can go on."
              : "nothing in this loop can go on: every task waits for another to act.");
      for (String line : waits.subList(0, Math.min(SHOWN, waits.size()))) {
        text.append("\n    ").append(line);
      }
      if (waits.size() > SHOWN)
        text.append("\n    and ").append(waits.size() - SHOWN).append(" more");
      text.append(
          circle
              ? "\nTake locks in the same order everywhere, hold none across an await of another"
                  + " holder, or cancel one of the tasks."
              : "\nSomebody must set, put, release or signal what they wait for; from another"
                  + " thread: loop.callSoonThreadsafe(...).");
      return text.toString();
    }
  }

  /// Debug mode: a step or callback took long.
  ///
  /// @param what the task or callback
  /// @param where the line it was in or last awaited at, as well as known
  record Slow(@Nullable Origin origin, String what, @Nullable String where, long millis)
      implements Notice {
    @Override
    public String text() {
      return "Slow: "
          + what
          + (where == null ? "" : " at " + where)
          + " held the loop for "
          + millis
          + " ms.\nMove the work off the loop, await(toThread(() -> ...)), or raise"
          + " loop.slowCallbackDuration(seconds).";
    }
  }

  /// A coroutine was made and never awaited, so it never ran.
  record NeverAwaited(@Nullable Origin origin, String coroutine, @Nullable String site)
      implements Notice {
    @Override
    public String text() {
      return "Coroutine "
          + coroutine
          + (site == null ? "" : " of " + site)
          + " was never awaited, so it never ran.\nWrite await("
          + coroutine
          + "(...)), or createTask("
          + coroutine
          + "(...)) to start it in the background.";
    }
  }

  /// A task failed and nobody asked for its result.
  record NeverRetrieved(
      @Nullable Origin origin, String task, @Nullable String site, Throwable error)
      implements Notice {
    @Override
    public String text() {
      return "Task "
          + task
          + (site == null ? "" : " (created at " + site + ")")
          + " failed, and nobody awaited it: "
          + error
          + "\nAwait the task, or gather it with others, so that its error reaches you.";
    }
  }

  /// A callback of the loop threw.
  record CallbackFailed(@Nullable Origin origin, String message, Throwable error)
      implements Notice {
    @Override
    public String text() {
      return message + ": " + error;
    }
  }

  /// `run(main)` ended and cancelled what main had left running.
  record LeftByRun(@Nullable Origin origin, List<String> tasks) implements Notice {
    public LeftByRun {
      tasks = List.copyOf(tasks);
    }

    @Override
    public String text() {
      return "run(...) ended while "
          + Names.few(tasks)
          + (tasks.size() == 1 ? " was" : " were")
          + " still running, and cancelled "
          + (tasks.size() == 1 ? "it" : "them")
          + ".\nAwait the tasks that main starts before it returns.";
    }
  }

  /// The jobs of the default executor did not end in time.
  ///
  /// @param limit how long the loop has waited for them
  record ExecutorStillBusy(@Nullable Origin origin, Duration limit) implements Notice {
    @Override
    public String text() {
      return "Jobs of the default executor had not ended "
          + limit.toMillis() / 1000.0
          + " s after it was shut down; the loop waits for them no longer, and they go on.\n"
          + "Await what you start with toThread(...), and give calls that may block for ever a time"
          + " limit of their own.";
    }
  }

  /// A job in another process changed variables, and only its own copy of them.
  ///
  /// @param variables their names
  record LostWrites(@Nullable Origin origin, List<String> variables) implements Notice {
    public LostWrites {
      variables = List.copyOf(variables);
    }

    @Override
    public String text() {
      boolean one = variables.size() == 1;
      return "A job in another process changed "
          + Names.few(variables)
          + ": only its own copy, "
          + (one ? "this one keeps its value" : "these keep their values")
          + ", because processes share no memory.\n"
          + "Return what is new and assign it here: "
          + variables.getFirst()
          + " = await(loop.runInExecutor(processPool, () -> ...));";
    }
  }
}
