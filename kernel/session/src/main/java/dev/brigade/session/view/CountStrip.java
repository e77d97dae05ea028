package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.State;
import java.util.List;

/// Many lanes as one band: over time, how many are in which state, one upon the other.
final class CountStrip {
  static final int HEIGHT = 34;
  private static final double LEAST = 0.1;
  private static final State[] STATES = {
    State.BLOCKED, State.RUNNING, State.READY, State.WAITING, State.COMPILING
  };

  private final TimeAxis axis;
  private final int column;
  private final double[][] counts;

  CountStrip(TimeAxis axis, int column, List<Lane> lanes) {
    this.axis = axis;
    this.column = Math.max(2, column);
    this.counts = new double[STATES.length][(axis.width() + this.column - 1) / this.column];
    for (Lane lane : lanes) lane.segments().forEach(this::add);
  }

  private void add(Segment segment) {
    int state = List.of(STATES).indexOf(segment.state());
    if (state < 0) return;
    double from = (axis.place(segment.from()) - axis.x()) / column;
    double to = (axis.place(segment.to()) - axis.x()) / column;
    double[] sums = counts[state];
    for (int i = Math.max(0, (int) from); i < sums.length && i < to; i++) {
      sums[i] += Math.min(i + 1, to) - Math.max(i, from);
    }
  }

  /// The most that were there at once, on average over a column.
  int most() {
    double most = 0;
    for (int i = 0; i < counts[0].length; i++) most = Math.max(most, below(STATES.length, i));
    return (int) Math.round(most);
  }

  private double below(int states, int at) {
    double sum = 0;
    for (int state = 0; state < states; state++) sum += counts[state][at];
    return sum;
  }

  void draw(SvgCanvas canvas, double top) {
    double scale = HEIGHT / Math.max(1.0, most());
    for (int state = 0; state < STATES.length; state++) {
      String path = area(state, top + HEIGHT, scale);
      if (path.isEmpty()) continue;
      canvas.element(
          "path",
          "d",
          path,
          "fill",
          StateInk.fill(STATES[state]),
          "stroke",
          StateInk.stroke(STATES[state]),
          "stroke-width",
          0.5);
    }
  }

  /// The outline of where the state is, from left to right above and back below.
  private String area(int state, double bottom, double scale) {
    var path = new StringBuilder();
    double[] sums = counts[state];
    for (int i = 0; i < sums.length; ) {
      if (sums[i] * scale < LEAST) {
        i++;
        continue;
      }
      int begin = i;
      while (i < sums.length && sums[i] * scale >= LEAST) i++;
      path.append('M').append(place(begin)).append(' ').append(height(state, begin, bottom, scale));
      for (int at = begin; at < i; at++) {
        path.append('V')
            .append(height(state + 1, at, bottom, scale))
            .append('H')
            .append(place(at + 1));
      }
      for (int at = i - 1; at >= begin; at--) {
        path.append('V').append(height(state, at, bottom, scale)).append('H').append(place(at));
      }
      path.append('z');
    }
    return path.toString();
  }

  private int place(int at) {
    return axis.x() + Math.min(at * column, axis.width());
  }

  private String height(int states, int at, double bottom, double scale) {
    return SvgCanvas.number(bottom - below(states, at) * scale);
  }
}
