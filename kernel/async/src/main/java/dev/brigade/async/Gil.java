package dev.brigade.async;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A simulated interpreter lock: while it is on, one thread at a time runs the code of cells, as
/// CPython's threads do. Java has no such lock; this one makes its effects visible.
///
/// ```
/// try (var gil = Gil.on()) { ... }      // on for a block
/// Gil.run(() -> { ... })                // the same, and shows the report
/// ```
///
/// The rules are CPython's. A thread takes the lock when it first runs code of a cell and gives it
/// back when it ends or calls something that may wait: a sleep, a lock, a queue, a stream, a
/// process. A thread that has waited for the switch interval (5 ms, `sys.getswitchinterval`) asks
/// the holder to give up; the holder does so at its next tick, and goes on only after another
/// thread had its turn. The coroutines of a loop are one thread. Threads outside the cells' code
/// never take it.
///
/// A holder that waits in a call Brigade does not know, or has ended, loses the lock after a few
/// milliseconds, and the report names the call: so nobody waits for ever. Code of the JDK that
/// computes keeps it, as a C function does in CPython. An interrupt reaches threads that wait.
///
/// Ticks are woven into the code of cells, at method entries and backward branches, and cost
/// nothing while the lock is off. In a program without a notebook nothing is woven: call [#tick()]
/// where a thread may give way, or the lock has no effect.
///
/// There is one lock for the whole program; any thread may call any method. Python: `threading`
/// under the GIL.
public final class Gil implements AutoCloseable {
  private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(5);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  // Static because woven code can only call static methods. Written under the class's monitor.
  private static volatile @Nullable GilLock current;
  private static volatile @Nullable GilLock last;
  private static volatile @Nullable Ticker ticker;
  private static volatile Duration interval = DEFAULT_INTERVAL;

  private final GilLock lock;

  private Gil(GilLock lock) {
    this.lock = lock;
  }

  /// Turns the lock on. Where it is on already, it begins anew with fresh figures.
  public static Gil on() {
    return on(interval);
  }

  /// As [#on()] with another switch interval, in seconds, from now on.
  public static Gil on(double switchInterval) {
    return on(Duration.ofNanos(Seconds.toNanos(switchInterval)));
  }

  /// As [#on()] with another switch interval from now on.
  ///
  /// @throws IllegalArgumentException it is not positive, or longer than a minute
  public static synchronized Gil on(Duration switchInterval) {
    switchInterval(switchInterval);
    var next = new GilLock();
    GilLock before = current;
    current = next;
    last = next;
    if (before != null) before.close();
    Ticker weaver = ticker;
    if (weaver != null) weaver.ticking(true);
    return new Gil(next);
  }

  /// Turns the lock off; threads that wait for it go on. No effect where it is off.
  public static synchronized void off() {
    GilLock now = current;
    if (now == null) return;
    current = null;
    Ticker weaver = ticker;
    if (weaver != null) weaver.ticking(false);
    now.close();
  }

  /// Turns it off, unless it was turned on anew since.
  @Override
  public void close() {
    synchronized (Gil.class) {
      if (current == lock) off();
    }
  }

  /// Runs code with the lock on and tells who held it. Blocks until the code ends.
  public static GilReport run(Action code) {
    try (Gil gil = on()) {
      code.run();
      return gil.lock.report(interval, ticker != null);
    } catch (Throwable t) { // the code's own error
      throw Throwing.asIs(t);
    }
  }

  public static boolean isOn() {
    return current != null;
  }

  /// How long a thread waits before it asks the holder to give up. Python: `sys.getswitchinterval`.
  public static Duration switchInterval() {
    return interval;
  }

  /// Sets the switch interval, in seconds. Python: `sys.setswitchinterval`.
  public static void switchInterval(double seconds) {
    switchInterval(Duration.ofNanos(Seconds.toNanos(seconds)));
  }

  /// Sets the switch interval.
  ///
  /// @throws IllegalArgumentException it is not positive, or longer than a minute
  public static void switchInterval(Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a switch interval is more than 0 and at most 60 s, and it was given "
              + time.toNanos() / 1e9
              + " s: Gil.switchInterval(0.005) is the usual one");
    }
    interval = time;
  }

  /// Who has held the lock so far, or the last time it was on.
  ///
  /// @throws MisuseError it was never on
  public static GilReport report() {
    GilLock lock = last;
    if (lock == null) {
      throw new MisuseError(
          "a report tells who held the Gil while it was on, and it was never on."
              + "\n  wrong: Gil.report()"
              + "\n  right: try (var gil = Gil.on()) { ... }   Gil.report()");
    }
    return lock.report(interval, ticker != null);
  }

  /// A point where the calling thread takes the lock, or gives it up if another thread has asked.
  /// Woven into the code of cells; other code calls it by hand. Returns at once while it is off.
  public static void tick() {
    GilLock now = current;
    if (now != null && now.isToBeAsked(Thread.currentThread())) now.tick();
  }

  /// Says who weaves ticks into code. For a notebook; nothing for learners.
  public static synchronized void ticker(@Nullable Ticker weaver) {
    Ticker before = ticker;
    ticker = weaver;
    if (before != null && current != null) before.ticking(false);
    if (weaver != null && current != null) weaver.ticking(true);
  }

  // --- for the runtime

  static void checkStop() {
    Ticker weaver = ticker;
    if (weaver != null) weaver.checkStop();
  }

  static long intervalNanos() {
    return interval.toNanos();
  }

  /// The calling thread is about to wait.
  ///
  /// @return the lock it gave back, to be taken again, or null
  static @Nullable GilLock release(String why) {
    GilLock now = current;
    return now != null && now.release(GilSeat.key(), why) ? now : null;
  }

  /// The calling thread's work has ended.
  static void leave() {
    GilLock now = current;
    if (now != null) now.release(GilSeat.key(), "end");
  }

  /// A loop has nothing to do, or works for its host.
  static void idle(EventLoop loop) {
    GilLock now = current;
    if (now != null) now.release(loop, "idle");
  }
}
