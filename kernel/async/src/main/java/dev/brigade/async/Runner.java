package dev.brigade.async;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Several programs one after the other on one loop, with one set of context variables. Python:
/// `asyncio.Runner`.
///
/// ```java
/// try (var runner = new Runner()) {
///   runner.run(connect());
///   runner.run(work());      // what connect() left running goes on meanwhile
/// }                          // here it is cancelled, and has cleaned up
/// ```
///
/// For one thread that runs no loop itself. The loop turns only while a program runs.
public final class Runner implements AutoCloseable {
  private final Supplier<EventLoop> factory;
  private final Context context = Context.copyCurrent();
  private @Nullable EventLoop loop;
  private boolean closed;

  /// A runner on a loop in real time.
  public Runner() {
    this(EventLoop::create);
  }

  /// @param factory makes its loop, when it is first needed
  public Runner(Supplier<EventLoop> factory) {
    this.factory = factory;
  }

  /// Its loop.
  ///
  /// @throws MisuseError it is closed
  public EventLoop loop() {
    if (closed) {
      throw new MisuseError(
          "a runner that is closed runs nothing more, and this runner is closed"
              + (loop == null ? "" : " with its loop " + loop)
              + ". Run all programs inside its block."
              + "\n  wrong: var runner = new Runner(); runner.close(); runner.run(main());"
              + "\n  right: try (var runner = new Runner()) { runner.run(main()); }");
    }
    if (loop == null) loop = factory.get();
    return loop;
  }

  /// Runs a coroutine to its end and gives its result, or throws what it threw. Blocks the calling
  /// thread. Tasks it leaves running stay, and go on with the next `run`.
  ///
  /// @throws MisuseError the thread runs a loop already
  /// @throws KeyboardInterrupt Ctrl-C was pressed
  public <T> T run(Coroutine<T> main) {
    return run(main, context);
  }

  /// As [#run(Coroutine)] with context variables of the caller's choice.
  public <T> T run(Coroutine<T> main, Context values) {
    LoopRuns.requireNoLoop(main);
    if (closed) main.close(); // it is refused, not forgotten
    EventLoop mine = loop();
    LoopRuns.requireIdle(mine, main);
    Task<T> task =
        mine.registry()
            .createMain(
                main, new RunScope(false), TaskSpec.inherited(null, main.site()).in(values));
    task.onDone(_ -> mine.stopEngine());
    var end = new CompletableFuture<T>();
    mine.startThread(() -> LoopRuns.settle(task, end));
    return CtrlC.await(task, end);
  }

  /// Cancels the tasks that are left, waits until they have cleaned up and the jobs of the default
  /// pool have ended, and closes the loop. Calling it again does nothing.
  @Override
  public void close() {
    if (closed) return;
    EventLoop mine = loop;
    closed = true;
    if (mine == null) return;
    var ended = new CompletableFuture<Boolean>();
    mine.callSoonThreadsafe(() -> LoopRuns.endProgram(mine, null));
    mine.startThread(() -> ended.complete(true));
    ended.join();
    mine.close();
    mine.defaultExecutor().join();
  }
}
