package dev.brigade.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/// Platform threads that run jobs, first in, first out. Python:
/// `concurrent.futures.ThreadPoolExecutor`.
///
/// As in Python a new thread is made only when no idle one waits, up to the limit. The threads are
/// daemons named `NAME-1`, `NAME-2`, ...; a job inherits the origin of the code that submitted it.
///
/// Jobs that code on a loop of virtual time hands in go by that clock: their sleeps take no real
/// time, and one of them runs at a time, in the order of virtual time and of handing in.
public final class ThreadPool extends JobPool {
  private static final AtomicInteger POOLS = new AtomicInteger();

  private final String name;
  private final int limit;
  private final @Nullable VoidJob initializer;
  private final AtomicLong jobCount = new AtomicLong();
  private final Condition available = lock.newCondition();
  // Guarded by lock.
  private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
  private final ArrayDeque<VirtualJob> virtualJobs = new ArrayDeque<>();
  private final List<Thread> workers = new ArrayList<>();
  private int virtualBusy;
  private int busy;
  private int idle;
  private int made;
  private @Nullable BrokenThreadPool broken;

  /// A pool of at most `min(32, processors + 4)` threads, as Python's default.
  public ThreadPool() {
    this(defaultLimit());
  }

  /// @param limit the most threads it makes; at least 1
  public ThreadPool(int limit) {
    this(limit, "pool-" + POOLS.incrementAndGet());
  }

  /// @param name what the names of its threads begin with
  public ThreadPool(int limit, String name) {
    this(limit, name, null);
  }

