package dev.brigade.async;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.Frequent;
import dev.brigade.async.trace.Stamp;
import dev.brigade.async.trace.TraceEvent;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes one loop's events. Every method returns at once when nobody listens.
final class LoopTrace {
  private final EventLoop loop;
  private final EventLog log;
  private final WaitNames waitNames = new WaitNames();
  private final ThreadNames threadNames = new ThreadNames();
  private final AtomicLong waits = new AtomicLong();
  // The time of a turn's end until something else than the next turn comes, else 0: what follows
  // from the end of a turn happens at that time, and to read the clock costs as much as to write an
  // event.
  private long turnEnd;

  LoopTrace(EventLoop loop, EventLog log) {
    this.loop = loop;
    this.log = log;
  }

  boolean isOn() {
    return log.isOn();
  }

  private void add(@Nullable Origin origin, Function<Stamp, TraceEvent> build) {
    log.add(loop.nanos(), thread(), label(origin), build);
  }

  private String thread() {
    return Running.loop() == loop ? loop.name() : threadNames.of(Thread.currentThread());
  }

  private static @Nullable String label(@Nullable Origin origin) {
    return origin == null ? null : origin.label();
  }

  /// An event in the loop's thread of control.
  private void add(Frequent kind, @Nullable Origin origin, long a, long b) {
    log.add(kind, now(), loop.name(), label(origin), a, b, null, null, null);
  }

  private long now() {
    return turnEnd != 0 ? turnEnd : loop.nanos();
  }

  private static long id(@Nullable Task<?> task) {
    return task == null ? 0 : task.id();
  }

  void taskCreated(Task<?> task) {
    if (!isOn()) return;
    long creator = id(Running.task());
    log.add(
        Frequent.TASK_CREATED,
        loop.nanos(),
        thread(),
        label(task.origin()),
        task.id(),
        creator,
        task.name(),
        task.coroutineName(),
        task.site());
  }

  void stepBegan(Task<?> task) {
    if (isOn()) add(Frequent.STEP_BEGAN, task.origin(), task.id(), 0);
    turnEnd = 0;
  }

  void stepEnded(Task<?> task) {
    if (!isOn()) return;
    turnEnd = now();
    add(Frequent.STEP_ENDED, task.origin(), task.id(), 0);
  }

  /// What comes now is no turn of a task.
  void timeGoesOn() {
    turnEnd = 0;
  }

  /// The task is about to suspend.
  void awaits(Task<?> task, @Nullable Promise<?> promise, @Nullable String what) {
    if (!isOn()) return;
    String kind = what != null ? what : kind(promise);
    long on = promise instanceof Task<?> other ? other.id() : 0;
    turnEnd = loop.nanos();
    String label = label(task.origin());
    String site = task.awaitSite();
    log.add(Frequent.AWAITS, turnEnd, loop.name(), label, task.id(), on, kind, site, null);
  }

  static String kind(@Nullable Promise<?> promise) {
    return switch (promise) {
      case null -> "turn";
      case Task<?> _ -> "task";
      case GatherPromise<?, ?> _ -> "gather";
      case ComposedPromise<?> composed -> composed.what();
      case JobPromise<?> job -> job.what();
      case Promise<?> _ -> "promise";
    };
  }

  void woken(Task<?> task) {
    if (isOn()) add(Frequent.WOKEN, task.origin(), task.id(), id(loop.holder()));
  }

  void cancelRequested(Task<?> task) {
    if (!isOn()) return;
    long by = id(Running.task());
    add(task.origin(), at -> new TraceEvent.CancelRequested(at, task.id(), by));
  }

  void taskEnded(Task<?> task) {
    if (!isOn()) return;
    Throwable error = task.peekError();
    if (error == null && !task.isCancelled()) {
      add(Frequent.TASK_FINISHED, task.origin(), task.id(), 0);
      return;
    }
    TraceEvent.End end = task.isCancelled() ? TraceEvent.End.CANCELLED : TraceEvent.End.FAILED;
    String text = error == null ? null : error.toString();
    add(task.origin(), at -> new TraceEvent.TaskEnded(at, task.id(), end, text));
  }

