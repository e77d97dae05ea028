package dev.brigade.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What other threads do under a loop's virtual clock: real threads, one at a time, and only while
/// the loop itself has nothing to do. So the same program gives the same order every time.
///
/// A thread that has the turn goes on until it sleeps on the clock, ends, or is found blocked. Who
/// is next: the earliest time, then whoever asked first. A blocked thread gives the turn back
/// without a word; time stands still while it is busy again.
final class VirtualWork {
  /// How often a thread that has the turn is looked at, in nanoseconds of the machine: nobody tells
  /// when it blocks.
  private static final long LOOK = 1_000_000;

  /// How many looks in a row must find it blocked: a thread that is about to run looks so, too.
  private static final int SURE = 10;

  /// A thread's place in the order.
  static final class Turn {
    private final long time;
    private final long number;
    private final @Nullable Runnable start;
    private @Nullable Thread thread;
    private boolean given;
    // Its thread knows that the turn is its own. Until then it looks blocked, for as long as a busy
    // machine does not let it go on.
    private boolean taken;

    private Turn(long time, long number, @Nullable Runnable start, @Nullable Thread thread) {
      this.time = time;
      this.number = number;
      this.start = start;
      this.thread = thread;
    }
  }

  private final LoopClock.Virtual clock;
  private final BooleanSupplier called;
  private final Runnable wake;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All guarded by lock.
  private final PriorityQueue<Turn> waiting =
      new PriorityQueue<>(
          Comparator.<Turn>comparingLong(turn -> turn.time).thenComparingLong(turn -> turn.number));
  private final List<Thread> loose = new ArrayList<>();
  private final ArrayDeque<Runnable> afterTurn = new ArrayDeque<>();
  private @Nullable Turn running;
  private long count;
  private boolean released;

  /// @param called whether something outside waits for the loop, which must not wait then
  /// @param wake wakes the loop if it waits
  VirtualWork(LoopClock.Virtual clock, BooleanSupplier called, Runnable wake) {
    this.clock = clock;
    this.called = called;
    this.wake = wake;
  }

  /// Queues a job to begin now. Any thread.
  ///
  /// @param start begins it on a thread of its own, which calls [#began()] first and [#ended()]
  ///     last
  void add(Runnable start) {
    lock.lock();
    try {
      if (!released) {
        enqueue(new Turn(clock.nanos(), count++, start, null));
        return;
      }
    } finally {
      lock.unlock();
    }
    start.run();
  }

  /// The thread of a job says who it is.
  void began() {
    lock.lock();
    try {
      Turn turn = running;
      if (turn == null || turn.thread != null) return;
      turn.thread = Thread.currentThread();
      turn.taken = true;
    } finally {
      lock.unlock();
    }
  }

  /// The job that has the turn will not begin: its pool ends or cannot run it.
  void abandoned() {
    lock.lock();
    try {
      if (running != null && running.thread == null) pause();
    } finally {
      lock.unlock();
    }
  }

  /// The calling thread's job has ended.
  void ended() {
    lock.lock();
    try {
      loose.remove(Thread.currentThread());
      if (isMine()) pause();
    } finally {
      lock.unlock();
    }
  }

  /// A thread that nobody takes turns with: time stands still while it is busy.
  void watch(Thread thread) {
    lock.lock();
    try {
      if (!released) loose.add(thread);
    } finally {
      lock.unlock();
    }
  }

  /// Sleeps on the clock. For threads other than the loop's and its coroutines'.
  ///
  /// @throws InterruptedException the thread was interrupted, at its next turn
  void sleep(long nanos) throws InterruptedException {
    Thread self = Thread.currentThread();
    lock.lock();
    try {
      if (!released && !self.isInterrupted()) {
        loose.remove(self);
        awaitTurn(clock.nanos() + Math.max(0, nanos), self);
      }
    } finally {
      lock.unlock();
    }
    if (Thread.interrupted()) throw new InterruptedException();
  }

  /// An interrupt makes it due at once. The interrupt stays pending until the turn has come, so
  /// that the loop sees it and time does not jump meanwhile.
  private void awaitTurn(long time, Thread self) {
    var turn = new Turn(time, count++, null, self);
    enqueue(turn);
    if (isMine()) pause();
    while (!turn.given && !self.isInterrupted()) {
      lock.unlock();
      LockSupport.park(this);
      lock.lock();
    }
    if (!turn.given) {
      waiting.remove(turn);
      turn = new Turn(clock.nanos(), count++, null, self);
      enqueue(turn);
      while (!turn.given) changed.awaitUninterruptibly();
    }
    turn.taken = true;
  }

  private void enqueue(Turn turn) {
    waiting.add(turn);
    changed.signalAll();
    wake.run();
  }

