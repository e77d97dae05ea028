package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// Where a loop's time comes from: the machine, the machine at another rate, or the loop itself.
public abstract sealed class LoopClock {
  /// Nanoseconds since the clock was made. Any thread.
  public abstract long nanos();

  /// How long the loop's thread should wait, in real nanoseconds, for this clock to advance by
  /// some.
  abstract long realNanos(long nanos);

  /// Whether time stands still until a loop that has nothing to do jumps to its next timer.
  public boolean isVirtual() {
    return this instanceof Virtual;
  }

  /// Whether it is the machine's clock at the machine's rate.
  boolean isMachines() {
    return this instanceof Real real && real.rate == 1.0;
  }

  /// The machine's monotonic clock.
  public static LoopClock real() {
    return new Real(1.0);
  }

  /// The machine's clock, some times faster: at 10, a one-second sleep takes 0.1 s.
  ///
  /// @param rate must be positive
  public static LoopClock scaled(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("a clock's rate must be positive, and it is " + rate);
    }
    return new Real(rate);
  }

  /// A clock that jumps: sleeping takes no real time, and the same program gives the same times on
  /// every machine.
  public static LoopClock virtual() {
    return new Virtual();
  }

  static final class Real extends LoopClock {
    private final long start = System.nanoTime();
    private final double rate;

    Real(double rate) {
      this.rate = rate;
    }

    @Override
    public long nanos() {
      long elapsed = System.nanoTime() - start;
      return rate == 1.0 ? elapsed : (long) (elapsed * rate);
    }

    @Override
    long realNanos(long nanos) {
      return rate == 1.0 ? nanos : (long) Math.ceil(nanos / rate);
    }
  }

  static final class Virtual extends LoopClock {
    // Written by the loop's thread of control only.
    private volatile long now;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    long realNanos(long nanos) {
      return nanos;
    }

    void jumpTo(long deadline) {
      if (deadline > now) now = deadline;
    }
  }

  /// The virtual clock, or null for one that runs by itself.
  @Nullable Virtual asVirtual() {
    return this instanceof Virtual virtual ? virtual : null;
  }
}
