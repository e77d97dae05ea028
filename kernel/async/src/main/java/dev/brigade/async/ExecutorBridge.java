package dev.brigade.async;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One job in an executor, and the promise that waits for it on the loop.
///
/// The job inherits the origin of the code that submitted it. Cancelling the promise keeps a job
/// that has not started from running; one that runs goes on, and its outcome is dropped.
final class ExecutorBridge<T> implements Runnable {
  private static final int WAITING = 0;
  private static final int STARTED = 1;
  private static final int CANCELLED = 2;

  private final EventLoop loop;
  private final Callable<T> code;
  private final Promise<T> promise;
  private final long job;
  private final @Nullable Origin origin = Running.origin();
  private final AtomicInteger state = new AtomicInteger(WAITING);

  private ExecutorBridge(EventLoop loop, Callable<T> code) {
    this.loop = loop;
    this.code = code;
    this.promise = loop.createPromise();
    this.job = loop.nextJob();
  }

  static <T> Promise<T> submit(EventLoop loop, Executor pool, Callable<T> code) {
    var bridge = new ExecutorBridge<>(loop, code);
    loop.trace().jobSubmitted(bridge.job, pool.toString());
    loop.engine().jobStarted();
    bridge.promise.onDone(bridge::promiseDone);
    try {
      pool.execute(bridge);
    } catch (RuntimeException e) {
      loop.engine().jobDelivered();
      throw e;
    }
    return bridge.promise;
  }

  private void promiseDone(Promise<T> done) {
    if (done.isCancelled() && state.compareAndSet(WAITING, CANCELLED)) {
      loop.engine().jobDelivered();
    }
  }

  /// In the pool's thread.
  @Override
  public void run() {
    if (!state.compareAndSet(WAITING, STARTED)) return;
    Object before = Running.get();
    Running.set(origin);
    try {
      loop.trace().jobStarted(job);
      Runnable deliver = outcome();
      loop.callSoonThreadsafe(
          () -> {
            loop.engine().jobDelivered();
            if (!promise.isDone()) deliver.run();
          });
    } finally {
      Running.set(before);
    }
  }

  private Runnable outcome() {
    try {
      T value = code.call();
      loop.trace().jobEnded(job, null);
      return () -> promise.setResult(value);
    } catch (Throwable t) { // whatever the code throws belongs to whoever awaits it
      loop.trace().jobEnded(job, t);
      return () -> promise.setError(t);
    }
  }
}
