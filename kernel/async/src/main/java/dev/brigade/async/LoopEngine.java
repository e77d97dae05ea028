package dev.brigade.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The loop's queues and its iteration.
///
/// One iteration, as CPython's `BaseEventLoop._run_once`: wait until something is ready or due,
/// move what is due behind what is ready, then run exactly the entries that are ready now. What
/// they add waits for the next iteration. A [Shuffle] takes the tasks among them in another order.
///
/// Everything is for the loop's thread of control, except [#addThreadsafe], [#wakeUp()] and the
/// count of jobs in flight.
final class LoopEngine {
  private static final long LOOK = 1_000_000;
  // What virtual time grants data on its way between local sockets, in real nanoseconds.
  private static final long NETWORK = 5_000_000;

  private final EventLoop loop;
  private final LoopClock clock;
  // Handles, and tasks whose turn comes: a task is in it once at most, and needs no handle.
  private final ArrayDeque<Object> ready = new ArrayDeque<>();
  private final TimerHeap timers = new TimerHeap();
  // Draws the next task; null for the order of the queue.
  private final @Nullable Shuffle shuffle;
  // What other threads add; moved behind `ready` at the start of an iteration.
  private final ConcurrentLinkedQueue<Handle> inbox = new ConcurrentLinkedQueue<>();
  // Work outside the loop that will come back: virtual time must not jump meanwhile.
  private final AtomicInteger inFlight = new AtomicInteger();
  // Other threads under a virtual clock; null on any other clock.
  private final @Nullable VirtualWork virtualWork;
  private boolean othersBusy;
  // Made when the first channel is registered, which most loops never do.
  private volatile @Nullable LoopSelector selector;
  private final AtomicLong iterations = new AtomicLong();
  private volatile boolean parked;
  private volatile boolean stopping;

  LoopEngine(EventLoop loop, LoopClock clock, @Nullable Shuffle shuffle) {
    this.loop = loop;
    this.clock = clock;
    this.shuffle = shuffle;
    LoopClock.Virtual virtual = clock.asVirtual();
    virtualWork =
        virtual == null ? null : new VirtualWork(virtual, () -> !inbox.isEmpty(), this::wakeUp);
  }

  @Nullable VirtualWork virtualWork() {
    return virtualWork;
  }

  void add(Handle handle) {
    ready.add(handle);
  }

  void add(Task<?> task) {
    ready.add(task);
  }

  void addThreadsafe(Handle handle) {
    if (virtualWork != null && virtualWork.defer(() -> inbox.add(handle))) return;
    inbox.add(handle);
    if (parked) wakeUp();
  }

  void wakeUp() {
    LoopSelector channels = selector;
    if (channels != null) channels.wakeUp();
    LockSupport.unpark(loop.thread());
  }

  /// From now on the loop waits for channels too.
  void selector(LoopSelector channels) {
    selector = channels;
  }

  TimerHandle addTimer(
      Runnable callback,
      @Nullable Origin origin,
      @Nullable Context context,
      @Nullable Task<?> task,
      long deadline) {
    return timers.add(callback, origin, context, task, deadline);
  }

  void jobStarted() {
    inFlight.incrementAndGet();
  }

  /// Called in the loop's thread of control when a job's outcome has been delivered.
  void jobDelivered() {
    inFlight.decrementAndGet();
  }

  /// Ends [#run()] after the current iteration.
  void stop() {
    stopping = true;
    wakeUp();
  }

  /// Iterates until stopped. A loop stopped before it runs does one iteration that does not wait.
  void run() {
    try {
      do {
        iterate();
      } while (!stopping);
    } finally {
      stopping = false;
    }
  }

  private void iterate() {
    iterations.setRelease(iterations.getPlain() + 1); // one writer: the loop's thread
    drainInbox();
    LoopSelector channels = selector;
    if (ready.isEmpty() && !stopping) awaitWork();
    else if (channels != null) channels.poll();
    if (!timers.isEmpty()) moveDue();
    if (shuffle != null) {
      shuffle.turn(ready, loop);
      return;
    }
    for (int n = ready.size(); n > 0; n--) {
      Object next = ready.poll();
      if (next == null) break;
      if (next instanceof Task<?> task) task.step();
      else if (next instanceof Handle handle && !handle.isCancelled()) handle.run(loop);
    }
  }

