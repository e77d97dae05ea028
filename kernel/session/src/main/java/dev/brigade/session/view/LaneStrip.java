package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.State;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One lane as a bar: one path for each state.
///
/// Segments that are too narrow to be seen share columns, each drawn in the state that has most of
/// them there. What took no time at all is a tick.
final class LaneStrip {
  static final int HEIGHT = 13;
  private static final double SIZE = 9.5;
  private static final int PAD = 4;
  private static final int LEAST_SIGNS = 6;
  private static final double TICK = 1.6;
  private static final Pattern METHOD = Pattern.compile("[A-Z]\\w*\\.\\w+");
  private static final State[] STATES = State.values();

  private final TimeAxis axis;
  private final int column;
  private final Lane lane;
  private final double top;
  private final Map<State, StringBuilder> paths = new EnumMap<>(State.class);
  private final long[] @Nullable [] columns;

  /// @param column how wide the columns are that narrow segments share
  LaneStrip(TimeAxis axis, int column, Lane lane, double top) {
    this.axis = axis;
    this.column = column;
    this.lane = lane;
    this.top = top;
    this.columns = new long[axis.width() / column + 1][];
  }

  void draw(SvgCanvas canvas) {
    for (Segment segment : lane.segments()) {
      if (segment.state() == State.IDLE) continue;
      double x = axis.place(segment.from());
      double right = axis.place(segment.to());
      if (right - x >= 2 * column) box(segment.state(), x, right);
      else addNarrow(segment);
    }
    drawNarrow();
    drawPaths(canvas);
    // Last, for they lie within what the lane did before and after.
    drawMoments();
    drawPaths(canvas);
  }

  private void drawPaths(SvgCanvas canvas) {
    paths.forEach(
        (state, path) ->
            canvas.element(
                "path",
                "d",
                path,
                "fill",
                StateInk.fill(state),
                "stroke",
                StateInk.stroke(state),
                "stroke-width",
                state == State.RUNNING ? 0.2 : 0.7));
    paths.clear();
  }

  private void box(State state, double x, double right) {
    String width = SvgCanvas.number(right - x);
    paths
        .computeIfAbsent(state, _ -> new StringBuilder())
        .append('M')
        .append(SvgCanvas.number(x))
        .append(' ')
        .append(SvgCanvas.number(top))
        .append('h')
        .append(width)
        .append('v')
        .append(HEIGHT)
        .append("h-")
        .append(width)
        .append('z');
  }

  private void addNarrow(Segment segment) {
    int first = columnAt(segment.from());
    int last = columnAt(segment.to() - 1);
    for (int i = first; i <= last; i++) {
      long[] sums = columns[i];
      if (sums == null) columns[i] = sums = new long[STATES.length];
      // Between two columns the larger part counts; at this width nobody sees the difference.
      sums[segment.state().ordinal()] += segment.nanos() / (last - first + 1) + 1;
    }
  }

  private int columnAt(long time) {
    return Math.clamp((int) ((axis.place(time) - axis.x()) / column), 0, columns.length - 1);
  }

  private void drawNarrow() {
    int begin = 0;
    State state = null;
    for (int i = 0; i <= columns.length; i++) {
      State next = i < columns.length ? most(columns[i]) : null;
      if (next == state) continue;
      if (state != null) {
        double right = Math.min(axis.right(), axis.x() + i * column);
        double x = Math.min(axis.x() + begin * column, right - 0.5);
        box(state, x, right);
      }
      state = next;
      begin = i;
    }
  }

  /// Code that ran in no time is a tick.
  private void drawMoments() {
    double last = -TICK;
    for (long at : lane.moments()) {
      double x = Math.min(axis.place(at), axis.right() - TICK);
      if (x - last < TICK) continue;
      box(State.RUNNING, x, x + TICK);
      last = x;
    }
  }

  private static @Nullable State most(long @Nullable [] sums) {
    if (sums == null) return null;
    int most = 0;
    for (int i = 1; i < sums.length; i++) if (sums[i] > sums[most]) most = i;
    return STATES[most];
  }

  /// What it waits for or runs, where that fits.
  void drawWords(SvgCanvas canvas) {
    for (Segment segment : lane.segments()) {
      if (segment.what() == null || segment.state() == State.IDLE) continue;
      double x = axis.place(segment.from());
      double room = axis.place(segment.to()) - x - 2 * PAD;
      if (room < SvgText.width("abc", SIZE)) continue;
      String words = words(SvgText.clean(segment.what()), room);
      State state = segment.state();
      canvas.plate(
          x + PAD, top + HEIGHT - 3.5, SIZE, StateInk.words(state), StateInk.ground(state), words);
    }
  }

  private static String words(String what, double room) {
    if (SvgText.width(what, SIZE) <= room) return what;
    int end = what.indexOf(" (");
    // Whoever holds it is worth a cut only if some of the name is left.
    if (end > 0 && room < SvgText.width(what.substring(0, end) + " (held by abc…", SIZE)) {
      what = what.substring(0, end);
      if (SvgText.width(what, SIZE) <= room) return what;
    }
    if (METHOD.matcher(what).matches()) {
      String name = what.substring(what.indexOf('.') + 1);
      if (SvgText.width(name, SIZE) <= room) return name;
    }
    return room < LEAST_SIGNS * SvgText.width("x", SIZE) ? "" : SvgText.fit(what, SIZE, room);
  }
}
