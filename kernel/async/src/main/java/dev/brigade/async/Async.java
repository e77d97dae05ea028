package dev.brigade.async;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything one types most, statically imported in every session. The names are asyncio's.
///
/// All of it belongs to the loop's thread of control (a coroutine or a callback), except [#run],
/// which starts a program, and [#async], which only makes a coroutine.
public final class Async {

  // --- coroutines

  /// Makes a coroutine: nothing runs until it is awaited or made a task. Python: `async def`.
  ///
  /// ```java
  /// Coroutine<String> greet(int n) {
  ///   return async(() -> { await(sleep(1)); return "Hello " + n; });
  /// }
  /// ```
  public static <T> Coroutine<T> async(Callable<T> body) {
    return new Coroutine<>(body, "coroutine", null);
  }

  /// Makes a coroutine without a result.
  public static Coroutine<Void> async(Action body) {
    return new Coroutine<>(Actions.callable(body), "coroutine", null);
  }

  /// Waits for a coroutine, task or promise and gives its result, or throws what it threw. A
  /// coroutine runs in the calling task; something that is done returns at once. While this task
  /// waits, the loop runs others. Python: `await`.
  ///
  /// @throws CancelledError this task, or what it waits for, was cancelled
  public static <T> T await(Awaitable<T> awaitable) {
    return Awaiting.awaitable(awaitable);
  }

