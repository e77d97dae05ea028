package dev.brigade.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Platform threads that run jobs, first in, first out. Python:
/// `concurrent.futures. ThreadPoolExecutor`.
///
/// As in Python a new thread is made only when no idle one waits, up to the limit. The threads are
/// daemons named `NAME-1`, `NAME-2`, ...; a job inherits the origin of the code that submitted it.
/// Any thread may call any method; only [#awaitTermination] and [#close()] wait.
public final class ThreadPool extends AbstractExecutorService {
  private static final AtomicInteger POOLS = new AtomicInteger();

  private final String name;
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Condition available = lock.newCondition();
  // Guarded by lock.
  private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
  private final List<Thread> workers = new ArrayList<>();
  private int idle;
  private int made;
  private boolean shutdown;

  /// A pool of at most `min(32, processors + 4)` threads, as Python's default.
  public ThreadPool() {
    this(defaultLimit());
  }

  /// @param limit the most threads it makes; at least 1
  public ThreadPool(int limit) {
    this("pool-" + POOLS.incrementAndGet(), limit);
  }

  private ThreadPool(String name, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "a pool needs at least 1 thread, and it was given " + limit);
    }
    this.name = name;
    this.limit = limit;
  }

  /// A pool of the default size whose threads bear a name.
  public static ThreadPool named(String name) {
    return new ThreadPool(name, defaultLimit());
  }

  private static int defaultLimit() {
    return Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
  }

  @Override
  public void execute(Runnable job) {
    Origin origin = Running.origin();
    lock.lock();
    try {
      if (shutdown) {
        throw new RejectedExecutionException(
            "this pool was shut down and takes no more jobs: make a new one, new ThreadPool()");
      }
      jobs.addLast(() -> runAs(origin, job));
      // Each waiting worker is good for one queued job; only beyond that a new one is made.
      if (jobs.size() <= idle) available.signal();
      else if (workers.size() < limit) startWorker();
    } finally {
      lock.unlock();
    }
  }

  private static void runAs(@Nullable Origin origin, Runnable job) {
    Object before = Running.get();
    Running.set(origin);
    try {
      job.run();
    } finally {
      Running.set(before);
    }
  }

  private void startWorker() {
    Thread worker =
        Thread.ofPlatform()
            .name(name + "-" + ++made)
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(this::work);
    workers.add(worker);
    worker.start();
  }

  private void work() {
    try {
      while (true) {
        Runnable job = next();
        if (job == null) return;
        try {
          job.run();
        } catch (RuntimeException | Error e) { // only execute() gets here: submit keeps its errors
          Thread self = Thread.currentThread();
          self.getUncaughtExceptionHandler().uncaughtException(self, e);
        }
      }
    } finally {
      lock.lock();
      try {
        workers.remove(Thread.currentThread());
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// The next job, or null when the pool ends.
  private @Nullable Runnable next() {
    lock.lock();
    try {
      while (jobs.isEmpty()) {
        if (shutdown) return null;
        idle++;
        // A late interrupt of the job before is not for the worker.
        available.awaitUninterruptibly();
        idle--;
      }
      return jobs.removeFirst();
    } finally {
      lock.unlock();
    }
  }

  /// Hands a job in. The future is a [CompletableFuture], so that a coroutine can await it.
  @Override
  public <T> CompletableFuture<T> submit(Callable<T> job) {
    var future = new PoolFuture<T>(job);
    execute(future);
    return future;
  }

  @Override
  public CompletableFuture<?> submit(Runnable job) {
    return submit(job, null);
  }

  @Override
  @SuppressWarnings("NullAway") // the JDK's own submit(Runnable) gives null
  public <T> CompletableFuture<T> submit(Runnable job, @Nullable T result) {
    return submit(
        () -> {
          job.run();
          return result;
        });
  }

  /// Applies a function to every item in the pool. All jobs are handed in at once; the iterator
  /// gives the results in the order of the items and waits for each. An error comes out when its
  /// result is reached, and what is left is cancelled. Python: `Executor.map`.
  public <A, R> Iterable<R> map(
      Mapper<? super A, ? extends R> function, Iterable<? extends A> items) {
    var futures = new ArrayList<CompletableFuture<R>>();
    for (A item : items) futures.add(submit(() -> function.apply(item)));
    return () -> new MapIterator<>(futures.iterator());
  }

  /// A function that may throw.
  @FunctionalInterface
  public interface Mapper<A, R> {
    R apply(A item) throws Exception;
  }

  private record MapIterator<R>(Iterator<CompletableFuture<R>> futures) implements Iterator<R> {
    @Override
    public boolean hasNext() {
      return futures.hasNext();
    }

    @Override
    public R next() {
      try {
        return FutureBridge.resultNow(futures.next());
      } catch (Throwable t) { // the job's own error: the rest is not wanted any more
        futures.forEachRemaining(f -> f.cancel(false));
        throw Throwing.asIs(t);
      }
    }
  }

  @Override
  public void shutdown() {
    lock.lock();
    try {
      shutdown = true;
      available.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    lock.lock();
    try {
      shutdown();
      var left = new ArrayList<>(jobs);
      jobs.clear();
      workers.forEach(Thread::interrupt);
      return left;
    } finally {
      lock.unlock();
    }
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
      return shutdown && workers.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
    long nanos = unit.toNanos(time);
    lock.lock();
    try {
      while (!(shutdown && workers.isEmpty())) {
        if (nanos <= 0) return false;
        nanos = ended.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
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
