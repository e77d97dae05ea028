package dev.brigade.async;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One job of a pool of threads.
final class ThreadFuture<T> extends PoolFuture<T> implements Droppable {
  private final Callable<T> job;
  // Guarded by this: the thread that runs the job, while it does.
  private @Nullable Thread runner;

  ThreadFuture(String name, Callable<T> job) {
    super(name);
    this.job = job;
  }

  @Override
  public void run() {
    synchronized (this) {
      if (!begin()) return;
      runner = Thread.currentThread();
    }
    LoggedJob logged = logged();
    try {
      complete(logged == null ? job.call() : logged.call(job));
    } catch (Throwable t) { // whatever the job throws is the future's
      completeExceptionally(t);
    } finally {
      synchronized (this) {
        runner = null;
      }
    }
  }

  @Override
  boolean canInterrupt() {
    return true;
  }

  @Override
  synchronized void interrupt() {
    if (runner != null) runner.interrupt();
  }

  @Override
  public void drop(@Nullable Throwable why) {
    if (why == null) cancel(false);
    else completeExceptionally(why);
  }
}
