package dev.brigade.async;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A virtual thread for each job, as many as there are jobs, named `virtual-1`, `virtual-2`, ...
/// They never run on the loop's thread. Python has none; its nearest is a `ThreadPoolExecutor`
/// without a limit.
public final class VirtualThreadPool extends JobPool {
  private final AtomicLong jobCount = new AtomicLong();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  // Guarded by lock.
  private int open;
  private long made;

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
    LoggedJob logged = LoggedJob.submitted(this, job);
    Runnable code = logged == null ? job : () -> logged.run(job);
    String thread;
    lock.lock();
    try {
      if (isShut()) throw refusal();
      open++;
      thread = "virtual-" + ++made;
    } finally {
      lock.unlock();
    }
    Runnable body = () -> run(code, errand, work);
    if (work == null) start(thread, body);
    else work.add(() -> start(thread, body));
  }

  private static void start(String name, Runnable body) {
    Thread thread =
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).unstarted(body);
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
        tellChange();
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
      shut();
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
  boolean isGone() {
    return isShut() && open == 0;
  }

  @Override
  boolean isQuiet() {
    return open == 0;
  }

  @Override
  boolean isVirtuallyBusy() {
    return open > 0;
  }

  @Override
  public String toString() {
    return "virtual-thread-pool";
  }
}
