package dev.brigade.session.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// Where a time is in a picture, and the round times on its scale, from nanoseconds to minutes.
///
/// @param from the time at the left end, in nanoseconds
/// @param span how much time it shows; at least 1
/// @param x the left end
/// @param width of the scale
record TimeAxis(long from, long span, int x, int width) {
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final int ROOM = 64;

  TimeAxis {
    span = Math.max(1, span);
  }

  /// The place of a time.
  double place(long time) {
    return x + (double) (time - from) * width / span;
  }

  int right() {
    return x + width;
  }

  /// A round time.
  ///
  /// @param time in nanoseconds since the left end
  record Tick(long time, double x, String label) {}

  /// Round times, as many as have room.
  List<Tick> ticks() {
    long step = step(Math.max(1, span * ROOM / width));
    var ticks = new ArrayList<Tick>();
    for (long time = 0; time <= span; time += step) {
      ticks.add(new Tick(time, place(from + time), label(time)));
    }
    return ticks;
  }

  /// The smallest round time that is not smaller.
  private static long step(long least) {
    if (least <= 10 * SECOND) {
      for (long ten = 1; ; ten *= 10) {
        for (int digit : new int[] {1, 2, 5}) if (ten * digit >= least) return ten * digit;
      }
    }
    for (long ten = 1; ; ten *= 10) {
      for (double digit : new double[] {0.25, 0.5, 1, 2, 5}) {
        long step = Math.round(MINUTE * ten * digit);
        if (step >= least) return step;
      }
    }
  }

  private String label(long time) {
    if (span >= 2 * MINUTE) return label(time, MINUTE, "min");
    if (span >= SECOND) return label(time, SECOND, "s");
    if (span >= 1_000_000) return label(time, 1_000_000, "ms");
    if (span >= 1_000) return label(time, 1_000, "µs");
    return label(time, 1, "ns");
  }

  private static String label(long time, long unit, String name) {
    BigDecimal value =
        BigDecimal.valueOf(time).divide(BigDecimal.valueOf(unit), 4, RoundingMode.HALF_UP);
    return value.stripTrailingZeros().toPlainString() + " " + name;
  }
}