  void timerSet(TimerHandle timer) {
    if (!isOn()) return;
    long task = id(timer.task());
    String label = label(Running.origin());
    log.add(
        Frequent.TIMER_SET,
        loop.nanos(),
        thread(),
        label,
        task,
        timer.deadline(),
        null,
        null,
        null);
  }

  void timerFired(TimerHandle timer) {
    if (!isOn()) return;
    timeGoesOn();
    Task<?> task = timer.task();
    add(Frequent.TIMER_FIRED, task == null ? null : task.origin(), id(task), timer.deadline());
  }

  void lockWait(Task<?> task, String lock, @Nullable Task<?> holder) {
    if (!isOn()) return;
    add(task.origin(), at -> new TraceEvent.LockWait(at, task.id(), lock, id(holder)));
  }

  void lockAcquired(Task<?> task, String lock) {
    if (isOn()) add(task.origin(), at -> new TraceEvent.LockAcquired(at, task.id(), lock));
  }

  void lockReleased(String lock) {
    if (!isOn()) return;
    Task<?> task = Running.task();
    add(Running.origin(), at -> new TraceEvent.LockReleased(at, id(task), lock));
  }

  /// @param executor who gets it; a text stands for itself
  void jobSubmitted(long job, Object executor) {
    if (!isOn()) return;
    long task = id(Running.task());
    String name = executor instanceof JobPool pool ? pool.toString() : waitNames.present(executor);
    add(Running.origin(), at -> new TraceEvent.JobSubmitted(at, job, task, name));
  }

  /// @param worker the process that runs it, or null for the calling thread
  void jobStarted(long job, @Nullable String worker) {
    if (isOn()) add(Running.origin(), at -> new TraceEvent.JobStarted(at, job, worker));
  }

  void jobEnded(long job, @Nullable Throwable error) {
    if (!isOn()) return;
    String text = error == null ? null : error.toString();
    add(Running.origin(), at -> new TraceEvent.JobEnded(at, job, text));
  }

  void compiled(String what, long nanos) {
    if (nanos > 0 && isOn()) {
      add(Running.origin(), at -> new TraceEvent.Compiled(at, what, nanos));
    }
  }

  void deadlocked(Collection<Task<?>> tasks) {
    if (!isOn()) return;
    List<Long> ids = tasks.stream().map(Task::id).toList();
    add(Running.origin(), at -> new TraceEvent.Deadlocked(at, ids));
  }

  void stalled(Task<?> task, long nanos, @Nullable String where) {
    if (isOn()) add(task.origin(), at -> new TraceEvent.Stalled(at, task.id(), nanos, where));
  }

  void threadStarted(Thread thread) {
    if (!isOn()) return;
    long task = id(Running.task());
    String name = threadNames.start(thread);
    add(Running.origin(), at -> new TraceEvent.ThreadStarted(at, task, name));
  }

  /// Any thread may tell, and more than once.
  void threadEnded(Thread thread, @Nullable Throwable error) {
    String name = threadNames.of(thread);
    if (!threadNames.end(thread) || !isOn()) return;
    String text = error == null ? null : error.toString();
    String label = label(Running.origin());
    log.add(loop.nanos(), name, label, at -> new TraceEvent.ThreadEnded(at, text));
  }

  /// @return the number of the wait
  long threadWaits(@Nullable Object on, String call) {
    long wait = waits.incrementAndGet();
    long task = id(Running.task());
    String object = waitNames.of(on);
    String holder = WaitProbe.holder(on);
    String label = label(Running.origin());
    log.add(Frequent.THREAD_WAITS, loop.nanos(), thread(), label, wait, task, call, object, holder);
    return wait;
  }

  void threadWaited(long wait) {
    if (!isOn()) return;
    long task = id(Running.task());
    String label = label(Running.origin());
    log.add(Frequent.THREAD_WAITED, loop.nanos(), thread(), label, wait, task, null, null, null);
  }

  void gilTaken() {
    if (!isOn()) return;
    long task = id(Running.task());
    add(Running.origin(), at -> new TraceEvent.GilTaken(at, task));
  }

  void gilReleased(String why) {
    if (!isOn()) return;
    long task = id(Running.task());
    add(Running.origin(), at -> new TraceEvent.GilReleased(at, task, why));
  }
}
