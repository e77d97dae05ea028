package dev.brigade.async;

import java.util.concurrent.CompletableFuture;

/// A promise's outcome as a future that other threads may wait for. Cancelling goes both ways: that
/// of the future through the loop's queue, as every call from another thread.
final class LoopFuture<T> extends CompletableFuture<T> {
  private final EventLoop loop;

  private LoopFuture(EventLoop loop) {
    this.loop = loop;
  }

  /// From any thread.
  static <T> CompletableFuture<T> of(Promise<T> promise) {
    var future = new LoopFuture<T>(promise.loop());
    if (Running.loop() == promise.loop()) future.follow(promise);
    else promise.loop().callSoonThreadsafe(() -> future.follow(promise));
    return future;
  }

  /// Starts a coroutine on another thread's loop.
  static <T> CompletableFuture<T> start(Coroutine<T> coroutine, EventLoop loop) {
    if (loop.isClosed()) {
      coroutine.close();
      throw LoopRuns.closed(loop);
    }
    var future = new LoopFuture<T>(loop);
    loop.callSoonThreadsafe(
        () -> {
          if (future.isDone()) {
            coroutine.close();
            return;
          }
          try {
            future.follow(loop.createTask(coroutine));
          } catch (MisuseError e) { // it was used before
            future.completeExceptionally(e);
            throw e;
          }
        });
    return future;
  }

  private void follow(Promise<T> promise) {
    promise.onDone(this::settle);
    whenComplete(
        (_, _) -> {
          if (isCancelled() && !promise.isDone()) loop.callSoonThreadsafe(promise::cancel);
        });
  }

  /// Whether it comes from this very loop, which under a virtual clock must not wait for itself.
  boolean isOf(EventLoop other) {
    return loop == other;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return loop.clock().isVirtual() ? new PoolFuture.Dependent<>() : new CompletableFuture<>();
  }

  private void settle(Promise<T> done) {
    if (done.isCancelled()) cancel(false);
    else LoopRuns.settle(done, this);
  }
}
