package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the pools of Brigade have in common. Python: `concurrent.futures.Executor`.
///
/// Any thread may call any method; only [#awaitTermination], [#shutdown(boolean, boolean)] with
/// `wait` and [#close()] block.
public abstract sealed class JobPool extends AbstractExecutorService
    permits ThreadPool, VirtualThreadPool, ProcessPool {

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
