package dev.brigade.async;

import dev.brigade.async.process.CannotTravel;
import dev.brigade.async.process.LocalRealms;
import dev.brigade.async.process.WorkerProcess;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// The processes of a [ProcessPool] and who of them does what. Guarded by the pool's lock.
final class ProcessCrew {
  private static final long GRACE_NANOS = 1_000_000_000L;

  private final ProcessPool pool;
  private final ProcessPoolOptions options;
  private final LocalRealms realms;
  private final Map<WorkerProcess, Member> members = new LinkedHashMap<>();
  private final ArrayDeque<ProcessFuture<?>> pending = new ArrayDeque<>();
  private final ArrayDeque<ProcessFuture<?>> onTheirWay = new ArrayDeque<>();
  private byte @Nullable [] initializer;
  private int made;
  private @Nullable BrokenProcessPool broken;

  /// What a process does.
  private static final class Member {
    final String name;
    boolean ready;
    boolean leaving;
    boolean expendable;
    int done;
    @Nullable ProcessFuture<?> job;
    @Nullable ProcessFuture<?> last;

    Member(int number) {
      name = "worker-" + number;
    }

    boolean isIdle() {
      return ready && !leaving && job == null;
    }
  }

  ProcessCrew(ProcessPool pool, ProcessPoolOptions options, LocalRealms realms) {
    this.pool = pool;
    this.options = options;
    this.realms = realms;
  }

  /// @throws BrokenProcessPool it has lost a process. Held lock
  void requireWhole() {
    if (broken != null) throw new BrokenProcessPool(String.valueOf(broken.getMessage()), null);
  }

  /// Held lock.
  boolean isBroken() {
    return broken != null;
  }

  /// Held lock.
  boolean hasJobs() {
    return !pending.isEmpty()
        || !onTheirWay.isEmpty()
        || members.values().stream().anyMatch(member -> member.job != null);
  }

  /// Held lock.
  void add(ProcessFuture<?> future) {
    pending.add(future);
  }

  /// Takes back what is not on its way. Held lock.
  List<ProcessFuture<?>> takePending() {
    var taken = new ArrayList<>(pending);
    pending.clear();
    return taken;
  }

  /// What its processes do now.
  List<WorkerView> views() {
    var views = new ArrayList<WorkerView>();
    pool.lock.lock();
    try {
      members.forEach(
          (worker, member) -> {
            ProcessFuture<?> job = member.job;
            views.add(
                new WorkerView(
                    worker.name(),
                    worker.pid(),
                    member.ready,
                    job == null ? null : job.name(),
                    job == null ? null : job.origin()));
          });
    } finally {
      pool.lock.unlock();
    }
    return views;
  }

  List<WorkerProcess> workers() {
    pool.lock.lock();
    try {
      return List.copyOf(members.keySet());
    } finally {
      pool.lock.unlock();
    }
  }

