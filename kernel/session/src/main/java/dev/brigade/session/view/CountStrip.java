package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.State;
import java.util.List;

/// Many lanes as one band: over time, how many are in which state, one upon the other.
final class CountStrip {
  static final int HEIGHT = 34;
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

  /// Boxes of columns of the same height, each from what is below it.
  private String area(int state, double bottom, double scale) {
    var path = new StringBuilder();
    double[] sums = counts[state];
    for (int i = 0; i < sums.length; ) {
      int begin = i;
      String low = SvgCanvas.number(bottom - below(state, i) * scale);
      String height = SvgCanvas.number(sums[i] * scale);
      while (++i < sums.length
          && SvgCanvas.number(bottom - below(state, i) * scale).equals(low)
          && SvgCanvas.number(sums[i] * scale).equals(height)) {}
      if (height.equals("0")) continue;
      int width = Math.min(i * column, axis.width()) - begin * column;
      path.append('M').append(axis.x() + begin * column).append(' ').append(low);
      path.append('h').append(width).append("v-").append(height).append("h-").append(width);
      path.append('z');
    }
    return path.toString();
  }
}
