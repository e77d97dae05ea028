package dev.brigade.async;

import dev.brigade.async.trace.Trace;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
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
  /// main left running is cancelled and reported; jobs of the default pool are waited for, at most
  /// 300 seconds. Python: `asyncio.run`.
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

  /// Waits until at least one of several tasks or promises is done. Cancels none, and throws
  /// nothing that they threw. Python: `asyncio.wait(..., return_when=FIRST_COMPLETED)`.
  public static <P extends Promise<?>> Coroutine<Waited<P>> waitAny(
      Collection<? extends P> promises) {
    return Waits.of(promises, Waits.Until.FIRST_COMPLETED, OptionalLong.empty());
  }

  /// As [#waitAny(Collection)], at most some seconds; a passed limit is no error.
  public static <P extends Promise<?>> Coroutine<Waited<P>> waitAny(
      Collection<? extends P> promises, double seconds) {
    return Waits.of(promises, Waits.Until.FIRST_COMPLETED, limit(seconds));
  }

  /// Waits until all of several tasks or promises are done, however they end. Python:
  /// `asyncio.wait`.
  public static <P extends Promise<?>> Coroutine<Waited<P>> waitAll(
      Collection<? extends P> promises) {
    return Waits.of(promises, Waits.Until.ALL_COMPLETED, OptionalLong.empty());
  }

  /// As [#waitAll(Collection)], at most some seconds; a passed limit is no error.
  public static <P extends Promise<?>> Coroutine<Waited<P>> waitAll(
      Collection<? extends P> promises, double seconds) {
    return Waits.of(promises, Waits.Until.ALL_COMPLETED, limit(seconds));
  }

  /// Waits until one of several has failed, or all are done; a cancelled one is no failure. Python:
  /// `asyncio.wait(..., return_when=FIRST_EXCEPTION)`.
  public static <P extends Promise<?>> Coroutine<Waited<P>> waitFirstException(
      Collection<? extends P> promises) {
    return Waits.of(promises, Waits.Until.FIRST_EXCEPTION, OptionalLong.empty());
  }

  /// As [#waitFirstException(Collection)], at most some seconds; a passed limit is no error.
  public static <P extends Promise<?>> Coroutine<Waited<P>> waitFirstException(
      Collection<? extends P> promises, double seconds) {
    return Waits.of(promises, Waits.Until.FIRST_EXCEPTION, limit(seconds));
  }

  private static OptionalLong limit(double seconds) {
    return OptionalLong.of(Seconds.toNanos(seconds));
  }

  /// Runs awaitables at the same time and gives them in the order in which they end:
  /// `for (var task : asCompleted(tasks)) System.out.println(await(task));`. Python:
  /// `asyncio.as_completed`.
  public static <T> AsCompleted<T> asCompleted(Collection<? extends Awaitable<T>> awaitables) {
    return AsCompleted.of(awaitables, OptionalLong.empty());
  }

  /// As [#asCompleted(Collection)]; a [TimeoutError] comes out of the loop if not all are done
  /// within the time.
  public static <T> AsCompleted<T> asCompleted(
      Collection<? extends Awaitable<T>> awaitables, double seconds) {
    return AsCompleted.of(awaitables, limit(seconds));
  }

  /// Runs a block in which tasks can be made that end with it: it waits for all of them, and if one
  /// fails, cancels the others. Gives the block's value. Python:
  /// `async with asyncio.TaskGroup() as group`.
  ///
  /// ```java
  /// taskGroup(group -> {
  ///   group.createTask(fetch(1));
  ///   group.createTask(fetch(2));
  /// });                                  // both have ended here
  /// ```
  ///
  /// @throws ExceptionGroup the errors of tasks and block
  public static <T> T taskGroup(ScopedCall<TaskGroup, T> body) {
    return TaskGroup.call(body);
  }

  /// As [#taskGroup(ScopedCall)] for a block without a value.
  public static void taskGroup(ScopedAction<TaskGroup> body) {
    TaskGroup.call(Actions.call(body));
  }

  /// Runs coroutines at the same time and gives the result of the first that succeeds; the others
  /// are cancelled, and have ended when it is there.
  ///
  /// @throws ExceptionGroup all failed
  public static <T> Coroutine<T> race(Collection<Coroutine<T>> coroutines) {
    return Race.of(coroutines, 0);
  }

  /// As [#race(Collection)] with staggered starts: each coroutine starts some seconds after the one
  /// before, or as soon as that one has failed. Python: `asyncio.staggered.staggered_race`, the
  /// core of happy eyeballs (RFC 8305).
  public static <T> Coroutine<T> race(Collection<Coroutine<T>> coroutines, double delay) {
    return Race.of(coroutines, Seconds.toNanos(delay));
  }

  // --- cancel scopes

  /// Runs a block that can be cancelled as a whole: `scope.cancel()`. Trio: `CancelScope`.
  ///
  /// @return the scope, which tells how the block ended
  public static CancelScope cancelScope(ScopedAction<CancelScope> body) {
    return CancelScope.run("cancelScope(...)", body);
  }

  /// Runs a block for at most some seconds, then cancels what is left of it and goes on. Trio:
  /// `move_on_after`.
  ///
  /// @return the scope: `cancelledCaught()` tells whether the time was up
  public static CancelScope moveOnAfter(double seconds, ScopedAction<CancelScope> body) {
    return CancelScope.runUntil("moveOnAfter(...)", Seconds.toNanos(seconds), body);
  }

  /// As [#moveOnAfter(double, ScopedAction)] for a block that does not need its scope.
  public static CancelScope moveOnAfter(double seconds, Action body) {
    return moveOnAfter(seconds, (ScopedAction<CancelScope>) _ -> body.run());
  }

  /// Runs a block in place and gives its value; after some seconds it is cancelled and a
  /// [TimeoutError] comes out. Like [#timeout(double, Callable)], but the cancellation holds at
  /// every await of the block. Trio: `fail_after`.
  public static <T> T failAfter(double seconds, ScopedCall<CancelScope, T> body) {
    return CancelScope.failAfter(Seconds.toNanos(seconds), body);
  }

  /// As [#failAfter(double, ScopedCall)] for a block without a value.
  public static void failAfter(double seconds, ScopedAction<CancelScope> body) {
    CancelScope.failAfter(Seconds.toNanos(seconds), Actions.call(body));
  }

  /// As [#failAfter(double, ScopedCall)] for a block that does not need its scope.
  public static <T> T failAfter(double seconds, Callable<T> body) {
    return CancelScope.failAfter(Seconds.toNanos(seconds), _ -> body.call());
  }

  /// As [#failAfter(double, Callable)] for a block without a value.
  public static void failAfter(double seconds, Action body) {
    failAfter(seconds, Actions.callable(body));
  }

  /// Values made one by one by code that may await. Python: `async def` with `yield`.
  public static <T> AsyncGenerator<T> generator(ScopedAction<AsyncGenerator.Emitter<T>> body) {
    return new AsyncGenerator<>(body);
  }

  /// Waits until all other tasks wait for something and nothing is ready to run: for tests that
  /// need the others to have come as far as they can. Timers do not count, nor does time go on.
  /// Trio: `trio.testing.wait_all_tasks_blocked`.
  public static Coroutine<Void> waitUntilAllBlocked() {
    return Coroutines.of(
        "waitUntilAllBlocked",
        () -> Running.requireTask("await(waitUntilAllBlocked())").loop().awaitIdle());
  }

  // --- time

  /// Waits some seconds without blocking the loop; `sleep(0)` gives way for exactly one turn.
  /// Python: `asyncio.sleep`.
  public static Coroutine<Void> sleep(double seconds) {
    long nanos = Seconds.toNanos(seconds);
    return new Coroutine<>(() -> Awaiting.sleep(nanos), "sleep", null);
  }

  /// Waits some time without blocking the loop.
  public static Coroutine<Void> sleep(Duration time) {
    long nanos = time.toNanos();
    return new Coroutine<>(() -> Awaiting.sleep(nanos), "sleep", null);
  }

  /// Runs code in place under a time limit and gives its value. When the time is up the code is
  /// cancelled at its await, may clean up, and a [TimeoutError] comes out. Python:
  /// `async with asyncio.timeout(seconds)`.
  public static <T> T timeout(double seconds, Callable<T> body) {
    return Timeout.run(Seconds.toNanos(seconds), _ -> body.call());
  }

  /// As [#timeout(double, Callable)] for code without a result.
  public static void timeout(double seconds, Action body) {
    timeout(seconds, Actions.callable(body));
  }

  /// As [#timeout(double, Callable)]; the code can ask for the limit and move it.
  public static <T> T timeout(double seconds, ScopedCall<Timeout, T> body) {
    return Timeout.run(Seconds.toNanos(seconds), body);
  }

  /// As [#timeout(double, ScopedCall)] for code without a result.
  public static void timeout(double seconds, ScopedAction<Timeout> body) {
    Timeout.run(Seconds.toNanos(seconds), Actions.call(body));
  }

  /// As [#timeout(double, Callable)] with a JDK duration.
  public static <T> T timeout(Duration limit, Callable<T> body) {
    return Timeout.run(limit.toNanos(), _ -> body.call());
  }

  /// As [#timeout(Duration, Callable)] for code without a result.
  public static void timeout(Duration limit, Action body) {
    timeout(limit, Actions.callable(body));
  }

  /// As [#timeout(double, ScopedCall)] with a deadline on [EventLoop#time()], in seconds. Python:
  /// `asyncio.timeout_at`.
  public static <T> T timeoutAt(double when, ScopedCall<Timeout, T> body) {
    return Timeout.runUntil(Seconds.toNanos(when), body);
  }

  /// As [#timeoutAt(double, ScopedCall)] for code without a result.
  public static void timeoutAt(double when, ScopedAction<Timeout> body) {
    Timeout.runUntil(Seconds.toNanos(when), Actions.call(body));
  }

  /// Waits for one awaitable, at most some seconds. When the time is up it is cancelled, has
  /// cleaned up, and a [TimeoutError] comes out; if it gives a value after all, that is the result.
  /// With 0 seconds or less a coroutine never starts. Python: `asyncio.wait_for`.
  public static <T> Coroutine<T> waitFor(Awaitable<T> awaitable, double seconds) {
    long nanos = Seconds.toNanos(seconds);
    return Coroutines.of("waitFor", () -> WaitFor.run(awaitable, nanos));
  }

  /// As [#waitFor(Awaitable, double)] with a JDK duration.
  public static <T> Coroutine<T> waitFor(Awaitable<T> awaitable, Duration limit) {
    long nanos = limit.toNanos();
    return Coroutines.of("waitFor", () -> WaitFor.run(awaitable, nanos));
  }

  /// Protects work from the cancellation of whoever awaits it: the wait ends, the work goes on.
  /// Python: `asyncio.shield`.
  public static <T> Promise<T> shield(Awaitable<T> awaitable) {
    EventLoop loop = Running.requireLoop("shield(...)");
    return Shield.of(loop, loop.registry().ensurePromise(awaitable, null));
  }

  // --- connections

  /// Connects to a server. Python: `asyncio.open_connection`.
  public static Coroutine<StreamConnection> openConnection(String host, int port) {
    return openConnection(host, port, StreamOptions.defaults());
  }

  /// As [#openConnection(String, int)] with TLS, a limit, and more.
  public static Coroutine<StreamConnection> openConnection(
      String host, int port, StreamOptions options) {
    return Coroutines.of("openConnection", () -> Connecting.open(host, port, options));
  }

  /// Connects to a Unix-domain socket. Python: `asyncio.open_unix_connection`.
  public static Coroutine<StreamConnection> openUnixConnection(Path path) {
    return openUnixConnection(path, StreamOptions.defaults());
  }

  /// As [#openUnixConnection(Path)] with TLS, a limit, and more.
  public static Coroutine<StreamConnection> openUnixConnection(Path path, StreamOptions options) {
    return Coroutines.of("openUnixConnection", () -> Connecting.open(path, options));
  }

  /// Starts a server: each client gets a task that runs the handler. Python:
  /// `asyncio.start_server`.
  ///
  /// @param host it listens on the first address of this host
  /// @param port 0 for any free one, see [StreamServer#port()]
  public static Coroutine<StreamServer> startServer(
      StreamConnection.Handler handler, String host, int port) {
    return startServer(handler, host, port, StreamOptions.defaults());
  }

  /// As [#startServer(StreamConnection.Handler, String, int)] with TLS, a limit, and more.
  public static Coroutine<StreamServer> startServer(
      StreamConnection.Handler handler, String host, int port, StreamOptions options) {
    return Coroutines.of("startServer", () -> Listening.at(handler, host, port, options));
  }

  /// Starts a server on a Unix-domain socket. What another server left at its path is removed, and
  /// its own socket when it is closed. Python: `asyncio.start_unix_server`.
  public static Coroutine<StreamServer> startUnixServer(
      StreamConnection.Handler handler, Path path) {
    return startUnixServer(handler, path, StreamOptions.defaults());
  }

  /// As [#startUnixServer(StreamConnection.Handler, Path)] with TLS, a limit, and more.
  public static Coroutine<StreamServer> startUnixServer(
      StreamConnection.Handler handler, Path path, StreamOptions options) {
    return Coroutines.of("startUnixServer", () -> Listening.at(handler, path, options));
  }

  // --- processes and HTTP

  /// Starts a program of the operating system. Python: `asyncio.create_subprocess_exec`.
  ///
  /// @param command the program and its arguments, each on its own
  public static Coroutine<AsyncProcess> subprocess(String... command) {
    return subprocess(new ProcessBuilder(command));
  }

  /// Starts a program with a directory, an environment, or other targets for its output.
  public static Coroutine<AsyncProcess> subprocess(ProcessBuilder builder) {
    return Coroutines.of("subprocess", () -> AsyncProcess.start(builder));
  }

  /// Runs a line in the system's shell. Never put text from outside into it. Python:
  /// `asyncio.create_subprocess_shell`.
  public static Coroutine<AsyncProcess> subprocessShell(String line) {
    return subprocess("/bin/sh", "-c", line);
  }

  /// Gets a web page as text. Python has this in aiohttp.
  ///
  /// Cancelling it ends the request. The status is in the response: 404 is no exception.
  public static Coroutine<HttpResponse<String>> fetch(String address) {
    return fetch(URI.create(address));
  }

  /// Gets a web page as text.
  public static Coroutine<HttpResponse<String>> fetch(URI address) {
    return Http.send(Http.get(address));
  }

  /// Sends a request of any kind and gives the response's body as text.
  public static Coroutine<HttpResponse<String>> fetch(HttpRequest request) {
    return Http.send(request);
  }

  /// Gets several web pages at the same time, in the order given. The first that fails ends the
  /// others.
  public static Coroutine<List<HttpResponse<String>>> fetchAll(Collection<String> addresses) {
    return Http.sendAll(addresses.stream().map(a -> Http.get(URI.create(a))).toList());
  }

  // --- threads

  /// Runs blocking code in the default thread pool while the loop goes on. Python:
  /// `asyncio.to_thread`.
  public static <T> Coroutine<T> toThread(Callable<T> code) {
    return Coroutines.of(
        "toThread",
        () -> {
          EventLoop loop = Running.requireLoop("toThread(...)");
          Context context = Context.copyCurrent();
          return Awaiting.promise(loop.runInExecutor(null, () -> context.call(code)));
        });
  }

  /// As [#toThread(Callable)] for code without a result.
  public static Coroutine<Void> toThread(Action code) {
    return toThread(Actions.callable(code));
  }

  /// Starts a coroutine on a loop from another thread, and gives a future for that thread to wait
  /// for. Cancelling the future cancels the coroutine's task, and the other way round. Python:
  /// `asyncio.run_coroutine_threadsafe`.
  ///
  /// ```java
  /// var answer = runCoroutineThreadsafe(ask(), loop).get(5, TimeUnit.SECONDS);
  /// ```
  ///
  /// In the loop's own thread `get()` would wait for ever: await the coroutine there.
  ///
  /// @throws MisuseError the loop is closed
  public static <T> CompletableFuture<T> runCoroutineThreadsafe(
      Coroutine<T> coroutine, EventLoop loop) {
    return LoopFuture.start(coroutine, loop);
  }

  // --- futures and promises

  /// Makes a task of a coroutine; a task or promise stays what it is. Python:
  /// `asyncio.ensure_future`.
  public static <T> Promise<T> ensurePromise(Awaitable<T> awaitable) {
    return Running.requireLoop("ensurePromise(...)").registry().ensurePromise(awaitable, null);
  }

  /// A stage as a promise of the running loop, for [#gather(Awaitable...)], [#waitAny] and
  /// [#shield]. Cancelling goes both ways. Python: `asyncio.wrap_future`.
  public static <T> Promise<T> wrapFuture(CompletionStage<T> stage) {
    return FutureBridge.promise(Running.requireLoop("wrapFuture(...)"), stage);
  }

  /// As [#wrapFuture(CompletionStage)].
  public static <T> Promise<T> wrapFuture(CompletableFuture<T> future) {
    return wrapFuture((CompletionStage<T>) future);
  }

  /// As [#wrapFuture(CompletionStage)] for a plain future; a thread waits for it.
  public static <T> Promise<T> wrapFuture(Future<T> future) {
    return FutureBridge.promise(Running.requireLoop("wrapFuture(...)"), future);
  }

  // --- seeing order

  /// Runs code in place and gives what happened on the loop meanwhile: who ran when, in which
  /// order, and who waited for what. A cell that ends in a trace shows its timeline.
  ///
  /// What the code throws comes out, and [#lastTrace()] has the trace all the same.
  public static Trace trace(Action body) {
    EventLoop loop = Running.requireLoop("trace(...)");
    Origin origin = Running.origin();
    Recording recording = loop.record(origin == null ? loop.name() : origin.label());
    try {
      body.run();
    } catch (Throwable t) { // as it was thrown
      throw Throwing.asIs(t);
    } finally {
      recording.end();
    }
    return recording.end();
  }

  /// What was traced last on the running loop: by [#trace(Action)], `%%trace`, or a cell under
  /// `%trace on` or `%trace summary`.
  ///
  /// @throws MisuseError nothing was
  public static Trace lastTrace() {
    EventLoop loop = Running.requireLoop("lastTrace()");
    Trace last = loop.lastTrace();
    if (last != null) return last;
    throw new MisuseError(
        "lastTrace() gives what was traced last, and nothing has been traced on "
            + loop
            + " yet."
            + "\n  wrong: await(main()); lastTrace()"
            + "\n  right: trace(() -> await(main())); lastTrace()"
            + "\n  right: %trace summary   // in a cell of its own, before");
  }

  /// The names of the tasks of the last trace in the order in which they ended, to compare with
  /// what was expected: `assert order().equals(List.of("b", "a"))`.
  public static List<String> order() {
    return lastTrace().order();
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

  /// A task or promise, its stack, and who awaits it. Python: `asyncio.capture_call_graph`.
  public static CallGraph callGraph(Promise<?> promise) {
    return CallGraph.of(promise);
  }

  /// Prints the call graph of the running task. Python: `asyncio.print_call_graph`.
  public static void printCallGraph() {
    System.out.println(CallGraph.of(Running.requireTask("printCallGraph()")));
  }

  /// What blocking calls do in tasks made from now on: strict, the loop stands still as asyncio's
  /// does; loom, it goes on as virtual threads would.
  public static void blocking(Blocking mode) {
    Running.requireLoop("blocking(...)").blocking(mode);
  }

  private Async() {}
}
