package dev.brigade.async;

import dev.brigade.async.process.CannotTravel;
import dev.brigade.async.process.LocalRealms;
import dev.brigade.async.process.WorkerProcess;
import java.io.IOException;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
  private static final long GRACE_NANOS = 1_000_000_000L;

  private final String name = "process-pool-" + POOLS.incrementAndGet();
  private final ProcessPoolOptions options;
  private final LocalRealms realms = new LocalRealms();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All guarded by lock.
  private final Map<WorkerProcess, Crew> crew = new LinkedHashMap<>();
  private final ArrayDeque<ProcessFuture<?>> pending = new ArrayDeque<>();
  private final ArrayDeque<ProcessFuture<?>> onTheirWay = new ArrayDeque<>();
  private byte @Nullable [] initializer;
  private long jobCount;
  private int made;
  private boolean shutdown;
  private @Nullable BrokenProcessPool broken;

  /// What a process does.
  private static final class Crew {
    boolean ready;
    boolean leaving;
    boolean expendable;
    int done;
    @Nullable ProcessFuture<?> job;
    @Nullable ProcessFuture<?> last;

    boolean isIdle() {
      return ready && !leaving && job == null;
    }
  }

  /// As many processes as there are processors.
  public ProcessPool() {
    this(ProcessPoolOptions.defaults());
  }

  /// @param workers the most processes; at least 1
  public ProcessPool(int workers) {
    this(ProcessPoolOptions.defaults().withWorkers(workers));
  }

  public ProcessPool(ProcessPoolOptions options) {
    this.options = options;
    EventLoop loop = Running.clockLoop();
    if (loop != null) loop.keeps(this);
  }

  @Override
  <T> PoolFuture<T> submitCode(Object code, Callable<T> call) {
    return submitCode(code, call, () -> {});
  }

  /// @param onStart called when a process gets the job
  <T> PoolFuture<T> submitCode(Object code, Callable<T> call, Runnable onStart) {
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
    lock.lock();
    try {
      requireOpen();
      long job = ++jobCount;
      future = new ProcessFuture<>(name + "-job-" + job, job, parcel);
      future.onStart(onStart);
      if (refused == null) pending.add(future);
    } finally {
      lock.unlock();
    }
    if (refused != null) future.fail(misuse(refused));
    else dispatch();
    return future;
  }

  private static MisuseError misuse(CannotTravel refused) {
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
      if (broken != null) throw new BrokenProcessPool(String.valueOf(broken.getMessage()), null);
      if (shutdown) {
        throw new RejectedExecutionException(
            name + " was shut down and takes no more jobs: make a new one, new ProcessPool()");
      }
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
    if (chunk < 1) {
      throw new IllegalArgumentException("a chunk has at least 1 item, and it was given " + chunk);
    }
    var futures = new ArrayList<PoolFuture<List<R>>>();
    var sizes = new ArrayList<Integer>();
    var part = new ArrayList<A>();
    for (A item : items) {
      part.add(item);
      if (part.size() == chunk) {
        sizes.add(chunk);
        futures.add(submit(applyAll(function, part)));
        part = new ArrayList<>();
      }
    }
    if (!part.isEmpty()) {
      sizes.add(part.size());
      futures.add(submit(applyAll(function, part)));
    }
    return new Results<>(futures, sizes, limit);
  }

  /// As [#map(JobFunction, Iterable, int, Duration)] without a limit.
  public <A, R> Results<R> map(
      JobFunction<? super A, ? extends R> function, Iterable<? extends A> items, int chunk) {
    return map(function, items, chunk, null);
  }

  private static <A, R> Job<List<R>> applyAll(
      JobFunction<? super A, ? extends R> function, ArrayList<A> items) {
    return () -> {
      var results = new ArrayList<R>(items.size());
      for (A item : items) results.add(function.apply(item));
      return results;
    };
  }

  // --- who does what

  /// Puts jobs on their way, gives them to idle processes, and starts processes while jobs wait.
  private void dispatch() {
    var actions = new ArrayList<Runnable>();
    lock.lock();
    try {
      if (broken != null) return;
      fill();
      for (var each : crew.entrySet()) {
        if (onTheirWay.isEmpty()) break;
        if (each.getValue().isIdle()) actions.add(assign(each.getKey(), each.getValue()));
        fill();
      }
      long starting = crew.values().stream().filter(c -> !c.ready && !c.leaving).count();
      long present = crew.values().stream().filter(c -> !c.leaving).count();
      int waiting = onTheirWay.size() + pending.size();
      while (starting < waiting && present < options.workers() && broken == null) {
        startWorker();
        starting++;
        present++;
      }
      if (shutdown && waiting == 0) {
        for (var each : crew.entrySet()) {
          if (each.getValue().isIdle()) {
            each.getValue().leaving = true;
            actions.add(each.getKey()::quit);
          }
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    actions.forEach(Runnable::run);
  }

  /// Held lock.
  private void fill() {
    while (onTheirWay.size() <= options.workers() && !pending.isEmpty()) {
      ProcessFuture<?> future = pending.removeFirst();
      if (future.begin()) onTheirWay.addLast(future);
    }
  }

  /// Held lock.
  private Runnable assign(WorkerProcess worker, Crew member) {
    ProcessFuture<?> future = onTheirWay.removeFirst();
    member.job = future;
    member.last = future;
    Origin origin = future.origin();
    if (origin != null) origin.addStop(future, () -> stop(future));
    return () -> {
      future.started();
      worker.run(future.job(), future.parcel());
    };
  }

  /// Held lock.
  private void startWorker() {
    String worker = name + "-worker-" + ++made;
    try {
      if (options.initializer() != null && initializer == null) {
        initializer = WorkerProcess.pack(options.initializer(), realms);
      }
      crew.put(WorkerProcess.start(worker, options.jvmFlags(), realms, new Ears()), new Crew());
    } catch (IOException | CannotTravel e) {
      breakDown("a worker could not be started: " + e.getMessage(), e);
    }
  }

  /// Hears the processes, in threads of theirs.
  private final class Ears implements WorkerProcess.Listener {
    @Override
    public void ready(WorkerProcess worker) {
      byte[] first;
      lock.lock();
      try {
        first = initializer;
        Crew member = crew.get(worker);
        if (member != null && first == null) member.ready = true;
      } finally {
        lock.unlock();
      }
      if (first == null) dispatch();
      else worker.initialize(first);
    }

    @Override
    public void result(WorkerProcess worker, long job, @Nullable Object value, List<String> lost) {
      ProcessFuture<?> future = ended(worker);
      if (future != null) future.succeed(value, lost);
      dispatch();
    }

    @Override
    public void failure(WorkerProcess worker, long job, Throwable error) {
      if (job == 0) {
        initializerFailed(error);
        return;
      }
      ProcessFuture<?> future = ended(worker);
      if (future != null) {
        future.fail(error instanceof CannotTravel refused ? misuse(refused) : error);
      }
      dispatch();
    }

    @Override
    public void output(WorkerProcess worker, boolean error, byte[] text) {
      ProcessFuture<?> owner;
      lock.lock();
      try {
        Crew member = crew.get(worker);
        owner = member == null ? null : member.last;
      } finally {
        lock.unlock();
      }
      var stream = error ? System.err : System.out;
      Runnable print =
          () -> {
            stream.write(text, 0, text.length);
            stream.flush();
          };
      if (owner == null) print.run();
      else owner.as(print);
    }

    @Override
    public void died(WorkerProcess worker, String how) {
      workerDied(worker, how);
    }
  }

  private void initializerFailed(Throwable error) {
    lock.lock();
    try {
      breakDown("the initializer threw " + error + " in a worker", error);
    } finally {
      lock.unlock();
    }
  }

  /// The process's job has an outcome.
  ///
  /// @return null if it was the initializer
  private @Nullable ProcessFuture<?> ended(WorkerProcess worker) {
    lock.lock();
    try {
      Crew member = crew.get(worker);
      if (member == null) return null;
      ProcessFuture<?> future = member.job;
      member.job = null;
      member.ready = true;
      if (future == null) return null;
      forget(future);
      member.done++;
      if (options.maxTasksPerChild() > 0 && member.done >= options.maxTasksPerChild()) {
        member.leaving = true;
        worker.quit();
      }
      return future;
    } finally {
      lock.unlock();
    }
  }

  private static void forget(ProcessFuture<?> future) {
    Origin origin = future.origin();
    if (origin != null) origin.removeStop(future);
  }

  private void workerDied(WorkerProcess worker, String how) {
    ProcessFuture<?> stopped = null;
    lock.lock();
    try {
      Crew member = crew.remove(worker);
      if (member == null) return;
      ProcessFuture<?> job = member.job;
      if (job != null) forget(job);
      if (member.expendable) {
        stopped = job;
      } else if (!member.leaving || job != null) {
        if (job != null) onTheirWay.addFirst(job);
        breakDown(death(worker, how, job, member.ready), null);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (stopped != null) {
      stopped.fail(new CancellationException("its process was killed by an interrupt"));
    }
    dispatch();
  }

  private static String death(
      WorkerProcess worker, String how, @Nullable ProcessFuture<?> job, boolean ready) {
    return worker
        + (ready ? " died: " : " did not start: ")
        + how
        + (job == null ? "" : ". It was running " + job.name())
        + ". A pool that lost a process is broken, everything without a result is lost; make a new"
        + " one, new ProcessPool()";
  }

  /// Held lock. The futures are failed by another thread: their callbacks may be anybody's code.
  private void breakDown(String message, @Nullable Throwable cause) {
    if (broken != null) return;
    var error = new BrokenProcessPool(message, cause);
    broken = error;
    var left = new ArrayList<ProcessFuture<?>>();
    for (Crew member : crew.values()) {
      if (member.job != null) left.add(member.job);
      member.job = null;
      member.leaving = true;
    }
    left.addAll(onTheirWay);
    left.addAll(pending);
    onTheirWay.clear();
    pending.clear();
    List<WorkerProcess> workers = List.copyOf(crew.keySet());
    changed.signalAll();
    Thread.ofPlatform()
        .name(name + "-broken")
        .daemon()
        .start(
            () -> {
              for (ProcessFuture<?> each : left) {
                forget(each);
                each.fail(new BrokenProcessPool(message, cause));
              }
              workers.forEach(each -> each.kill(true));
            });
  }

  // --- stopping

  /// Stops the code of one job; kills its process if it does not listen. The pool goes on.
  private void stop(ProcessFuture<?> future) {
    WorkerProcess worker = workerOf(future);
    if (worker == null) return;
    worker.stop(future.job());
    Thread.ofPlatform()
        .name(name + "-stop")
        .daemon()
        .start(
            () -> {
              lock.lock();
              try {
                long left = GRACE_NANOS;
                while (left > 0 && workerOf(future) == worker) left = changed.awaitNanos(left);
                if (workerOf(future) != worker) return;
                Crew member = crew.get(worker);
                if (member == null) return;
                member.expendable = true;
                member.leaving = true;
              } catch (InterruptedException _) {
                return;
              } finally {
                lock.unlock();
              }
              worker.kill(true);
            });
  }

  private @Nullable WorkerProcess workerOf(ProcessFuture<?> future) {
    lock.lock();
    try {
      for (var each : crew.entrySet()) if (each.getValue().job == future) return each.getKey();
      return null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    List<ProcessFuture<?>> dropped = List.of();
    lock.lock();
    try {
      shutdown = true;
      if (cancelFutures) {
        dropped = new ArrayList<>(pending);
        pending.clear();
      }
    } finally {
      lock.unlock();
    }
    dropped.forEach(each -> each.cancel(false));
    dispatch();
    if (wait) join();
  }

  /// Ends every process as it is; jobs without a result fail. Python: `terminate_workers`.
  public void terminateWorkers() {
    endWorkers(false);
  }

  /// Kills every process; jobs without a result fail. Python: `kill_workers`.
  public void killWorkers() {
    endWorkers(true);
  }

  private void endWorkers(boolean forcibly) {
    shutdown(false, true);
    List<WorkerProcess> workers;
    lock.lock();
    try {
      workers = List.copyOf(crew.keySet());
    } finally {
      lock.unlock();
    }
    workers.forEach(each -> each.kill(forcibly));
  }

  @Override
  public List<Runnable> shutdownNow() {
    killWorkers();
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
      return (shutdown || broken != null) && crew.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
    long nanos = unit.toNanos(time);
    lock.lock();
    try {
      while (!isTerminated()) {
        if (nanos <= 0) return false;
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The processes that live now, by their ids.
  public List<Long> workers() {
    lock.lock();
    try {
      return crew.keySet().stream().map(WorkerProcess::pid).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
