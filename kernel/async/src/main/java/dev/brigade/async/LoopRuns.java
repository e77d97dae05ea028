package dev.brigade.async;

import dev.brigade.async.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whole programs on a loop: `run(main())` and its relatives.
final class LoopRuns {

  /// `run(main)`: on a loop of its own outside of any loop; as a task of the session's loop in a
  /// cell; an error anywhere else.
  static <T> T run(Coroutine<T> main, @Nullable Supplier<EventLoop> factory) {
    if (Running.loop() == null)
      return onNewLoop(main, factory == null ? EventLoop::create : factory);
    Task<?> task = Running.task();
    if (task == null || !task.mayRun()) {
      main.close();
      throw new MisuseError(
          "run(...) starts a whole program, and this code already runs on the event loop, in "
              + (task == null
                  ? "a callback, which must return at once: make a task.\n  wrong: run(main())"
                      + "\n  right: createTask(main())"
                  : task.name()
                      + ": await instead.\n  wrong: run(main())\n  right: await(main())"));
    }
    return factory == null ? inCell(task, main) : elsewhere(task, main, factory);
  }

  private static <T> T inCell(Task<?> cell, Coroutine<T> main) {
    var scope = new RunScope(false);
    Task<T> task =
        cell.loop().registry().createMain(main, scope, TaskSpec.inherited(null, main.site()));
    try {
      return Awaiting.promise(task);
    } finally {
      cancelLeftovers(cell.loop(), scope, cell.origin());
    }
  }

  /// As `asyncio.run` does at its end: cancels what main has left running and lets it clean up.
  private static void cancelLeftovers(EventLoop loop, RunScope scope, @Nullable Origin origin) {
    List<Task<?>> left = loop.registry().of(scope);
    if (left.isEmpty()) return;
    var names = new ArrayList<String>();
    for (Task<?> task : left) {
      names.add(task.name());
      task.cancel();
    }
    loop.notices().notice(new Notice.LeftByRun(origin, names));
    Awaiting.promise(GatherPromise.of(loop, left, true, Promise::isDone, null));
    for (Task<?> task : left) {
      Throwable error = task.peekError();
      if (error != null) {
        task.markRetrieved();
        loop.report(ErrorContext.neverRetrieved(task, error));
      }
    }
  }

  /// On a new loop while the cell awaits it: cancelling the cell cancels main.
  private static <T> T elsewhere(Task<?> cell, Coroutine<T> main, Supplier<EventLoop> factory) {
    var end = new CompletableFuture<T>();
    EventLoop loop = factory.get();
    loop.runsFor(cell.loop());
    Origin origin = cell.origin();
    if (origin != null) origin.addLoop(loop);
    return awaitElsewhere(cell, loop, origin, start(loop, main, origin, end), end);
  }

  /// A cell's body on a new loop, see [EventLoop#runRoot].
  static <T> T rootElsewhere(
      Task<?> cell, EventLoop loop, Origin origin, String name, Callable<T> body) {
    requireIdle(loop, null);
    loop.runsFor(cell.loop());
    var end = new CompletableFuture<T>();
    Task<T> root = loop.registry().createRoot(origin, name, body, Context.captured());
    root.onDone(
        _ -> {
          root.markRetrieved(); // the cell hears of it
          List<String> left =
              loop.tasks().stream().filter(task -> task != root).map(Task::name).toList();
          if (!left.isEmpty()) loop.notices().notice(new Notice.LeftByRun(origin, left));
        });
    origin.addLoop(loop);
    startThread(loop, root, end);
    return awaitElsewhere(cell, loop, origin, root, end);
  }

  private static <T> T awaitElsewhere(
      Task<?> cell,
      EventLoop loop,
      @Nullable Origin origin,
      Task<T> task,
      CompletableFuture<T> end) {
    try {
      return awaitEnd(cell, task, end);
    } finally {
      if (origin != null) origin.removeLoop(loop);
      Trace traced = loop.lastTrace();
      if (traced != null) cell.loop().lastTrace(traced);
    }
  }

  private static <T> T awaitEnd(Task<?> cell, Task<T> task, CompletableFuture<T> end) {
    Promise<T> promise = cell.loop().createPromise();
    end.whenComplete(
        (value, error) ->
            cell.loop()
                .callSoonThreadsafe(
                    () -> {
                      if (error instanceof CancelledError) promise.settleCancelled(null);
                      else if (error != null) promise.setError(error);
                      else promise.setResult(value);
                    }));
    while (true) {
      // A cancelled wait must not return before main has cleaned up.
      Promise<T> wait = Shield.again(cell.loop(), promise, task.loop().name());
      try {
        return Awaiting.promise(wait);
      } catch (CancelledError e) {
        if (promise.isDone()) throw e;
        task.cancelThreadsafe();
      }
    }
  }

  private static <T> T onNewLoop(Coroutine<T> main, Supplier<EventLoop> factory) {
    var end = new CompletableFuture<T>();
    Task<T> task = start(factory.get(), main, Running.origin(), end);
    return CtrlC.await(task, end);
  }

  /// Starts a loop for one program. The future is settled after the loop has ended.
  private static <T> Task<T> start(
      EventLoop loop, Coroutine<T> main, @Nullable Origin origin, CompletableFuture<T> end) {
    var scope = new RunScope(false);
    Task<T> task =
        loop.registry().createMain(main, scope, TaskSpec.inherited(null, main.site()).by(origin));
    startThread(loop, task, end);
    return task;
  }

