package dev.brigade.async;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The clock that the calling thread goes by, for woven code to call in place of the JDK's clock.
/// Nothing for learners.
///
/// A coroutine, a callback, a pool job and a thread that one of them made go by the clock of their
/// loop, every other thread by the machine's.
public final class WovenTime {
  /// Where a virtual clock's calendar begins: the start of the year 2000, UTC.
  private static final long EPOCH_MILLIS = 946_684_800_000L;

  /// In place of `Thread.sleep`. In a coroutine it blocks the loop: on a virtual clock time
  /// advances while everything on the loop waits; pool jobs and threads go on.
  ///
  /// @throws InterruptedException the thread was interrupted
  public static void sleep(long nanos) throws InterruptedException {
    EventLoop loop = Running.clockLoop();
    if (loop == null) {
      TimeUnit.NANOSECONDS.sleep(nanos);
      return;
    }
    VirtualWork work = loop.engine().virtualWork();
    if (work == null) {
      TimeUnit.NANOSECONDS.sleep(loop.clock().realNanos(nanos));
    } else if (Running.loop() == loop) {
      long deadline = loop.nanos() + nanos;
      while (loop.nanos() < deadline && work.advance(deadline)) {}
      if (Thread.interrupted()) throw new InterruptedException();
    } else {
      work.sleep(nanos);
    }
  }

  /// In place of `System.nanoTime`: any origin, as there.
  public static long nanoTime() {
    LoopClock clock = ownClock();
    return clock == null ? System.nanoTime() : clock.nanos();
  }

  /// In place of `System.currentTimeMillis`. A virtual clock's calendar begins at the start of the
  /// year 2000, UTC.
  public static long currentTimeMillis() {
    LoopClock clock = ownClock();
    if (clock == null) return System.currentTimeMillis();
    long millis = clock.nanos() / 1_000_000;
    if (clock.isVirtual()) return EPOCH_MILLIS + millis;
    long madeAt = System.currentTimeMillis() - clock.realNanos(clock.nanos()) / 1_000_000;
    return madeAt + millis;
  }

  /// The calling work is about to start a thread: a virtual clock stands still while it is busy.
  public static void starts(Thread thread) {
    EventLoop loop = Running.clockLoop();
    VirtualWork work = loop == null ? null : loop.engine().virtualWork();
    if (work != null) work.watch(thread);
  }

  private static @Nullable LoopClock ownClock() {
    EventLoop loop = Running.clockLoop();
    return loop == null || loop.clock().isMachines() ? null : loop.clock();
  }

  private WovenTime() {}
}
