package dev.brigade.async;

import dev.brigade.async.process.CannotTravel;
import dev.brigade.async.process.LocalRealms;
import dev.brigade.async.process.WorkerProcess;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Processes that run jobs, each a JVM of its own: real parallel work with separate memory. Python:
/// `concurrent.futures.ProcessPoolExecutor`.
///
/// A job, its result and what it throws travel by value: what a job changes in its process, nobody
/// else sees. A process is started when a job needs one, kept warm for the next, and ends with this
/// process at the latest. The jobs run first in, first out; as in Python, as many as there are
/// processes and one more are already on their way and cannot be cancelled.
///
/// If a process dies, everything that has no result fails with [BrokenProcessPool], and so does
/// every later submit. Needs a POSIX shell at `/bin/sh`.
public final class ProcessPool extends JobPool {
  private static final AtomicInteger POOLS = new AtomicInteger();

  private final String name = "process-pool-" + POOLS.incrementAndGet();
  private final LocalRealms realms = new LocalRealms();
  private final ProcessCrew crew;
  // Guarded by lock.
  private long jobCount;

  /// As many processes as there are processors.
  public ProcessPool() {
    this(ProcessPoolOptions.defaults());
  }

  /// @param workers the most processes; at least 1
  public ProcessPool(int workers) {
    this(ProcessPoolOptions.defaults().withWorkers(workers));
  }

  public ProcessPool(ProcessPoolOptions options) {
    crew = new ProcessCrew(this, options, realms);
    EventLoop loop = Running.clockLoop();
    if (loop != null) loop.keeps(this);
  }

  // --- jobs

  @Override
  <T> PoolFuture<T> submitCode(Object code, Callable<T> call) {
    requireOpen();
    byte[] parcel;
    CannotTravel refused = null;
    try {
      parcel = WorkerProcess.pack(code, realms);
    } catch (CannotTravel e) {
      refused = e;
      parcel = new byte[0];
    }
    ProcessFuture<T> future;
    LoggedJob logged = LoggedJob.submitted(this);
    lock.lock();
    try {
      requireOpen();
      long job = ++jobCount;
      future = new ProcessFuture<>(name + "-job-" + job, job, parcel);
      future.logAs(logged);
      if (refused == null) crew.add(future);
    } finally {
      lock.unlock();
    }
    if (refused != null) future.fail(misuse(refused));
    else crew.dispatch();
    return future;
  }

  static MisuseError misuse(CannotTravel refused) {
    var error = new MisuseError(String.valueOf(refused.getMessage()));
    // The message of this one says what its class is, and the rule.
    if (!(refused.getCause() instanceof NotSerializableException)) {
      error.initCause(refused.getCause());
    }
    return error;
  }

  private void requireOpen() {
    lock.lock();
    try {
      crew.requireWhole();
      if (isShut()) throw refusal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void execute(Runnable job) {
    submitCode(job, Actions.callable(job::run))
        .whenComplete(
            (_, error) -> {
              Thread self = Thread.currentThread();
              if (error != null) self.getUncaughtExceptionHandler().uncaughtException(self, error);
            });
  }

  /// As [#map(JobFunction, Iterable)], with several items in each job, so that small ones are worth
  /// the way.
  ///
  /// @param chunk how many items one job takes; at least 1
  public <A, R> Results<R> map(
      JobFunction<? super A, ? extends R> function,
      Iterable<? extends A> items,
      int chunk,
      @Nullable Duration limit) {
    var futures = new ArrayList<PoolFuture<List<R>>>();
    var sizes = new ArrayList<Integer>();
    new Chunks<A>(items.iterator(), chunk)
        .forEachRemaining(
            part -> {
              sizes.add(part.size());
              futures.add(submit(ProcessPool.<A, R>applyAll(function, part)));
            });
    return new Results<>(futures, sizes, limit);
  }

  /// As [#map(JobFunction, Iterable, int, Duration)] without a limit.
  public <A, R> Results<R> map(
      JobFunction<? super A, ? extends R> function, Iterable<? extends A> items, int chunk) {
    return map(function, items, chunk, null);
  }

  /// As [#map(JobFunction, Iterable, Duration, Integer)], with several items in each job.
  ///
  /// @param buffer the most jobs, not items, whose results were not given out; at least 1, or null
  public <A, R> BufferedResults<R> map(
      JobFunction<? super A, ? extends R> function,
      Iterable<? extends A> items,
      int chunk,
      @Nullable Duration limit,
      @Nullable Integer buffer) {
    return new BufferedResults<>(
        new Chunks<A>(items.iterator(), chunk),
        (ArrayList<A> part) -> submit(ProcessPool.<A, R>applyAll(function, part)),
        limit,
        buffer);
  }

  private static <A, R> Job<List<R>> applyAll(
      JobFunction<? super A, ? extends R> function, ArrayList<A> items) {
    return () -> {
      var results = new ArrayList<R>(items.size());
      for (A item : items) results.add(function.apply(item));
      return results;
    };
  }

  // --- the end

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    List<ProcessFuture<?>> dropped = List.of();
    lock.lock();
    try {
      if (cancelFutures) dropped = crew.takePending();
      shut();
    } finally {
      lock.unlock();
    }
    dropped.forEach(each -> each.cancel(false));
    crew.dispatch();
    if (wait) join();
  }

  /// Ends every process as it is; jobs without a result fail. Python: `terminate_workers`.
  public void terminateWorkers() {
    shutdown(false, true);
    crew.workers().forEach(each -> each.kill(false));
  }

  /// Kills every process; jobs without a result fail. Python: `kill_workers`.
  public void killWorkers() {
    shutdown(false, true);
    crew.workers().forEach(each -> each.kill(true));
  }

  @Override
  public List<Runnable> shutdownNow() {
    killWorkers();
    return Collections.emptyList();
  }

  @Override
  boolean isGone() {
    return (isShut() || crew.isBroken()) && crew.workers().isEmpty();
  }

  @Override
  boolean isQuiet() {
    return !crew.hasJobs();
  }

  List<WorkerView> views() {
    return crew.views();
  }

  /// The processes that live now, by their ids.
  public List<Long> workers() {
    return crew.workers().stream().map(WorkerProcess::pid).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