  private boolean isMine() {
    Turn turn = running;
    return turn != null && turn.thread == Thread.currentThread();
  }

  private void pause() {
    running = null;
    Runnable each;
    while ((each = afterTurn.poll()) != null) each.run();
    changed.signalAll();
  }

  /// Keeps what the thread that has the turn tells the loop until its turn is over.
  ///
  /// @return false if another thread calls
  boolean defer(Runnable delivery) {
    lock.lock();
    try {
      if (!isMine()) return false;
      afterTurn.add(delivery);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Gives the turn to whoever is due and waits until it is over. The loop's thread of control.
  ///
  /// @param heed whether to stop waiting when something outside calls for the loop
  /// @return false if nobody was due, or somebody has to be waited for
  boolean step(boolean heed) {
    Runnable start = null;
    lock.lock();
    try {
      if (running == null) {
        Turn next = waiting.peek();
        if (next == null || next.time > clock.nanos()) return false;
        waiting.remove();
        running = next;
        give(next);
        start = next.start;
      }
    } finally {
      lock.unlock();
    }
    if (start != null) start.run();
    lock.lock();
    try {
      return awaitPause(heed);
    } finally {
      lock.unlock();
    }
  }

  private void give(Turn turn) {
    turn.given = true;
    changed.signalAll();
    LockSupport.unpark(turn.thread);
  }

  /// @return whether the turn is over
  private boolean awaitPause(boolean heed) {
    int seenBlocked = 0;
    while (running != null) {
      if (heed && called.getAsBoolean()) return false;
      if (!look()) return false;
      Turn turn = running;
      if (turn == null || turn.thread == null || !turn.taken) continue;
      seenBlocked = isBlocked(turn.thread) ? seenBlocked + 1 : 0;
      if (seenBlocked == SURE) {
        if (turn.thread.isAlive()) loose.add(turn.thread);
        pause();
      }
    }
    return true;
  }

  /// Waits for a change, but not long.
  ///
  /// @return false if the thread was interrupted; it still is
  private boolean look() {
    try {
      var _ = changed.awaitNanos(LOOK);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Held lock.
  private boolean isBlocked(Thread thread) {
    if (lock.hasQueuedThread(thread)) return false; // it comes to us
    return switch (thread.getState()) {
      case WAITING, BLOCKED, TERMINATED -> true;
      case NEW, RUNNABLE, TIMED_WAITING -> false;
    };
  }

  /// Whether a thread is at work, so that time must not jump.
  boolean isBusy() {
    lock.lock();
    try {
      loose.removeIf(thread -> !thread.isAlive());
      return running != null
          || loose.stream().anyMatch(thread -> !isBlocked(thread))
          || waiting.stream().anyMatch(turn -> turn.thread != null && hasNews(turn.thread));
    } finally {
      lock.unlock();
    }
  }

  /// Whether a thread that sleeps has been interrupted. A lock that it has to wait for takes the
  /// interrupt away meanwhile, and gives it back. Held lock.
  private boolean hasNews(Thread sleeper) {
    return sleeper.isInterrupted() || lock.hasQueuedThread(sleeper);
  }

  /// When somebody is due next, or [Long#MAX_VALUE].
  long nextTime() {
    lock.lock();
    try {
      Turn next = waiting.peek();
      return next == null ? Long.MAX_VALUE : next.time;
    } finally {
      lock.unlock();
    }
  }

  /// The loop's thread of control is blocked: lets one other thread go on, or time.
  ///
  /// @param deadline time goes no further
  /// @return false if nothing here can go on, or the calling thread was interrupted
  boolean advance(long deadline) {
    if (Thread.currentThread().isInterrupted()) return false;
    if (step(false)) return true;
    if (isBusy()) {
      lock.lock();
      try {
        return look();
      } finally {
        lock.unlock();
      }
    }
    long next = Math.min(deadline, nextTime());
    if (next == Long.MAX_VALUE) return false;
    clock.jumpTo(next);
    return true;
  }

  /// The loop's thread of control blocks until something holds that the others bring about.
  ///
  /// @return whether it holds; if not, nothing here will change that, or the thread was interrupted
  boolean advanceUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (!advance(Long.MAX_VALUE)) return condition.getAsBoolean();
    }
    return true;
  }

  /// The loop has ended: from now on nobody waits for a turn, and sleeping takes no time.
  void release() {
    List<Turn> left;
    lock.lock();
    try {
      released = true;
      left = new ArrayList<>(waiting);
      waiting.clear();
      left.forEach(this::give);
      pause();
    } finally {
      lock.unlock();
    }
    for (Turn turn : left) if (turn.start != null) turn.start.run();
  }
}
