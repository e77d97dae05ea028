package dev.brigade.async;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sleeps and readings of the time, for woven code to call in place of the JDK's. Nothing for
/// learners.
///
/// On a real clock each is the JDK's own call, with its exceptions. On a scaled or virtual clock
/// sleeps and readings follow the clock of the loop that the thread works for.
public final class WovenClock {
  public static void sleep(long millis) throws InterruptedException {
    if (ownLoop() == null || millis < 0) {
      Object wait = WovenWaits.begin(null, "Thread.sleep");
      try {
        Thread.sleep(millis);
      } finally {
        WovenWaits.end(wait);
      }
    } else {
      sleepNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }

  public static void sleep(long millis, int nanos) throws InterruptedException {
    if (ownLoop() == null || millis < 0 || nanos < 0 || nanos > 999_999) {
      Object wait = WovenWaits.begin(null, "Thread.sleep");
      try {
        Thread.sleep(millis, nanos);
      } finally {
        WovenWaits.end(wait);
      }
    } else {
      sleepNanos(TimeUnit.MILLISECONDS.toNanos(millis) + nanos);
    }
  }

  public static void sleep(Duration time) throws InterruptedException {
    if (ownLoop() == null) {
      Object wait = WovenWaits.begin(null, "Thread.sleep");
      try {
        Thread.sleep(time);
      } finally {
        WovenWaits.end(wait);
      }
    } else {
      sleepNanos(saturated(time));
    }
  }

  /// In place of `unit.sleep(time)`.
  public static void sleep(TimeUnit unit, long time) throws InterruptedException {
    if (ownLoop() == null) {
      Object wait = WovenWaits.begin(null, "TimeUnit.sleep");
      try {
        unit.sleep(time);
      } finally {
        WovenWaits.end(wait);
      }
    } else if (time > 0) {
      sleepNanos(unit.toNanos(time));
    }
  }

  private static long saturated(Duration time) {
    try {
      return Math.max(0, time.toNanos());
    } catch (ArithmeticException _) {
      return time.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private static void sleepNanos(long nanos) throws InterruptedException {
    Object wait = WovenWaits.begin(null, "Thread.sleep");
    try {
      WovenTime.sleep(nanos);
    } finally {
      WovenWaits.end(wait);
    }
  }

  public static void parkNanos(long nanos) {
    parkNanos(null, nanos);
  }

  public static void parkNanos(@Nullable Object blocker, long nanos) {
    Object wait = WovenWaits.begin(blocker, "LockSupport.parkNanos");
    try {
      EventLoop loop = ownLoop();
      if (loop == null) LockSupport.parkNanos(blocker, nanos);
      else parkOn(loop, blocker, nanos);
    } finally {
      WovenWaits.end(wait);
    }
  }

  public static void parkUntil(long deadline) {
    parkUntil(null, deadline);
  }

  public static void parkUntil(@Nullable Object blocker, long deadline) {
    Object wait = WovenWaits.begin(blocker, "LockSupport.parkUntil");
    try {
      EventLoop loop = ownLoop();
      if (loop == null) LockSupport.parkUntil(blocker, deadline);
      else parkOn(loop, blocker, (deadline - currentTimeMillis()) * 1_000_000);
    } finally {
      WovenWaits.end(wait);
    }
  }

  /// Virtual time has no clock to be woken early by: parking may end for any reason, and here it
  /// ends when the time is over or the thread is interrupted.
  private static void parkOn(EventLoop loop, @Nullable Object blocker, long nanos) {
    if (nanos <= 0) return;
    if (!loop.clock().isVirtual()) {
      LockSupport.parkNanos(blocker, loop.clock().realNanos(nanos));
      return;
    }
    try {
      WovenTime.sleep(nanos);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  public static long nanoTime() {
    return WovenTime.nanoTime();
  }

  public static long currentTimeMillis() {
    return WovenTime.currentTimeMillis();
  }

  // --- calendars

  /// What `now()` of the types of `java.time` asks.
  public static Clock clock() {
    return systemDefaultZone();
  }

  /// What `now(zone)` of the types of `java.time` asks.
  public static Clock clock(ZoneId zone) {
    return system(zone);
  }

  public static Clock systemUTC() {
    return ownLoop() == null ? Clock.systemUTC() : new OfLoop(ZoneOffset.UTC);
  }

  public static Clock systemDefaultZone() {
    return ownLoop() == null ? Clock.systemDefaultZone() : new OfLoop(ZoneId.systemDefault());
  }

  public static Clock system(ZoneId zone) {
    return ownLoop() == null ? Clock.system(zone) : new OfLoop(zone);
  }

  public static Clock tickMillis(ZoneId zone) {
    return ownLoop() == null
        ? Clock.tickMillis(zone)
        : Clock.tick(new OfLoop(zone), Duration.ofMillis(1));
  }

  public static Clock tickSeconds(ZoneId zone) {
    return ownLoop() == null
        ? Clock.tickSeconds(zone)
        : Clock.tick(new OfLoop(zone), Duration.ofSeconds(1));
  }

  public static Clock tickMinutes(ZoneId zone) {
    return ownLoop() == null
        ? Clock.tickMinutes(zone)
        : Clock.tick(new OfLoop(zone), Duration.ofMinutes(1));
  }

  /// In place of `InstantSource.system()`.
  public static InstantSource system() {
    return ownLoop() == null ? InstantSource.system() : new OfLoop(ZoneOffset.UTC);
  }

  /// The calendar of whichever loop the asking thread works for.
  private static final class OfLoop extends Clock {
    private final ZoneId zone;

    OfLoop(ZoneId zone) {
      this.zone = java.util.Objects.requireNonNull(zone, "zone");
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new OfLoop(other);
    }

    @Override
    public Instant instant() {
      return ownLoop() == null ? Instant.now() : Instant.ofEpochMilli(currentTimeMillis());
    }

    @Override
    public long millis() {
      return currentTimeMillis();
    }
  }

  /// The loop the calling thread works for if its clock is not the machine's, else null.
  private static @Nullable EventLoop ownLoop() {
    EventLoop loop = Running.clockLoop();
    return loop == null || loop.clock().isMachines() ? null : loop;
  }

  private WovenClock() {}
}
