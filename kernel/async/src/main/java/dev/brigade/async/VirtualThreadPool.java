package dev.brigade.async;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A virtual thread for each job, as many as there are jobs. They never run on the loop's thread.
/// Python has none; its nearest is a `ThreadPoolExecutor` without a limit.
public final class VirtualThreadPool extends JobPool {
  private final AtomicLong jobCount = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  // Guarded by lock.
  private final java.util.Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private int open;
  private boolean shutdown;

  @Override
  <T> PoolFuture<T> submitCode(Object code, Callable<T> call) {
    var future = new ThreadFuture<T>("virtual-job-" + jobCount.incrementAndGet(), call);
    execute(future);
    return future;
  }

  @Override
  public void execute(Runnable job) {
    Object errand = Running.errand();
    EventLoop loop = Running.clockLoop();
    VirtualWork work = loop == null ? null : loop.engine().virtualWork();
    Runnable body = () -> run(job, errand, work);
    lock.lock();
    try {
      if (shutdown) {
        throw new RejectedExecutionException(
            "this pool was shut down and takes no more jobs: make a new one, new"
                + " VirtualThreadPool()");
      }
      open++;
    } finally {
      lock.unlock();
    }
    if (work == null) start(body);
    else work.add(() -> start(body));
  }

  private static void start(Runnable body) {
    Thread thread =
        Thread.ofVirtual().name("virtual").inheritInheritableThreadLocals(false).unstarted(body);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
  }

  private void run(Runnable job, @Nullable Object errand, @Nullable VirtualWork work) {
    threads.add(Thread.currentThread());
    if (work != null) work.began();
    Running.Before before = Running.enter(errand);
    try {
      job.run();
    } finally {
      Running.leave(before);
      threads.remove(Thread.currentThread());
      lock.lock();
      try {
        open--;
        ended.signalAll();
      } finally {
        lock.unlock();
      }
      if (work != null) work.ended();
    }
  }

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    lock.lock();
    try {
      shutdown = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
    if (wait) join();
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    threads.forEach(Thread::interrupt);
    return Collections.emptyList();
  }

  @Override
  public boolean isShutdown() {
    lock.lock();
    try {
      return shutdown;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isTerminated() {
    lock.lock();
    try {
      return shutdown && open == 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
    EventLoop loop = Running.loop();
    VirtualWork work = loop == null ? null : loop.engine().virtualWork();
    if (work != null) work.advanceUntil(this::isTerminated);
    long nanos = unit.toNanos(time);
    lock.lock();
    try {
      while (!isTerminated()) {
        if (nanos <= 0) return false;
        nanos = ended.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "virtual-thread-pool";
  }
}
