package dev.brigade.async.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// A loop's insides after one event of a trace: what a program looks like when its time stands
/// still.
///
/// @param step which event, counted from 1
/// @param steps how many there are
/// @param nanos the time since the trace began
/// @param what what happened, in words
/// @param running the task whose turn it is, or null
/// @param ready the tasks in the ready queue, the next one first
/// @param timers the tasks that sleep, with the time their timers ring
/// @param waiting the other tasks that wait, and for what
/// @param jobs the jobs that run in threads and processes
/// @param output the lines printed so far
public record LoopView(
    int step,
    int steps,
    long nanos,
    String what,
    @Nullable String running,
    List<String> ready,
    List<String> timers,
    List<String> waiting,
    List<String> jobs,
    List<String> output) {
  private static final int SHOWN = 6;

  /// Every view of a trace. Events that only matter to the loop itself belong to the one after.
  /// Takes memory for each: for long traces there is [#of(Trace, int)].
  public static List<LoopView> of(Trace trace) {
    return new Walk(trace, _ -> true).views();
  }

  /// As many of them as are asked for: the first, the last, and those between at even distances.
  ///
  /// @param most at least 2
  public static List<LoopView> of(Trace trace, int most) {
    int steps = count(trace);
    if (steps <= most) return of(trace);
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < most; i++) {
      chosen.add(1 + (int) Math.round((double) i * (steps - 1) / (most - 1)));
    }
    return new Walk(trace, chosen::contains).views();
  }

  /// One view.
  ///
  /// @param step counted from 1; beyond the ends it is the first or the last
  public static Optional<LoopView> at(Trace trace, int step) {
    int one = Math.clamp(step, 1, Math.max(1, count(trace)));
    return new Walk(trace, each -> each == one).views().stream().findFirst();
  }

  private static int count(Trace trace) {
    var texts = new EventText(trace::name);
    int steps = 0;
    for (TraceEvent event : trace.events()) if (!texts.lines(event).isEmpty()) steps++;
    return steps;
  }

  /// The view as text, one row for each part of the loop.
  public String text() {
    return "step %d of %d   %s   %s%n".formatted(step, steps, TraceSummary.seconds(nanos), what)
        + row("running", running == null ? List.of() : List.of(running))
        + row("ready", ready)
        + row("timers", timers)
        + row("waiting", waiting)
        + row("jobs", jobs)
        + row("output", output.subList(Math.max(0, output.size() - 3), output.size()));
  }

  private static String row(String name, List<String> entries) {
    String text = String.join(", ", entries.subList(0, Math.min(SHOWN, entries.size())));
    if (entries.size() > SHOWN) text += " and " + (entries.size() - SHOWN) + " more";
    return String.format(Locale.ROOT, "  %-8s %s", name, text.isEmpty() ? "-" : text) + "\n";
  }

  private static final class Walk {
    private final Trace trace;
    private final EventText texts;
    private final IntPredicate wanted;
    private final List<LoopView> views = new ArrayList<>();
    private final Map<Long, String> ready = new LinkedHashMap<>();
    private final Map<Long, Long> timers = new TreeMap<>();
    private final Map<Long, String> waiting = new TreeMap<>();
    private final Map<Long, String> jobs = new TreeMap<>();
    private final StringBuilder output = new StringBuilder();
    private @Nullable Long running;
    private int steps;

    Walk(Trace trace, IntPredicate wanted) {
      this.trace = trace;
      this.wanted = wanted;
      this.texts = new EventText(trace::name);
    }

    List<LoopView> views() {
      for (TraceEvent event : trace.events()) {
        change(event);
        List<EventText.Line> lines = texts.lines(event);
        if (!lines.isEmpty() && wanted.test(++steps)) add(event, lines);
      }
      return views.stream().map(view -> view.outOf(steps)).toList();
    }

    private void add(TraceEvent event, List<EventText.Line> lines) {
      var what = new ArrayList<String>();
      for (EventText.Line line : lines) {
        what.add((line.task() == 0 ? "" : trace.name(line.task()) + " ") + line.what());
      }
      var sleeping = new ArrayList<String>();
      timers.entrySet().stream()
          .sorted(Map.Entry.comparingByValue())
          .forEach(
              timer ->
                  sleeping.add(
                      TraceSummary.seconds(timer.getValue() - trace.from())
                          + " "
                          + trace.name(timer.getKey())));
      views.add(
          new LoopView(
              steps,
              0,
              Math.max(0, event.at().nanos() - trace.from()),
              String.join(", ", what),
              running == null ? null : trace.name(running),
              List.copyOf(ready.values()),
              sleeping,
              waiting.entrySet().stream()
                  .filter(entry -> !timers.containsKey(entry.getKey()))
                  .map(entry -> trace.name(entry.getKey()) + ": " + entry.getValue())
                  .toList(),
              List.copyOf(jobs.values()),
              output.toString().lines().toList()));
    }

    private void change(TraceEvent event) {
      switch (event) {
        case TraceEvent.TaskCreated e -> ready.put(e.task(), trace.name(e.task()));
        case TraceEvent.StepBegan e -> {
          ready.remove(e.task());
          waiting.remove(e.task());
          timers.remove(e.task());
          running = e.task();
        }
        case TraceEvent.StepEnded _ -> running = null;
        case TraceEvent.TimerSet e -> {
          if (e.task() != 0) timers.put(e.task(), e.deadlineNanos());
        }
        case TraceEvent.Awaits e -> {
          if (e.what().equals("turn")) ready.put(e.task(), trace.name(e.task()));
          else waiting.put(e.task(), e.on() == 0 ? e.what() : trace.name(e.on()));
        }
        case TraceEvent.Woken e -> {
          waiting.remove(e.task());
          timers.remove(e.task());
          ready.put(e.task(), trace.name(e.task()));
        }
        case TraceEvent.TaskEnded e -> {
          ready.remove(e.task());
          waiting.remove(e.task());
        }
        case TraceEvent.JobStarted e -> {
          String where = e.worker() == null ? e.at().thread() : e.worker();
          jobs.put(e.job(), "job " + e.job() + " in " + where);
        }
        case TraceEvent.JobEnded e -> jobs.remove(e.job());
        case TraceEvent.Printed e -> output.append(e.text());
        default -> {}
      }
    }
  }

  private LoopView outOf(int all) {
    return new LoopView(step, all, nanos, what, running, ready, timers, waiting, jobs, output);
  }
}
