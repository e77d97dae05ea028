package dev.brigade.jupyter.output;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Slows down who prints without end, so that text that no client reads fast enough does not fill
/// the memory. What a program prints at first passes at full speed.
///
/// Any thread. Counts in nanoseconds of "time used up": a print uses up its weight's time, and only
/// who is more than [#BURST_NANOS] ahead of the clock waits.
final class Throttle {
  /// Sustained, about 8 MB each second; notebook servers pass on 1 MB.
  private static final long NANOS_PER_UNIT = 125;

  /// Four seconds' worth, 32 million chars.
  static final long BURST_NANOS = 4_000_000_000L;

  /// What an emission weighs besides its chars.
  private static final int EMISSION_UNITS = 32;

  /// One huge print waits no longer; the rest falls to those after it.
  private static final long LONGEST_WAIT_NANOS = 10_000_000;

  private final LongSupplier clock;
  private final AtomicLong usedUpTo;

  /// @param clock nanoseconds, as [System#nanoTime()]
  Throttle(LongSupplier clock) {
    this.clock = clock;
    this.usedUpTo = new AtomicLong(clock.getAsLong());
  }

  /// Counts a print, and waits if there was too much lately.
  void pass(int chars) {
    long wait = nanosToWait(chars);
    if (wait <= 0) return;
    // No parking: on a coroutine's thread that would look like a turn of the loop, and an interrupt
    // would take the loop for one that still hears it. A runaway loop burns its core anyway.
    long end = clock.getAsLong() + wait;
    while (clock.getAsLong() - end < 0) Thread.onSpinWait();
  }

  /// Counts a print and tells how long it must wait, 0 or less for not at all.
  long nanosToWait(int chars) {
    long cost = (chars + (long) EMISSION_UNITS) * NANOS_PER_UNIT;
    long now = clock.getAsLong();
    long used = usedUpTo.updateAndGet(t -> (t - now < 0 ? now : t) + cost);
    return Math.min(LONGEST_WAIT_NANOS, used - now - BURST_NANOS);
  }
}
