package dev.brigade.async;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One job in an executor, and the promise that waits for it on the loop.
///
/// The job inherits the origin of the code that submitted it. Cancelling the promise keeps a job
/// that has not started from running; one that runs goes on, and its outcome is dropped.
final class ExecutorBridge<T> implements Droppable {
  private static final int WAITING = 0;
  private static final int STARTED = 1;
  private static final int CANCELLED = 2;

  private final EventLoop loop;
  private final Callable<T> code;
  private final Promise<T> promise;
  private final long job;
  // Under a virtual clock the jobs of our own pools let time jump; all others keep it.
  private final boolean counts;
  private final @Nullable Object errand = Running.errand();
  private final AtomicInteger state = new AtomicInteger(WAITING);

  private ExecutorBridge(EventLoop loop, Executor pool, Callable<T> code) {
    this.loop = loop;
    this.code = code;
    boolean simulated = pool instanceof ThreadPool || pool instanceof VirtualThreadPool;
    this.counts = !(simulated && loop.clock().isVirtual());
    this.job = loop.nextJob();
    this.promise = new JobPromise<>(loop, job);
  }

  static <T> Promise<T> submit(EventLoop loop, Executor pool, Callable<T> call) {
    var bridge = new ExecutorBridge<>(loop, pool, call);
    loop.trace().jobSubmitted(bridge.job, pool);
    if (bridge.counts) loop.engine().jobStarted();
    bridge.promise.onDone(bridge::promiseDone);
    try {
      pool.execute(bridge);
    } catch (RuntimeException e) {
      bridge.delivered();
      throw e;
    }
    return bridge.promise;
  }

  private void promiseDone(Promise<T> done) {
    if (done.isCancelled() && state.compareAndSet(WAITING, CANCELLED)) delivered();
  }

  private void delivered() {
    if (counts) loop.engine().jobDelivered();
  }

  @Override
  public void drop(@Nullable Throwable why) {
    if (!state.compareAndSet(WAITING, CANCELLED)) return;
    deliver(() -> settle(why));
  }

  private void settle(@Nullable Throwable why) {
    if (why == null) promise.cancel();
    else promise.setError(why);
  }

  /// In the pool's thread.
  @Override
  public void run() {
    if (!state.compareAndSet(WAITING, STARTED)) return;
    Running.Before before = Running.enter(errand);
    try {
      loop.trace().jobStarted(job, null);
      deliver(outcome());
    } finally {
      Running.leave(before);
    }
  }

  private void deliver(Runnable outcome) {
    loop.callSoonThreadsafe(
        () -> {
          delivered();
          if (!promise.isDone()) outcome.run();
        });
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