  /// Waits for a completion stage.
  public static <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    EventLoop loop = Running.requireTask("await(...)").loop();
    if (future.isDone()) return FutureBridge.resultNow(future);
    return Awaiting.promise(FutureBridge.promise(loop, stage));
  }

  /// Waits for a completable future. Cancelling the wait cancels it.
  public static <T> T await(CompletableFuture<T> future) {
    return await((CompletionStage<T>) future);
  }

  /// Waits for a plain future, on a thread beside the loop.
  public static <T> T await(Future<T> future) {
    EventLoop loop = Running.requireTask("await(...)").loop();
    if (future.isDone()) return FutureBridge.resultNow(future);
    return Awaiting.promise(FutureBridge.promise(loop, future));
  }

  /// As [#await(Awaitable)], and declares a checked exception, so that it can be caught by name:
  /// `try { await(read(), IOException.class); } catch (IOException e) { ... }`.
  public static <T, E extends Exception> T await(Awaitable<T> awaitable, Class<E> declared)
      throws E {
    return Awaiting.awaitable(awaitable);
  }

  // --- programs

  /// Runs a coroutine as a program and gives its result. In a notebook cell it runs on the
  /// session's loop; outside of any loop it makes one, and blocks until the program has ended. What
  /// main left running is cancelled and reported. Python: `asyncio.run`.
  ///
  /// @throws MisuseError in a coroutine or callback: await there
  public static <T> T run(Coroutine<T> main) {
    return LoopRuns.run(main, null);
  }

  /// As [#run(Coroutine)] on a new loop of the factory's, on a thread of its own:
  /// `run(main(), EventLoop::virtualTime)`.
  public static <T> T run(Coroutine<T> main, Supplier<EventLoop> loopFactory) {
    return LoopRuns.run(main, loopFactory);
  }

  /// Starts a coroutine in the background. Tasks take their first step in the order of creation,
  /// when the creator next awaits. Python: `asyncio.create_task`.
  public static <T> Task<T> createTask(Coroutine<T> coroutine) {
    return createTask(coroutine, null);
  }

  /// Starts a coroutine in the background under a name.
  public static <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
    return Running.requireLoop("createTask(...)").createTask(coroutine, name, coroutine.site());
  }

  // --- many at once

  /// Runs awaitables at the same time and gives their results in the order given. The first failure
  /// goes to whoever awaits the whole; the siblings run on. Cancelling it cancels all. Python:
  /// `asyncio.gather`.
  @SafeVarargs
  @SuppressWarnings("varargs") // the array only goes into a list view
  public static <T> Promise<List<T>> gather(Awaitable<? extends T>... awaitables) {
    return gather(Arrays.asList(awaitables));
  }

  /// As [#gather(Awaitable...)] for a collection.
  public static <T> Promise<List<T>> gather(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return gatherAt(awaitables, null);
  }

  static <T> Promise<List<T>> gatherAt(
      Collection<? extends Awaitable<? extends T>> awaitables, @Nullable String site) {
    EventLoop loop = Running.requireLoop("gather(...)");
    return GatherPromise.<T, T>of(loop, awaitables, false, Promise::result, site);
  }

  /// As [#gather(Awaitable...)], with failures and cancellations as outcomes in their places.
  /// Python: `gather(..., return_exceptions=True)`.
  @SafeVarargs
  @SuppressWarnings("varargs") // the array only goes into a list view
  public static <T> Promise<List<Settled<T>>> gatherSettled(Awaitable<? extends T>... awaitables) {
    return gatherSettled(Arrays.asList(awaitables));
  }

  /// As [#gatherSettled(Awaitable...)] for a collection.
  public static <T> Promise<List<Settled<T>>> gatherSettled(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return gatherSettledAt(awaitables, null);
  }

  static <T> Promise<List<Settled<T>>> gatherSettledAt(
      Collection<? extends Awaitable<? extends T>> awaitables, @Nullable String site) {
    EventLoop loop = Running.requireLoop("gatherSettled(...)");
    return GatherPromise.<T, Settled<T>>of(loop, awaitables, true, Async::settled, site);
  }

  private static <T> Settled<T> settled(Promise<? extends T> done) {
    if (done.isCancelled())
      return new Settled.Cancelled<>(new CancelledError(done.cancelMessage()));
    Throwable error = done.error();
    return error == null ? new Settled.Succeeded<>(done.result()) : new Settled.Failed<>(error);
  }

  // --- time

  /// Waits some seconds without blocking the loop; `sleep(0)` gives way for exactly one turn.
  /// Python: `asyncio.sleep`.
  public static Coroutine<Void> sleep(double seconds) {
    long nanos = Seconds.toNanos(seconds);
    return Coroutines.of("sleep", () -> Awaiting.sleep(nanos));
  }

  /// Waits some time without blocking the loop.
  public static Coroutine<Void> sleep(Duration time) {
    long nanos = time.toNanos();
    return Coroutines.of("sleep", () -> Awaiting.sleep(nanos));
  }

  /// Runs code in place under a time limit and gives its value. When the time is up the code is
  /// cancelled at its await, may clean up, and a [TimeoutError] comes out. Python:
  /// `async with asyncio.timeout(seconds)`.
  public static <T> T timeout(double seconds, Callable<T> body) {
    return Timeout.run(Seconds.toNanos(seconds), _ -> body.call());
  }

  /// As [#timeout(double, Callable)] for code without a result.
  public static void timeout(double seconds, Action body) {
    Timeout.run(Seconds.toNanos(seconds), _ -> Actions.callable(body).call());
  }

  /// As [#timeout(double, Callable)]; the code can ask for the limit and move it.
  public static <T> T timeout(double seconds, Timeout.Body<T> body) {
    return Timeout.run(Seconds.toNanos(seconds), body);
  }

  /// Protects work from the cancellation of whoever awaits it: the wait ends, the work goes on.
  /// Python: `asyncio.shield`.
  public static <T> Promise<T> shield(Awaitable<T> awaitable) {
    EventLoop loop = Running.requireLoop("shield(...)");
    return Shield.of(loop, loop.ensurePromise(awaitable, null));
  }

  // --- threads

  /// Runs blocking code in the default thread pool while the loop goes on. Python:
  /// `asyncio.to_thread`.
  public static <T> Coroutine<T> toThread(Callable<T> code) {
    return Coroutines.of(
        "toThread",
        () -> {
          EventLoop loop = Running.requireLoop("toThread(...)");
          return Awaiting.promise(loop.runInExecutor(null, code));
        });
  }

  /// As [#toThread(Callable)] for code without a result.
  public static Coroutine<Void> toThread(Action code) {
    return toThread(Actions.callable(code));
  }

  // --- questions

  /// The running loop. Python: `asyncio.get_running_loop`.
  ///
  /// @throws MisuseError none runs in this thread
  public static EventLoop eventLoop() {
    return Running.requireLoop("eventLoop()");
  }

  /// The task whose coroutine this is, or null in a callback. Python: `asyncio.current_task`.
  public static @Nullable Task<?> currentTask() {
    Running.requireLoop("currentTask()");
    return Running.task();
  }

  /// The running loop's unfinished tasks in the order of creation. Python: `asyncio.all_tasks`.
  public static Set<Task<?>> allTasks() {
    return java.util.Collections.unmodifiableSet(
        new java.util.LinkedHashSet<>(Running.requireLoop("allTasks()").tasks()));
  }

  /// What blocking calls do in tasks made from now on: strict, the loop stands still as asyncio's
  /// does; loom, it goes on as virtual threads would.
  public static void blocking(Blocking mode) {
    Running.requireLoop("blocking(...)").blocking(mode);
  }

  private Async() {}
}
