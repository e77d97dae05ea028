package dev.brigade.jupyter.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrottleTest {
  private long now = Long.MAX_VALUE - 1_000_000_000L;
  private final Throttle throttle = new Throttle(() -> now);

  @Test
  void aHundredThousandLinesAndAHugeStringPassAtOnce() {
    for (int i = 0; i < 100_000; i++) assertThat(throttle.nanosToWait(12)).isNotPositive();
    assertThat(throttle.nanosToWait(20_000_000)).isNotPositive();
  }

  @Test
  void whoPrintsWithoutEndIsSlowedToTheSustainedRate() {
    long start = now;
    long chars = 0;
    while (now - start < 60_000_000_000L) {
      chars += 968;
      // The clock stands still while the program prints, so only the waits take time.
      now += Math.max(0, throttle.nanosToWait(968));
    }
    assertThat(chars).isBetween(480_000_000L, 520_000_000L);
  }

  @Test
  void aPauseGivesTheBurstBack() {
    while (throttle.nanosToWait(1_000_000) <= 0) {}
    now += 2 * Throttle.BURST_NANOS;

    assertThat(throttle.nanosToWait(20_000_000)).isNotPositive();
  }

  @Test
  void noSinglePrintWaitsLong() {
    assertThat(throttle.nanosToWait(Integer.MAX_VALUE)).isEqualTo(10_000_000);
  }
}