  /// @param initializer runs first in each thread; if it throws, the pool is broken
  public ThreadPool(int limit, String name, @Nullable VoidJob initializer) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "a pool needs at least 1 thread, and it was given " + limit);
    }
    this.name = name;
    this.limit = limit;
    this.initializer = initializer;
  }

  /// A pool of the default size whose threads bear a name.
  public static ThreadPool named(String name) {
    return new ThreadPool(defaultLimit(), name);
  }

  private static int defaultLimit() {
    return Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
  }

  @Override
  <T> PoolFuture<T> submitCode(Object code, Callable<T> call) {
    var future = new ThreadFuture<T>(name + "-job-" + jobCount.incrementAndGet(), call);
    execute(future);
    return future;
  }

  /// A job and what it runs as.
  private record Errands(@Nullable Object errand, Runnable job, @Nullable LoggedJob logged)
      implements Droppable {
    @Override
    public void run() {
      Running.Before before = Running.enter(errand);
      try {
        if (logged == null) job.run();
        else logged.run(job);
      } catch (RuntimeException | Error e) { // only execute() gets here: submit keeps its errors
        // While the thread still works for whoever handed the job over.
        Thread self = Thread.currentThread();
        self.getUncaughtExceptionHandler().uncaughtException(self, e);
      } finally {
        Running.leave(before);
      }
    }

    @Override
    public void drop(@Nullable Throwable why) {
      if (job instanceof Droppable droppable) droppable.drop(why);
    }
  }

  /// A job that goes by a virtual clock.
  private record VirtualJob(VirtualWork work, Droppable job) implements Droppable {
    @Override
    public void run() {
      work.began();
      job.run();
    }

    @Override
    public void drop(@Nullable Throwable why) {
      job.drop(why);
    }
  }

  @Override
  public void execute(Runnable job) {
    var errand = new Errands(Running.errand(), job, LoggedJob.submitted(this, job));
    EventLoop loop = Running.clockLoop();
    VirtualWork work = loop == null ? null : loop.engine().virtualWork();
    lock.lock();
    try {
      if (broken != null) throw broken;
      if (isShut()) throw refusal();
      if (work == null) {
        enqueue(errand);
        return;
      }
      var virtual = new VirtualJob(work, errand);
      if (virtualBusy == limit) {
        virtualJobs.addLast(virtual);
        return;
      }
      virtualBusy++;
      work.add(() -> begin(virtual));
    } finally {
      lock.unlock();
    }
  }

  private void begin(VirtualJob job) {
    lock.lock();
    try {
      enqueue(job);
    } finally {
      lock.unlock();
    }
  }

  /// Held lock.
  private void enqueue(Droppable job) {
    if (broken != null) {
      giveUp(job);
      job.drop(broken);
      return;
    }
    jobs.addLast(job);
    // Each waiting worker is good for one queued job; only beyond that a new one is made.
    if (jobs.size() <= idle) available.signal();
    else if (workers.size() < limit) startWorker();
  }

  private void startWorker() {
    Thread worker =
        Thread.ofPlatform()
            .name(name + "-" + ++made)
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(this::work);
    worker.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    workers.add(worker);
    worker.start();
  }

  private void work() {
    Runnable job = null;
    try {
      if (!initialized()) return;
      while ((job = next(job)) != null) job.run();
    } finally {
      lock.lock();
      try {
        workers.remove(Thread.currentThread());
        tellChange();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean initialized() {
    if (initializer == null) return true;
    try {
      initializer.act();
      return true;
    } catch (Exception | Error e) { // whatever it throws, no job can run here
      List<Runnable> left;
      lock.lock();
      try {
        broken = new BrokenThreadPool(name, e);
        left = takeQueue();
      } finally {
        lock.unlock();
      }
      for (Runnable each : left) if (each instanceof Droppable job) job.drop(broken);
      return false;
    }
  }

  /// Held lock.
  private List<Runnable> takeQueue() {
    var left = new ArrayList<>(jobs);
    left.forEach(this::giveUp);
    left.addAll(virtualJobs);
    jobs.clear();
    virtualJobs.clear();
    return left;
  }

  /// A job whose turn may have come under a virtual clock will not run. Held lock.
  private void giveUp(Runnable job) {
    if (!(job instanceof VirtualJob virtual)) return;
    virtualBusy--;
    virtual.work().abandoned();
  }

  /// The next job, or null when the pool ends.
  ///
  /// @param before the job this worker has just run
  private @Nullable Runnable next(@Nullable Runnable before) {
    lock.lock();
    try {
      idle++;
      if (before != null) busy--;
      // Idle first: then a job that comes of this one's end finds this worker again.
      if (before instanceof VirtualJob job) ended(job);
      else tellChange();
      while (jobs.isEmpty()) {
        if (isShut()) {
          // At once: a job whose turn comes under a virtual clock must not count on this thread.
          workers.remove(Thread.currentThread());
          return null;
        }
        available.awaitUninterruptibly();
      }
      // A late interrupt of the job before is not for the next one. Under the lock, as shutdownNow.
      Thread.interrupted();
      busy++;
      return jobs.removeFirst();
    } finally {
      idle--;
      lock.unlock();
    }
  }

  private void ended(VirtualJob job) {
    VirtualJob waiting = virtualJobs.poll();
    if (waiting == null) virtualBusy--;
    else waiting.work().add(() -> begin(waiting));
    tellChange(); // while it still has the turn: the loop hears of it before time goes on
    job.work().ended();
  }

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    List<Runnable> left = List.of();
    lock.lock();
    try {
      if (cancelFutures) left = takeQueue();
      shut();
      available.signalAll();
    } finally {
      lock.unlock();
    }
    for (Runnable each : left) if (each instanceof Droppable job) job.drop(null);
    if (wait) join();
  }

  @Override
  public List<Runnable> shutdownNow() {
    lock.lock();
    try {
      List<Runnable> left = takeQueue();
      shutdown();
      workers.forEach(Thread::interrupt);
      return left;
    } finally {
      lock.unlock();
    }
  }

  @Override
  boolean isGone() {
    return isShut() && workers.isEmpty() && virtualBusy == 0;
  }

  @Override
  boolean isQuiet() {
    return jobs.isEmpty() && busy == 0 && virtualBusy == 0;
  }

  @Override
  boolean isVirtuallyBusy() {
    return virtualBusy > 0;
  }

  /// How many threads live now.
  public int size() {
    lock.lock();
    try {
      return workers.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
