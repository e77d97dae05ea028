package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The [Gil] while it is on, after CPython's `ceval_gil.c`.
///
/// | state | left by | next |
/// |---|---|---|
/// | free | a thread ticks | held |
/// | held | the holder waits, ends, or is found waiting or dead | free |
/// | held | a waiter has waited for the interval | asked for |
/// | asked for | the holder ticks | free, and the holder waits until another has taken it |
final class GilLock {
  /// How often a waiter looks whether the holder still runs: nobody tells when a thread ends.
  private static final long LOOK = 1_000_000;

  /// How long a thread must be seen waiting before the lock is taken from it.
  private static final long BLOCKED = 2_000_000;

  /// How long a holder may ignore a request before its stack is looked at.
  private static final long IGNORED = 50_000_000;

  private final long began = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Condition switched = lock.newCondition();
  // Written under lock; read by ticks without it.
  private volatile @Nullable Thread running;
  private volatile boolean asked;
  private volatile boolean closed;
  // The rest is guarded by lock.
  private final Map<Object, GilSeat> seats = new LinkedHashMap<>();
  private final Set<String> withoutRelease = new LinkedHashSet<>();
  private @Nullable GilSeat holder;
  private @Nullable GilSeat lastHolder;
  private int waiting;
  private long switches;
  private long requests;
  private long askedAt;
  private long blockedSince;
  private long ended;

  /// Whether a thread that ticks has to stop and look: it does not hold the lock, or was asked to
  /// give it up.
  boolean isToBeAsked(Thread thread) {
    return running != thread || asked;
  }

  void tick() {
    lock.lock();
    try {
      GilSeat me = seat(GilSeat.key());
      if (holder == me) {
        running = Thread.currentThread(); // another coroutine of the loop
        if (!asked) return;
        drop(me, "asked");
        awaitSwitch(me);
      }
      take(me);
    } finally {
      lock.unlock();
    }
  }

  /// Takes it again after a wait.
  void retake() {
    if (closed) return;
    lock.lock();
    try {
      GilSeat me = seat(GilSeat.key());
      if (holder != me) take(me);
    } finally {
      lock.unlock();
    }
  }

  /// Gives it back, if it is one's own.
  boolean release(Object key, String why) {
    lock.lock();
    try {
      GilSeat now = holder;
      if (now == null || seats.get(key) != now) return false;
      drop(now, why);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Lets everybody go on without it.
  void close() {
    lock.lock();
    try {
      if (holder != null) drop(holder, "off");
      closed = true;
      ended = System.nanoTime();
      freed.signalAll();
      switched.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private GilSeat seat(Object key) {
    return seats.computeIfAbsent(key, GilSeat::new);
  }

  private void take(GilSeat me) {
    if (holder != null && holder != me && !closed) awaitTurn(me);
    if (closed) return;
    holder = me;
    running = Thread.currentThread();
    asked = false;
    blockedSince = 0;
    if (lastHolder != me) {
      if (lastHolder != null) switches++;
      lastHolder = me;
      switched.signalAll();
    }
    me.turns++;
    me.since = System.nanoTime();
    trace(loop -> loop.trace().gilTaken());
  }

  private void awaitTurn(GilSeat me) {
    long since = System.nanoTime();
    long deadline = since + Gil.intervalNanos();
    long seen = switches;
    boolean interrupted = false;
    waiting++;
    try {
      while (holder != null && holder != me && !closed) {
        long now = System.nanoTime();
        if (now - deadline >= 0) {
          if (switches == seen && !asked) ask(me, now);
          seen = switches;
          deadline = now + Gil.intervalNanos();
        }
        if (await(freed, Math.min(LOOK, deadline - now))) interrupted = true;
        Gil.checkStop();
        if (holder != null && holder != me) lookAt(holder);
      }
    } finally {
      waiting--;
      me.waitedNanos += System.nanoTime() - since;
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private void ask(GilSeat me, long now) {
    asked = true;
    askedAt = now;
    requests++;
    me.requests++;
  }

  private void drop(GilSeat me, String why) {
    me.heldNanos += System.nanoTime() - me.since;
    holder = null;
    running = null;
    freed.signal();
    trace(loop -> loop.trace().gilReleased(why));
  }

  /// A forced switch: whoever was asked to give up waits until another has had a turn.
  private void awaitSwitch(GilSeat me) {
    asked = false;
    boolean interrupted = false;
    try {
      while (holder == null && lastHolder == me && waiting > 0 && !closed) {
        if (await(switched, LOOK)) interrupted = true;
        Gil.checkStop();
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  /// @return whether the wait was interrupted: waiting for the lock is no business of the thread's
  ///     own, so the interrupt is kept for it
  private static boolean await(Condition condition, long nanos) {
    try {
      var _ = condition.awaitNanos(Math.max(1, nanos));
      return false;
    } catch (InterruptedException _) {
      return true;
    }
  }

  /// Takes the lock from a holder that has ended or waits without having given it back.
  private void lookAt(GilSeat now) {
    Thread thread = now.thread();
    if (thread == null || !thread.isAlive()) {
      evict(now, null);
      return;
    }
    long time = System.nanoTime();
    if (thread.getState() == Thread.State.RUNNABLE) {
      blockedSince = 0;
      if (asked && time - askedAt > IGNORED) {
        askedAt = time;
        StackTraceElement[] stack = thread.getStackTrace();
        if (stack.length > 0 && stack[0].isNativeMethod()) evict(now, call(stack));
      }
    } else if (blockedSince == 0) {
      blockedSince = time;
    } else if (time - blockedSince > BLOCKED) {
      evict(now, call(thread.getStackTrace()));
    }
  }

  private void evict(GilSeat now, @Nullable String call) {
    if (call != null) withoutRelease.add(now.name() + " in " + call);
    now.heldNanos += System.nanoTime() - now.since;
    blockedSince = 0;
    holder = null;
    running = null;
    freed.signal();
  }

  /// The call that the thread's own code made, or null where it is not in a call of the JDK, as
  /// before a monitor.
  private static @Nullable String call(StackTraceElement[] stack) {
    String call = null;
    for (StackTraceElement frame : stack) {
      String type = frame.getClassName();
      boolean own =
          !type.startsWith("java.")
              && !type.startsWith("jdk.")
              && !type.startsWith("sun.")
              && !type.startsWith("dev.brigade.");
      if (own) return call;
      call = type + "." + frame.getMethodName();
    }
    return call;
  }

  private static void trace(java.util.function.Consumer<EventLoop> event) {
    EventLoop loop = Running.clockLoop();
    if (loop != null && loop.log().isOn()) event.accept(loop);
  }

  GilReport report(Duration interval, boolean woven) {
    lock.lock();
    try {
      long now = closed ? ended : System.nanoTime();
      if (holder != null) {
        holder.heldNanos += now - holder.since;
        holder.since = now;
      }
      long total = Math.max(1, seats.values().stream().mapToLong(seat -> seat.heldNanos).sum());
      var rows = new ArrayList<GilReport.Holder>();
      for (GilSeat seat : seats.values()) {
        rows.add(
            new GilReport.Holder(
                seat.name(),
                Duration.ofNanos(seat.heldNanos),
                100.0 * seat.heldNanos / total,
                Duration.ofNanos(seat.waitedNanos),
                seat.turns));
      }
      long elapsed = now - began;
      return new GilReport(
          Duration.ofNanos(elapsed),
          interval,
          switches,
          requests,
          Duration.ofNanos(Math.max(0, elapsed - total)),
          rows,
          new ArrayList<>(withoutRelease),
          woven);
    } finally {
      lock.unlock();
    }
  }
}
