package dev.brigade.async;

/// Seconds as people write them, to nanoseconds as clocks count them.
final class Seconds {
  // A century: far enough to mean "never", and safe to add to a clock.
  private static final double MOST = 100.0 * 365 * 24 * 3600;

  /// @throws IllegalArgumentException for NaN
  static long toNanos(double seconds) {
    if (Double.isNaN(seconds)) {
      throw new IllegalArgumentException("a time in seconds must be a number, and it is NaN");
    }
    return Math.round(Math.clamp(seconds, -MOST, MOST) * 1e9);
  }

  private Seconds() {}
}
