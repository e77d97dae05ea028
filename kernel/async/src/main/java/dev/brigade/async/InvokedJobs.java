package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// `invokeAll` and `invokeAny` of pools.
///
/// The JDK's own make futures that the pool knows nothing of: they are done before the job has
/// ended in the log, go by no virtual clock, and cannot travel to another process.
final class InvokedJobs<T> {
  private final List<PoolFuture<T>> futures = new ArrayList<>();

  private InvokedJobs(JobPool pool, Collection<? extends Callable<T>> jobs) {
    try {
      for (Callable<T> job : jobs) futures.add(pool.submit(job));
    } catch (RuntimeException | Error e) { // seen, and passed on
      cancel();
      throw e;
    }
  }

  /// Blocks until all are done.
  ///
  /// @param limit after it, what is not done is cancelled; null for none
  static <T> List<Future<T>> all(
      JobPool pool, Collection<? extends Callable<T>> jobs, @Nullable Duration limit) {
    var invoked = new InvokedJobs<>(pool, jobs);
    try {
      var _ = PoolFuture.waitAll(invoked.futures, limit);
    } finally {
      invoked.cancel();
    }
    return new ArrayList<>(invoked.futures);
  }

  /// Blocks until one has a result, and cancels the others.
  ///
  /// @throws ExecutionException all have failed, the last one with this
  static <T> T any(JobPool pool, Collection<? extends Callable<T>> jobs, @Nullable Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (jobs.isEmpty()) throw new IllegalArgumentException("invokeAny needs a job at least");
    var invoked = new InvokedJobs<>(pool, jobs);
    ExecutionException failed = null;
    try {
      for (PoolFuture<T> each : PoolFuture.asCompleted(invoked.futures, limit)) {
        try {
          return each.get();
        } catch (ExecutionException e) {
          failed = e;
        }
      }
    } catch (TimeoutError e) {
      throw (TimeoutException) new TimeoutException(e.getMessage()).initCause(e);
    } finally {
      invoked.cancel();
    }
    throw failed == null ? new ExecutionException("no job has a result", null) : failed;
  }

  private void cancel() {
    futures.forEach(each -> each.cancel(true));
  }
}