  /// Puts jobs on their way, gives them to idle processes, and starts processes while jobs wait.
  void dispatch() {
    var actions = new ArrayList<Runnable>();
    pool.lock.lock();
    try {
      if (broken != null) return;
      fill();
      for (var each : members.entrySet()) {
        if (onTheirWay.isEmpty()) break;
        if (each.getValue().isIdle()) actions.add(assign(each.getKey(), each.getValue()));
        fill();
      }
      long starting = members.values().stream().filter(c -> !c.ready && !c.leaving).count();
      long present = members.values().stream().filter(c -> !c.leaving).count();
      int waiting = onTheirWay.size() + pending.size();
      while (starting < waiting && present < options.workers() && broken == null) {
        startWorker();
        starting++;
        present++;
      }
      if (pool.isShut() && waiting == 0) {
        for (var each : members.entrySet()) {
          if (each.getValue().isIdle()) {
            each.getValue().leaving = true;
            actions.add(each.getKey()::quit);
          }
        }
      }
      pool.tellChange();
    } finally {
      pool.lock.unlock();
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
  private Runnable assign(WorkerProcess worker, Member member) {
    ProcessFuture<?> future = onTheirWay.removeFirst();
    member.job = future;
    member.last = future;
    Origin origin = future.origin();
    if (origin != null) origin.addStop(future, () -> stop(future));
    return () -> {
      future.started(member.name, worker.pid());
      worker.run(future.job(), future.parcel());
    };
  }

  /// Held lock.
  private void startWorker() {
    String worker = pool + "-worker-" + ++made;
    try {
      if (options.initializer() != null && initializer == null) {
        initializer = WorkerProcess.pack(options.initializer(), realms);
      }
      members.put(
          WorkerProcess.start(worker, options.jvmFlags(), realms, new ProcessEars(this)),
          new Member(made));
    } catch (IOException | CannotTravel e) {
      breakDown("a worker could not be started: " + e.getMessage(), e);
    }
  }

  // --- what the processes tell

  /// @return what it is to run before any job, or null if it has begun to work
  byte @Nullable [] ready(WorkerProcess worker) {
    pool.lock.lock();
    try {
      Member member = members.get(worker);
      if (member != null && initializer == null) member.ready = true;
      return initializer;
    } finally {
      pool.lock.unlock();
    }
  }

  /// The job it runs or has run last, or null.
  @Nullable ProcessFuture<?> lastJob(WorkerProcess worker) {
    pool.lock.lock();
    try {
      Member member = members.get(worker);
      return member == null ? null : member.last;
    } finally {
      pool.lock.unlock();
    }
  }

  void initializerFailed(Throwable error) {
    pool.lock.lock();
    try {
      breakDown("the initializer threw " + error + " in a worker", error);
    } finally {
      pool.lock.unlock();
    }
  }

  /// The process's job has an outcome.
  ///
  /// @return null if it was the initializer
  @Nullable ProcessFuture<?> ended(WorkerProcess worker) {
    pool.lock.lock();
    try {
      Member member = members.get(worker);
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
      pool.lock.unlock();
    }
  }

  private static void forget(ProcessFuture<?> future) {
    Origin origin = future.origin();
    if (origin != null) origin.removeStop(future);
  }

  void died(WorkerProcess worker, String how) {
    ProcessFuture<?> stopped = null;
    pool.lock.lock();
    try {
      Member member = members.remove(worker);
      if (member == null) return;
      ProcessFuture<?> job = member.job;
      if (job != null) forget(job);
      if (member.expendable) {
        stopped = job;
      } else if (!member.leaving || job != null) {
        if (job != null) onTheirWay.addFirst(job);
        breakDown(death(worker, how, job, member.ready), null);
      }
      pool.tellChange();
    } finally {
      pool.lock.unlock();
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
    for (Member member : members.values()) {
      if (member.job != null) left.add(member.job);
      member.job = null;
      member.leaving = true;
    }
    left.addAll(onTheirWay);
    left.addAll(pending);
    onTheirWay.clear();
    pending.clear();
    List<WorkerProcess> workers = List.copyOf(members.keySet());
    pool.tellChange();
    Thread.ofPlatform()
        .name(pool + "-broken")
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
        .name(pool + "-stop")
        .daemon()
        .start(
            () -> {
              if (isDeaf(worker, future)) worker.kill(true);
            });
  }

  /// Waits a while for a process to leave its job. If it does not, the pool can do without it.
  private boolean isDeaf(WorkerProcess worker, ProcessFuture<?> future) {
    pool.lock.lock();
    try {
      long left = GRACE_NANOS;
      while (left > 0 && workerOf(future) == worker) left = pool.awaitChange(left);
      Member member = members.get(worker);
      if (member == null || member.job != future) return false;
      member.expendable = true;
      member.leaving = true;
      return true;
    } catch (InterruptedException _) {
      return false;
    } finally {
      pool.lock.unlock();
    }
  }

  private @Nullable WorkerProcess workerOf(ProcessFuture<?> future) {
    pool.lock.lock();
    try {
      for (var each : members.entrySet()) if (each.getValue().job == future) return each.getKey();
      return null;
    } finally {
      pool.lock.unlock();
    }
  }
}
