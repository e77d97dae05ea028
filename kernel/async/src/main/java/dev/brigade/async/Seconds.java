package dev.brigade.async;

/// Seconds as people write them, to nanoseconds as clocks count them.
final class Seconds {
  // A century: far enough to mean "never", and safe to add to a clock.
  private static final double MOST = 100.0 * 365 * 24 * 3600;
  private static final long NEVER_NANOS = Math.round(MOST * 1e9);

  /// What stands for no limit: an infinite number of seconds, or more than a century.
  static boolean isNever(long nanos) {
    return nanos >= NEVER_NANOS;
  }

  /// @throws IllegalArgumentException for NaN
  static long toNanos(double seconds) {
    if (Double.isNaN(seconds)) {
      throw new IllegalArgumentException("a time in seconds must be a number, and it is NaN");
    }
    return Math.round(Math.clamp(seconds, -MOST, MOST) * 1e9);
  }

  private Seconds() {}
}
