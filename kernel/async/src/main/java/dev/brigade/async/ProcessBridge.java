package dev.brigade.async;

import java.util.concurrent.Callable;

/// A job in a [ProcessPool] and the promise that waits for it on the loop.
///
/// Cancelling the promise cancels a job that has not begun; one that runs goes on, and its outcome
/// is dropped.
final class ProcessBridge {
  static <T> Promise<T> submit(EventLoop loop, ProcessPool pool, Object code, Callable<T> call) {
    PoolFuture<T> future = pool.submitCode(code, call);
    Promise<T> promise = new JobPromise<>(loop, future);
    loop.engine().jobStarted();
    var _ =
        future.whenComplete(
            (value, error) ->
                loop.callSoonThreadsafe(
                    () -> {
                      loop.engine().jobDelivered();
                      FutureBridge.settle(promise, value, error);
                    }));
    promise.onDone(
        done -> {
          if (done.isCancelled()) future.cancel(false);
        });
    return promise;
  }

  private ProcessBridge() {}
}
