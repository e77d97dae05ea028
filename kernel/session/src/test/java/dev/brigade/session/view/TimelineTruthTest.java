package dev.brigade.session.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.State;
import dev.brigade.async.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Measures pictures with the scale that is drawn in them, and compares with what was recorded.
final class TimelineTruthTest {
  private static final Map<String, State> FILLS = new TreeMap<>();

  static {
    FILLS.put("#0b5394", State.RUNNING);
    FILLS.put("#f3f6f9", State.WAITING);
    FILLS.put("ready", State.READY);
    FILLS.put("blocked", State.BLOCKED);
    FILLS.put("compiling", State.COMPILING);
  }

  /// A box of a bar, measured in the picture.
  private record Box(State state, double x, double right) {}

  static List<Trace> traces() {
    var traces = new ArrayList<Trace>(List.of(Events.everything()));
    for (int tasks : new int[] {1, 2, 5, 12, 25, 38}) {
      for (int rounds : new int[] {1, 3, 20}) traces.add(Events.many(tasks, rounds));
    }
    return traces;
  }

  // How wide the tick of code is that ran in no time.
  private static final double TICK = 1.6;

  @ParameterizedTest
  @MethodSource("traces")
  void whatIsDrawnWasRecordedAndWhatWasRecordedIsDrawn(Trace trace) {
    Picture picture = Picture.of(TimelineSvg.of(trace));
    Scale scale = scale(picture);
    List<List<Box>> bars = bars(picture);
    List<Lane> lanes = trace.timeline().lanes();
    assertThat(bars.size()).isEqualTo(lanes.stream().filter(TimelineTruthTest::isSeen).count());
    int bar = 0;
    for (Lane lane : lanes) {
      if (!isSeen(lane)) continue;
      compare(lane, bars.get(bar++), scale);
    }
  }

  @Test
  void theLineOfALockIsAsLongAsItWasHeld() {
    Trace trace = Events.everything();
    Picture picture = Picture.of(TimelineSvg.of(trace));
    Scale scale = scale(picture);
    List<Picture.Shape> lines =
        picture.shapes().stream()
            .filter(shape -> shape.element().getAttribute("stroke-width").equals("3"))
            .toList();
    Picture.Shape label =
        picture.texts().stream()
            .filter(text -> text.text().equals("cook") && text.x() < 20)
            .findFirst()
            .orElseThrow();
    assertThat(lines).as("one in the legend").hasSize(2);
    assertThat(lines.getLast().x()).isEqualTo(scale.place(130 * Events.MILLI), within(0.1));
    assertThat(lines.getLast().right()).isEqualTo(scale.place(520 * Events.MILLI), within(0.2));
    assertThat(lines.getLast().y()).isEqualTo(label.bottom(), within(5.0));
  }

  private static boolean isSeen(Lane lane) {
    return !lane.moments().isEmpty()
        || lane.segments().stream().anyMatch(segment -> segment.state() != State.IDLE);
  }

  private static void compare(Lane lane, List<Box> boxes, Scale scale) {
    for (long moment : lane.moments()) {
      double x = scale.place(moment);
      assertThat(boxes)
          .as(lane.name() + " ran a moment at " + x)
          .anyMatch(box -> box.state == State.RUNNING && Math.abs(box.x - x) < TICK + 0.2);
    }
    for (Box box : boxes) {
      if (lane.moments().stream().anyMatch(at -> isTick(box, scale.place(at)))) continue;
      assertThat(lane.segments())
          .as(lane.name() + " " + box)
          .anyMatch(
              segment ->
                  segment.state() == box.state
                      && scale.place(segment.from()) < box.right + 0.2
                      && scale.place(segment.to()) > box.x - 0.2);
    }
    for (Segment segment : lane.segments()) {
      if (segment.state() == State.IDLE) continue;
      double x = scale.place(segment.from());
      double right = scale.place(segment.to());
      if (right - x >= 2.2) {
        assertThat(boxes)
            .as(lane.name() + " " + segment + " from " + x + " to " + right)
            .anySatisfy(
                box -> {
                  assertThat(box.state).isEqualTo(segment.state());
                  assertThat(box.x).isEqualTo(x, within(0.15));
                  assertThat(box.right).isEqualTo(right, within(0.2));
                });
      } else {
        assertThat(boxes)
            .as(lane.name() + " " + segment)
            .anyMatch(box -> box.x <= right + 0.2 && box.right >= x - 0.2);
      }
    }
  }

  private static boolean isTick(Box box, double x) {
    return box.state == State.RUNNING
        && Math.abs(box.right - box.x - TICK) < 0.01
        && Math.abs(box.x - x) < TICK + 0.2;
  }

  /// From two ticks of the picture's own scale.
  private record Scale(double zero, double perNano) {
    double place(long time) {
      return zero + time * perNano;
    }
  }

  private static Scale scale(Picture picture) {
    List<Picture.Shape> labels =
        picture.texts().stream()
            .filter(text -> text.text().matches("[0-9.]+ (ns|µs|ms|s|min)"))
            .toList();
    List<Picture.Shape> lines =
        picture.shapes().stream()
            .filter(shape -> shape.element().getAttribute("stroke").equals("#d0d7de"))
            .toList();
    assertThat(labels).hasSameSizeAs(lines).hasSizeGreaterThan(2);
    double zero = lines.getFirst().x();
    double perNano = (lines.getLast().x() - zero) / nanos(labels.getLast().text());
    return new Scale(zero, perNano);
  }

  private static double nanos(String label) {
    String[] parts = label.split(" ", -1);
    double unit =
        switch (parts[1]) {
          case "ns" -> 1;
          case "µs" -> 1e3;
          case "ms" -> 1e6;
          case "s" -> 1e9;
          default -> 60e9;
        };
    return Double.parseDouble(parts[0]) * unit;
  }

  /// The boxes of bars by row, without those of the legend.
  private static List<List<Box>> bars(Picture picture) {
    Map<Double, List<Box>> rows = new TreeMap<>();
    for (Picture.Shape shape : picture.shapes()) {
      if (!shape.element().getTagName().equals("path") || !shape.isFilled()) continue;
      State state = state(shape.fill());
      if (state == null || Math.abs(shape.bottom() - shape.y() - 13) > 0.01) continue;
      rows.computeIfAbsent(shape.y(), _ -> new ArrayList<>())
          .add(new Box(state, shape.x(), shape.right()));
    }
    return List.copyOf(rows.values());
  }

  private static State state(String fill) {
    for (Map.Entry<String, State> each : FILLS.entrySet()) {
      if (fill.equals(each.getKey()) || fill.contains("-" + each.getKey() + ")")) {
        return each.getValue();
      }
    }
    return null;
  }
}