  private void drainInbox() {
    Handle handle;
    while ((handle = inbox.poll()) != null) ready.add(handle);
  }

  private void moveDue() {
    long now = clock.nanos();
    TimerHandle due;
    while ((due = timers.pollDue(now)) != null) {
      loop.trace().timerFired(due);
      ready.add(due);
    }
  }

  /// Returns when something is ready or due, or the loop is stopping.
  private void awaitWork() {
    loop.idle(timers.head() == null && inFlight.get() == 0 && !awaitsChannels());
    if (!ready.isEmpty()) return;
    while (ready.isEmpty() && !stopping) {
      TimerHandle head = timers.head();
      boolean advanced = virtualWork != null && advance(virtualWork, head);
      if (head != null && head.deadline() <= clock.nanos()) return;
      parked = true;
      try {
        if (inbox.isEmpty() && !stopping && !advanced) park(head);
      } finally {
        parked = false;
      }
      // An interrupt of the loop's thread is not for the loop; left pending, it would make it spin.
      Thread.interrupted();
      drainInbox();
    }
  }

  private boolean awaitsChannels() {
    LoopSelector channels = selector;
    return channels != null && channels.isActive();
  }

  /// Under a virtual clock: lets other threads go on, or time jump.
  ///
  /// @return false if there is nothing to do but to wait for what is outside
  private boolean advance(VirtualWork work, @Nullable TimerHandle head) {
    if (work.step(true)) return true;
    othersBusy = work.isBusy();
    if (inFlight.get() != 0 || !inbox.isEmpty() || othersBusy) return false;
    long next = Math.min(work.nextTime(), head == null ? Long.MAX_VALUE : head.deadline());
    LoopClock.Virtual virtual = clock.asVirtual();
    if (next == Long.MAX_VALUE || virtual == null) return false;
    // Data may be on its way between two sockets of this very loop: time must not overtake it.
    LoopSelector channels = selector;
    if (channels != null && channels.awaitsData() && channels.await(NETWORK) > 0) return true;
    virtual.jumpTo(next);
    return true;
  }

  private void park(@Nullable TimerHandle head) {
    Gil.idle(loop);
    long nanos;
    if (othersBusy) nanos = LOOK; // nobody tells when a thread blocks
    else if (head == null || clock.isVirtual()) nanos = Long.MAX_VALUE;
    else nanos = clock.realNanos(head.deadline() - clock.nanos());
    LoopSelector channels = selector;
    if (channels != null && channels.isActive()) channels.await(nanos);
    else if (nanos == Long.MAX_VALUE) LockSupport.park(this);
    else LockSupport.parkNanos(this, nanos);
  }

  LoopStatistics statistics(TaskRegistry tasks, long turns, long jobs) {
    return new LoopStatistics(
        tasks.created(),
        tasks.living().size(),
        turns,
        iterations.getAcquire(),
        ready.size() + inbox.size() + (shuffle == null ? 0 : shuffle.size()),
        timers.size(),
        inFlight.get(),
        jobs);
  }

  /// When the next live timer is due, or [Long#MAX_VALUE]. Any thread.
  long nextDeadline() {
    return timers.nextDeadline();
  }

  /// The names of the tasks that are ready or due but cannot run, other than one.
  List<String> delayed(@Nullable Task<?> except) {
    var names = new ArrayList<String>();
    if (shuffle != null) for (Task<?> task : shuffle.drawn()) name(task, except, names);
    for (Object next : ready) name(next, except, names);
    for (Handle handle : inbox) name(handle, except, names);
    for (TimerHandle handle : timers.due(clock.nanos())) name(handle, except, names);
    return names;
  }

  private static void name(Object next, @Nullable Task<?> except, List<String> names) {
    Task<?> task =
        switch (next) {
          case Task<?> one -> one;
          case Handle handle when !handle.isCancelled() -> handle.task();
          default -> null;
        };
    if (task == null || task == except || names.contains(task.name())) return;
    names.add(task.name());
  }
}
