package dev.brigade.async;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One job of a [ThreadPool]: a future that threads can wait for and coroutines can await.
final class PoolFuture<T> extends CompletableFuture<T> implements Runnable {
  private final Callable<T> job;
  // Guarded by this: the thread that runs the job, while it does.
  private @Nullable Thread runner;
  private boolean started;

  PoolFuture(Callable<T> job) {
    this.job = job;
  }

  @Override
  public void run() {
    synchronized (this) {
      if (isDone()) return;
      started = true;
      runner = Thread.currentThread();
    }
    try {
      complete(job.call());
    } catch (Throwable t) { // whatever the job throws is the future's
      completeExceptionally(t);
    } finally {
      synchronized (this) {
        runner = null;
        // An interrupt that came from cancel must not reach the next job.
        if (isCancelled()) Thread.interrupted();
      }
    }
  }

  /// Cancels a job that has not started. One that runs is cancelled only with an interrupt;
  /// without, it goes on, as in Python.
  @Override
  public boolean cancel(boolean mayInterrupt) {
    synchronized (this) {
      if (started && !mayInterrupt) return isCancelled();
      boolean cancelled = super.cancel(mayInterrupt);
      if (cancelled && runner != null) runner.interrupt();
      return cancelled;
    }
  }
}
