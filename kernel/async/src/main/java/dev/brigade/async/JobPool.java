package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the pools of Brigade have in common. Python: `concurrent.futures.Executor`.
///
/// Any thread may call any method; only [#awaitTermination], [#shutdown(boolean, boolean)] with
/// `wait` and [#close()] block.
public abstract sealed class JobPool extends AbstractExecutorService
    permits ThreadPool, VirtualThreadPool, ProcessPool {
  /// Guards what a pool knows of its jobs.
  final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private final List<Runnable> whenQuiet = new ArrayList<>(0);
  private boolean shutdown;

  /// Hands a job in.
  ///
  /// @param code what was handed in
  /// @param call runs it
  abstract <T> PoolFuture<T> submitCode(Object code, Callable<T> call);

  /// Hands a job in and returns at once. A coroutine awaits the future; if that wait is cancelled,
  /// a job that has not begun is cancelled too, and one that runs goes on.
  ///
  /// @throws java.util.concurrent.RejectedExecutionException the pool was shut down
  public final <T> PoolFuture<T> submit(Job<T> job) {
    return submitCode(job, job);
  }

  /// Hands in a job without a result.
  public final PoolFuture<Void> submit(VoidJob job) {
    return submitCode(job, Actions.callable(job::act));
  }

  @Override
  public final <T> PoolFuture<T> submit(Callable<T> job) {
    return submitCode(job, job);
  }

  @Override
  public final PoolFuture<?> submit(Runnable job) {
    return submitCode(job, Actions.callable(job::run));
  }

  @Override
  @SuppressWarnings("NullAway") // the JDK's own submit(Runnable) gives null
  public final <T> PoolFuture<T> submit(Runnable job, @Nullable T result) {
    return submitCode(
        job,
        () -> {
          job.run();
          return result;
        });
  }

  @Override
  public final <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> jobs)
      throws InterruptedException {
    return InvokedJobs.all(this, jobs, null);
  }

  @Override
  public final <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> jobs, long time, TimeUnit unit)
      throws InterruptedException {
    return InvokedJobs.all(this, jobs, Duration.ofNanos(unit.toNanos(time)));
  }

  @Override
  public final <T> T invokeAny(Collection<? extends Callable<T>> jobs)
      throws InterruptedException, ExecutionException {
    try {
      return InvokedJobs.any(this, jobs, null);
    } catch (TimeoutException e) {
      throw new AssertionError("there was no limit", e);
    }
  }

  @Override
  public final <T> T invokeAny(Collection<? extends Callable<T>> jobs, long time, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return InvokedJobs.any(this, jobs, Duration.ofNanos(unit.toNanos(time)));
  }

  /// Applies a function to every item. All jobs are handed in at once; the results come in the
  /// order of the items, each waited for when it is reached. An error comes out when its result is
  /// reached, and what has not begun is cancelled. Python: `Executor.map`.
  public <A, R> Results<R> map(
      JobFunction<? super A, ? extends R> function, Iterable<? extends A> items) {
    return map(function, items, null);
  }

  /// As [#map(JobFunction, Iterable)] with a limit for all results together, counted from now.
  ///
  /// @param limit after it, a result that is not there is a [TimeoutError]; null for none
  public <A, R> Results<R> map(
      JobFunction<? super A, ? extends R> function,
      Iterable<? extends A> items,
      @Nullable Duration limit) {
    var futures = new ArrayList<PoolFuture<List<R>>>();
    for (A item : items) {
      Job<List<R>> job = () -> Collections.singletonList(function.apply(item));
      futures.add(submit(job));
    }
    return new Results<>(futures, Collections.nCopies(futures.size(), 1), limit);
  }

  /// As [#map(JobFunction, Iterable, Duration)], and at most so many jobs whose results were not
  /// given out yet are handed in at a time: for items that are many, or have no end. The next item
  /// is looked at when a result is taken. Python: `Executor.map(buffersize=)`.
  ///
  /// @param buffer the most jobs handed in whose results were not given out; at least 1. Null to
  ///     hand in everything at once
  public <A, R> BufferedResults<R> map(
      JobFunction<? super A, ? extends R> function,
      Iterable<? extends A> items,
      @Nullable Duration limit,
      @Nullable Integer buffer) {
    return map(function, items.iterator(), limit, buffer);
  }

  /// As [#map(JobFunction, Iterable, Duration, Integer)] over a stream, which may be infinite:
  /// `pool.map(n -> n * n, Stream.iterate(1, n -> n + 1), null, 4)`.
  public <A, R> BufferedResults<R> map(
      JobFunction<? super A, ? extends R> function,
      Stream<? extends A> items,
      @Nullable Duration limit,
      @Nullable Integer buffer) {
    return map(function, items.iterator(), limit, buffer);
  }

  private <A, R> BufferedResults<R> map(
      JobFunction<? super A, ? extends R> function,
      Iterator<? extends A> items,
      @Nullable Duration limit,
      @Nullable Integer buffer) {
    return new BufferedResults<>(
        items,
        item -> {
          Job<List<R>> job = () -> Collections.singletonList(function.apply(item));
          return submit(job);
        },
        limit,
        buffer);
  }

  /// Ends the pool: it takes no more jobs.
  ///
  /// @param wait whether to block until all jobs have ended
  /// @param cancelFutures whether jobs that have not begun are cancelled instead of run
  public abstract void shutdown(boolean wait, boolean cancelFutures);

  @Override
  public void shutdown() {
    shutdown(false, false);
  }

  /// Ends the pool and blocks until all jobs have ended.
  @Override
  public void close() {
    shutdown(true, false);
  }

  @Override
  public final boolean isShutdown() {
    return locked(() -> shutdown);
  }

  @Override
  public final boolean isTerminated() {
    return locked(this::isGone);
  }

  @Override
  public final boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
    EventLoop loop = Running.loop();
    VirtualWork work = loop == null ? null : loop.engine().virtualWork();
    if (work != null) work.advanceUntil(() -> !locked(this::isVirtuallyBusy));
    long nanos = unit.toNanos(time);
    lock.lock();
    try {
      while (!isGone()) {
        if (nanos <= 0) return false;
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean locked(BooleanSupplier question) {
    lock.lock();
    try {
      return question.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  /// Whether it was shut down and nothing is left of it. Held lock.
  abstract boolean isGone();

  /// Whether no job waits or runs. Held lock.
  abstract boolean isQuiet();

  /// Whether jobs that go by a virtual clock are under way. Held lock.
  boolean isVirtuallyBusy() {
    return false;
  }

  /// Held lock.
  final boolean isShut() {
    return shutdown;
  }

  /// From now on it refuses jobs. Held lock.
  final void shut() {
    shutdown = true;
    tellChange();
  }

  /// Something may have ended. Held lock.
  final void tellChange() {
    changed.signalAll();
    if (!shutdown || !isQuiet()) return;
    whenQuiet.forEach(Runnable::run);
    whenQuiet.clear();
  }

  /// Waits for a change, and lets go of the lock meanwhile. Held lock.
  ///
  /// @return what is left of the time
  final long awaitChange(long nanos) throws InterruptedException {
    return changed.awaitNanos(nanos);
  }

  /// Calls back once, when it was shut down and its last job has ended: in the thread of that job,
  /// which holds the lock.
  final void whenQuiet(Runnable callback) {
    lock.lock();
    try {
      whenQuiet.add(callback);
      tellChange();
    } finally {
      lock.unlock();
    }
  }

  final RejectedExecutionException refusal() {
    return new RejectedExecutionException(
        this
            + " was shut down and takes no more jobs: make a new one, new "
            + getClass().getSimpleName()
            + "()");
  }

  /// Waits for the end whatever interrupts come, and passes one on.
  final void join() {
    boolean interrupted = false;
    while (true) {
      try {
        if (awaitTermination(1, TimeUnit.DAYS)) break;
      } catch (InterruptedException _) {
        interrupted = true;
        List<Runnable> _ = shutdownNow();
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
