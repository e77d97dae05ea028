package dev.brigade.session.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.Stamp;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.session.TextStyle;
import dev.brigade.session.TextWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextLanesTest {
  private static final long MILLI = 1_000_000;

  private final List<TraceEvent> events = new ArrayList<>();

  private Stamp at(long millis) {
    return new Stamp(events.size() + 1, millis * MILLI, "loop", "In [1]");
  }

  private void task(long number, String coroutine) {
    events.add(new TraceEvent.TaskCreated(at(0), number, 0, "Task-" + number, coroutine, null));
  }

  private void sleeps(long number, long from, long to) {
    events.add(new TraceEvent.StepBegan(at(from), number));
    events.add(new TraceEvent.Awaits(at(from), number, "sleep", 0, null));
    events.add(new TraceEvent.StepEnded(at(from), number));
    events.add(new TraceEvent.Woken(at(to), number, 0));
    events.add(new TraceEvent.StepBegan(at(to), number));
    events.add(new TraceEvent.StepEnded(at(to), number));
    events.add(new TraceEvent.TaskEnded(at(to), number, TraceEvent.End.FINISHED, null));
  }

  private Trace trace(long millis) {
    return new Trace("loop", "In [1]", 0, millis * MILLI, 0, events, Map.of());
  }

  @Test
  void eachTaskHasARowWithItsWaits() {
    task(2, "cook");
    task(3, "cook");
    sleeps(2, 0, 1000);
    sleeps(3, 0, 500);
    String text = TextLanes.of(trace(1000), new TextStyle(80, true, false));
    List<String> rows = text.lines().toList();
    assertThat(rows.get(0)).startsWith(" ").contains("0 s").contains("1.000 s");
    assertThat(rows.get(2)).startsWith("Task-2 cook  ▏·").endsWith("sleep 1.000 s");
    assertThat(rows.get(3)).startsWith("Task-3 cook  ▏·").endsWith("sleep 0.500 s");
    long dots = rows.get(2).chars().filter(c -> c == '·').count();
    long half = rows.get(3).chars().filter(c -> c == '·').count();
    assertThat(half).isBetween(dots / 2 - 1, dots / 2 + 1);
    assertThat(rows).contains("· waiting   ▏ ran a moment");
  }

  @Test
  void asciiIsPlainAsciiAndNoRowIsWiderThanTheScreen() {
    task(2, "a coroutine with a name that is much too long for a label");
    sleeps(2, 0, 1000);
    for (int columns : new int[] {40, 60, 80, 132}) {
      String text = TextLanes.of(trace(1000), new TextStyle(columns, false, false));
      assertThat(text).matches("[\\x20-\\x7e\\n]*");
      text.lines().limit(4).forEach(row -> assertThat(row.length()).isLessThanOrEqualTo(columns));
    }
  }

  @Test
  void coloursAddNothingButEscapes() {
    task(2, "cook");
    sleeps(2, 100, 1000);
    String plain = TextLanes.of(trace(1000), new TextStyle(80, true, false));
    String coloured = TextLanes.of(trace(1000), new TextStyle(80, true, true));
    assertThat(coloured).contains("\u001b[33m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9]*m", "")).isEqualTo(plain);
  }

  @Test
  void manyLanesFoldIntoCounts() {
    for (int i = 2; i < 200; i++) task(i, "cook");
    for (int i = 2; i < 200; i++) sleeps(i, 0, 1000);
    String text = TextLanes.of(trace(1000), TextStyle.PLAIN);
    assertThat(text.lines().count()).isLessThan(50);
    assertThat(text)
        .containsPattern("\\.\\.\\. and 1\\d\\d more:\\n")
        .contains("  waiting", "++++");
  }

  @Test
  void aTraceWithoutTasksSaysSo() {
    assertThat(TextLanes.of(trace(10), TextStyle.PLAIN)).isEqualTo("no task ran");
  }

  @Test
  void wideNamesTakeTheColumnsTheyHaveOnTheScreen() {
    events.add(new TraceEvent.TaskCreated(at(0), 2, 0, "料理", "cook", null));
    events.add(new TraceEvent.TaskCreated(at(0), 3, 0, "a料理料理料理料理料理料理料理料理料理", "cook", null));
    sleeps(2, 0, 1000);
    sleeps(3, 0, 1000);
    List<String> rows = TextLanes.of(trace(1000), new TextStyle(80, false, false)).lines().toList();
    for (String row : rows.subList(2, 4)) {
      String name = row.substring(0, row.indexOf('|'));
      assertThat(TextWidth.of(name)).as(row).isEqualTo(26);
      assertThat(TextWidth.of(row)).as(row).isLessThanOrEqualTo(80);
    }
  }

  @Test
  void figuresAreBrokenBetweenWordsWhereTheScreenEnds() {
    task(2, "cook");
    sleeps(2, 0, 1000);
    String wide = TextLanes.of(trace(1000), new TextStyle(200, false, false));
    String text = TextLanes.of(trace(1000), new TextStyle(40, false, false));
    assertThat(text.lines()).allMatch(line -> line.length() <= 40);
    assertThat(text.replaceAll("\\s+", " ")).endsWith(wide.lines().toList().getLast());
  }
}