  private static <T> void startThread(EventLoop loop, Task<T> main, CompletableFuture<T> end) {
    main.onDone(_ -> endProgram(loop, main));
    loop.startThread(
        () -> {
          loop.close();
          loop.defaultExecutor().join();
          settle(main, end);
        });
  }

  /// Cancels what is left, waits for it and for the default executor, and stops the loop.
  static void endProgram(EventLoop loop, @Nullable Task<?> main) {
    var left = new ArrayList<>(loop.tasks());
    left.remove(main);
    // Generators last, as asyncio does: a task may yet use them while it cleans up.
    if (left.isEmpty()) left.addAll(loop.registry().generators());
    if (left.isEmpty()) {
      endExecutor(loop);
      return;
    }
    left.forEach(Task::cancel);
    // Children of the cancelled may make more tasks while they clean up: look again until none.
    GatherPromise.of(loop, left, true, Promise::isDone, null)
        .onDone(
            _ -> {
              reportErrors(loop, left);
              endProgram(loop, main);
            });
  }

  /// The loop runs while the last jobs do: they may hand it work, and wait for that.
  private static void endExecutor(EventLoop loop) {
    DefaultExecutor executor = loop.defaultExecutor();
    if (!executor.isUsed()) loop.stopEngine();
    else executor.ended(DefaultExecutor.JOIN_LIMIT).onDone(_ -> loop.stopEngine());
  }

  private static void reportErrors(EventLoop loop, List<Task<?>> left) {
    for (Task<?> task : left) {
      Throwable error = task.peekError();
      if (error == null) continue;
      task.markRetrieved();
      loop.report(
          ErrorContext.failed(
              task.origin(), task.name() + " failed while run(...) was ending", error));
    }
  }

  static <T> void settle(Promise<T> promise, CompletableFuture<T> end) {
    try {
      end.complete(promise.result());
    } catch (Throwable t) { // the program's own error
      end.completeExceptionally(t);
    }
  }

  static void requireNoLoop(Awaitable<?> awaitable) {
    if (Running.loop() == null) return;
    if (awaitable instanceof Coroutine<?> coroutine) coroutine.close();
    throw new MisuseError(
        "a loop already runs in this thread, "
            + Running.loop()
            + ", and two cannot: await instead."
            + "\n  wrong: loop.runUntilComplete(work())"
            + "\n  right: await(work())");
  }

  /// A loop that cannot be started is refused before anything is left in it.
  static void requireIdle(EventLoop loop, @Nullable Awaitable<?> awaitable) {
    if (!loop.isClosed() && !loop.isRunning()) return;
    if (awaitable instanceof Coroutine<?> coroutine) coroutine.close();
    throw loop.isClosed() ? closed(loop) : running(loop);
  }

  static <T> T untilComplete(EventLoop loop, Awaitable<T> awaitable) {
    requireNoLoop(awaitable);
    requireIdle(loop, awaitable);
    Promise<T> promise =
        switch (awaitable) {
          case Promise<T> p -> p;
          case Coroutine<T> c ->
              loop.registry()
                  .createMain(c, new RunScope(false), TaskSpec.inherited(null, c.site()));
        };
    Consumer<Promise<T>> stop = _ -> loop.stopEngine();
    promise.onDone(stop);
    try {
      join(loop);
    } finally {
      promise.removeDoneCallback(stop); // it must not stop a later run
    }
    if (!promise.isDone()) {
      throw new MisuseError(
          "the loop was stopped before what it was to run was done: "
              + promise
              + ". It stops by itself then; stop() is for runForever()."
              + "\n  wrong: loop.callSoon(loop::stop); loop.runUntilComplete(work());"
              + "\n  right: loop.runUntilComplete(work());");
    }
    return promise.result();
  }

  /// Runs a loop until it is stopped, while the calling thread waits.
  static void join(EventLoop loop) {
    if (Running.loop() != null) {
      throw new MisuseError(
          "a loop already runs in this thread, "
              + Running.loop()
              + ", and two cannot: give the other a thread of its own."
              + "\n  wrong: run(async(() -> loop.runForever()))"
              + "\n  right: new Thread(loop::runForever).start();");
    }
    requireIdle(loop, null);
    var ended = new CompletableFuture<Boolean>();
    loop.startThread(() -> ended.complete(true));
    boolean interrupted = false;
    while (true) {
      try {
        ended.get();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
        loop.stopEngine();
      } catch (ExecutionException e) {
        throw Throwing.asIs(e);
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  /// The loop was asked for something after its end.
  static MisuseError closed(EventLoop loop) {
    return new MisuseError(
        "the event loop is closed and runs nothing more: "
            + loop
            + ". Close it last, or let run(...) make one for each program."
            + "\n  wrong: loop.close(); loop.runUntilComplete(work());"
            + "\n  right: try (var loop = EventLoop.create()) { loop.runUntilComplete(work()); }"
            + "\n  right: run(work());");
  }

  static MisuseError closedWhileRunning(EventLoop loop) {
    return new MisuseError(
        "a running loop cannot be closed: "
            + loop
            + ". Let it end first: runForever() returns after stop().\n"
            + "  wrong: loop.callSoonThreadsafe(loop::close);\n"
            + "  right: loop.callSoonThreadsafe(loop::stop);   // and close() behind runForever()");
  }

  private static MisuseError running(EventLoop loop) {
    return new MisuseError(
        "this event loop runs already, on a thread of its own: "
            + loop
            + ". Hand it work from here."
            + "\n  wrong: new Thread(loop::runForever).start(); loop.runUntilComplete(work());"
            + "\n  right: runCoroutineThreadsafe(work(), loop).join();");
  }

  private LoopRuns() {}
}
