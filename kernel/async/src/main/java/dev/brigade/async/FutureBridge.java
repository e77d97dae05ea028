package dev.brigade.async;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The JDK's futures and our pools' as promises. Cancelling goes both ways, and what the work threw
/// comes out as it was thrown.
final class FutureBridge {

  static <T> Promise<T> promise(EventLoop loop, CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    Promise<T> promise = new JobPromise<>(loop, future);
    boolean counts = !isSimulated(loop, future);
    if (counts) loop.engine().jobStarted();
    future.whenComplete(
        (value, error) ->
            loop.callSoonThreadsafe(
                () -> {
                  if (counts) loop.engine().jobDelivered();
                  settle(promise, value, error);
                }));
    promise.onDone(done -> cancelToo(done, future));
    return promise;
  }

  /// Whether it waits for a thread that goes by this loop's virtual clock: it must not keep the
  /// clock from jumping.
  private static boolean isSimulated(EventLoop loop, CompletableFuture<?> future) {
    return loop.clock().isVirtual()
        && (future instanceof ThreadFuture<?>
            || future instanceof PoolFuture.Dependent<?>
            || future instanceof LoopFuture<?> own && own.isOf(loop));
  }

  /// A plain future can only be waited for by a thread: a virtual one does, on the JDK's scheduler.
  static <T> Promise<T> promise(EventLoop loop, Future<T> future) {
    Promise<T> promise = new JobPromise<>(loop, future);
    loop.engine().jobStarted();
    Thread.ofVirtual()
        .name("await-future")
        .start(
            () -> {
              Runnable deliver = outcome(promise, future);
              loop.callSoonThreadsafe(
                  () -> {
                    loop.engine().jobDelivered();
                    deliver.run();
                  });
            });
    promise.onDone(done -> cancelToo(done, future));
    return promise;
  }

  private static <T> Runnable outcome(Promise<T> promise, Future<T> future) {
    try {
      T value = future.get();
      return () -> settle(promise, value, null);
    } catch (ExecutionException | InterruptedException | CancellationException e) {
      return () -> settle(promise, null, e);
    }
  }

  /// A job of a pool of ours that runs goes on, as in asyncio: only its outcome is dropped.
  private static void cancelToo(Promise<?> done, Future<?> future) {
    if (done.isCancelled()) future.cancel(!(future instanceof PoolFuture<?>));
  }

  @SuppressWarnings("NullAway") // a stage of Void has null for its value
  static <T> void settle(Promise<T> promise, @Nullable T value, @Nullable Throwable error) {
    if (promise.isDone()) return;
    Throwable thrown = unwrap(error);
    if (thrown instanceof CancellationException) promise.cancel(thrown.getMessage());
    else if (thrown != null) promise.setError(thrown);
    else promise.setResult(value);
  }

  /// The result of a future that is done, or what its work threw.
  static <T> T resultNow(Future<T> future) {
    try {
      return future.get();
    } catch (CancellationException e) {
      throw new CancelledError(e.getMessage());
    } catch (ExecutionException | InterruptedException e) {
      Throwable thrown = unwrap(e);
      throw Throwing.asIs(thrown == null ? e : thrown);
    }
  }

  static @Nullable Throwable unwrap(@Nullable Throwable error) {
    Throwable thrown = error;
    while ((thrown instanceof CompletionException || thrown instanceof ExecutionException)
        && thrown.getCause() != null) {
      thrown = thrown.getCause();
    }
    return thrown;
  }

  private FutureBridge() {}
}
