package dev.brigade.session.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AxisAndTextTest {
  private static List<String> labels(long span) {
    return new TimeAxis(1_000, span, 100, 600).ticks().stream().map(TimeAxis.Tick::label).toList();
  }

  @Test
  void timesOnTheScaleAreRoundFromNanosecondsToMinutes() {
    assertThat(labels(40)).startsWith("0 ns", "5 ns", "10 ns").endsWith("40 ns");
    assertThat(labels(7_000_000)).startsWith("0 ms", "1 ms", "2 ms").endsWith("7 ms");
    assertThat(labels(1_500_000_000)).startsWith("0 s", "0.2 s", "0.4 s").endsWith("1.4 s");
    assertThat(labels(90_000_000_000L)).startsWith("0 s", "10 s").endsWith("90 s");
    assertThat(labels(600_000_000_000L)).startsWith("0 min", "2 min").endsWith("10 min");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 1_000, 123_456_789, 5_000_000_000L, 86_400_000_000_000L})
  void ticksHaveRoomForTheirLabels(long span) {
    List<TimeAxis.Tick> ticks = new TimeAxis(0, span, 100, 600).ticks();
    assertThat(ticks).hasSizeBetween(1, 10);
    for (int i = 1; i < ticks.size(); i++) {
      assertThat(ticks.get(i).x() - ticks.get(i - 1).x())
          .isGreaterThan(SvgText.width(ticks.get(i).label(), 10));
    }
  }

  @Test
  void textIsCutWhereItDoesNotFitAndNeverInsideASign() {
    assertThat(SvgText.fit("abc", 10, 100)).isEqualTo("abc");
    assertThat(SvgText.fit("abcdefghij", 10, 31)).isEqualTo("abcd…");
    assertThat(SvgText.fit("🍳🍳🍳", 10, 20)).isEqualTo("🍳…");
    assertThat(SvgText.fit("abc", 10, 1)).isEmpty();
  }

  @Test
  void linesBreakAtSpaces() {
    assertThat(SvgText.wrap("one two three\nfour", 10, 50))
        .containsExactly("one two", "three", "four");
  }

  @Test
  void numbersBehindWordsFromTheRightStayWhereTheyAre() {
    assertThat(SvgText.clean("שלום עולם 0.7 s")).isEqualTo("שלום עולם \u200e0.7 s");
    assertThat(SvgText.clean("plain 0.7 s")).isEqualTo("plain 0.7 s");
  }

  @Test
  void namesAreCutInTheMiddle() {
    assertThat(SvgText.fitBothEnds("process-pool-1-worker-2", 10, 70)).isEqualTo("proces…er-2");
  }
}
