package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline;
import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Reason;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One trace in a picture: scale, rows, arrows, and the texts below.
final class TimelinePanel {
  private static final double SIZE = 11;
  private static final double SMALL = 10;
  private static final int LINE = 14;
  private static final int GAP = 7;
  private static final int NUMBERED = 14;

  private final Trace trace;
  private final Timeline timeline;
  private final List<TimelineRow> rows;
  private final int x;
  private final int width;
  private final TimeAxis axis;
  private final int column;
  private final MarkList marks;
  private final ArrowLines arrows;
  private final HoldLines holds;
  private final TraceSummary summary;

  /// @param x its left end
  /// @param span how much time its scale shows, in nanoseconds
  /// @param column how wide the columns are that narrow segments share
  TimelinePanel(Trace trace, int x, int width, long span, int column) {
    this.trace = trace;
    this.timeline = trace.timeline();
    this.summary = trace.summary();
    this.rows = Folding.rows(trace, timeline.lanes());
    this.x = x;
    this.width = width;
    this.column = column;
    int labels = labelWidth();
    this.axis = new TimeAxis(timeline.from(), span, x + labels + 8, width - labels - 16);
    this.marks = new MarkList(singles(), NUMBERED);
    this.holds = new HoldLines(trace);
    this.arrows = new ArrowLines(axis, timeline.arrows(), rowsOfLanes());
  }

  private int labelWidth() {
    double widest = 0;
    for (TimelineRow row : rows) {
      widest = Math.max(widest, SvgText.width(SvgText.clean(row.label()), SIZE));
    }
    return (int) Math.ceil(Math.min(widest, width * 0.27));
  }

  private List<Lane> singles() {
    var lanes = new ArrayList<Lane>();
    for (TimelineRow row : rows) {
      if (row instanceof TimelineRow.Single(Lane lane)) lanes.add(lane);
    }
    return lanes;
  }

  private int[] rowsOfLanes() {
    Map<Lane, Integer> places = new IdentityHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      int row = i;
      switch (rows.get(i)) {
        case TimelineRow.Single(Lane lane) -> places.put(lane, row);
        case TimelineRow.Folded folded -> folded.lanes().forEach(lane -> places.put(lane, row));
      }
    }
    int[] rowOf = new int[timeline.lanes().size()];
    Arrays.setAll(rowOf, i -> places.get(timeline.lanes().get(i)));
    return rowOf;
  }

  Set<State> states() {
    Set<State> states = EnumSet.noneOf(State.class);
    for (Lane lane : timeline.lanes()) {
      for (Segment segment : lane.segments()) states.add(segment.state());
      if (!lane.moments().isEmpty()) states.add(State.RUNNING);
    }
    states.remove(State.IDLE);
    return states;
  }

  Set<Sign> signs() {
    Set<Sign> signs = EnumSet.noneOf(Sign.class);
    for (Lane lane : singles()) lane.marks().forEach(mark -> signs.add(mark.sign()));
    return signs;
  }

  Set<Reason> reasons() {
    return arrows.reasons();
  }

  boolean hasHolds() {
    return !holds.isEmpty();
  }

  TraceSummary summary() {
    return summary;
  }

  /// @return where it ends
  double draw(SvgCanvas canvas, double top) {
    List<ArrowLines.Bar> bars = bars(top + LINE + GAP);
    double bottom = bars.getLast().bottom() + GAP;
    drawScale(canvas, top, bottom);
    for (int i = 0; i < rows.size(); i++) drawRow(canvas, rows.get(i), bars.get(i));
    holds.draw(canvas, axis, barsOfTasks(bars));
    arrows.draw(canvas, bars);
    for (int i = 0; i < rows.size(); i++) drawWords(canvas, rows.get(i), bars.get(i));
    return drawTexts(canvas, bottom);
  }

  private List<ArrowLines.Bar> bars(double top) {
    var bars = new ArrayList<ArrowLines.Bar>();
    double y = top;
    for (TimelineRow row : rows) {
      int height =
          switch (row) {
            case TimelineRow.Single(Lane lane) -> {
              if (!lane.marks().isEmpty()) y += MarkStrip.HEIGHT - 3;
              yield LaneStrip.HEIGHT;
            }
            case TimelineRow.Folded _ -> CountStrip.HEIGHT;
          };
      bars.add(new ArrowLines.Bar(y, y + height));
      y += height + GAP;
    }
    return bars;
  }

  private Map<Long, ArrowLines.Bar> barsOfTasks(List<ArrowLines.Bar> bars) {
    Map<Long, ArrowLines.Bar> of = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i) instanceof TimelineRow.Single(Lane lane) && lane.kind() == Kind.TASK) {
        of.put(lane.number(), bars.get(i));
      }
    }
    return of;
  }

  private void drawScale(SvgCanvas canvas, double top, double bottom) {
    var lines = new StringBuilder();
    double free = x;
    for (TimeAxis.Tick tick : axis.ticks()) {
      ArrowLines.line(lines, tick.x(), top + LINE - 1, bottom);
      double wide = SvgText.width(tick.label(), SMALL);
      double at = Math.min(tick.x() - wide / 2, x + width - wide);
      if (at < free) continue;
      canvas.text(at, top + LINE - 4, SMALL, SvgCanvas.PALE_INK, tick.label());
      free = at + wide + 4;
    }
    canvas.line(lines.toString(), SvgCanvas.RULE, 0.7);
  }

  private void drawRow(SvgCanvas canvas, TimelineRow row, ArrowLines.Bar bar) {
    switch (row) {
      case TimelineRow.Single(Lane lane) ->
          new LaneStrip(axis, column, lane, bar.top()).draw(canvas);
      case TimelineRow.Folded folded ->
          new CountStrip(axis, column, folded.lanes()).draw(canvas, bar.top());
    }
  }

  private void drawWords(SvgCanvas canvas, TimelineRow row, ArrowLines.Bar bar) {
    double room = axis.x() - x - 8;
    String label = SvgText.fitBothEnds(SvgText.clean(row.label()), SIZE, room);
    switch (row) {
      case TimelineRow.Single(Lane lane) -> {
        canvas.text(x, bar.bottom() - 2.5, SIZE, label);
        new LaneStrip(axis, column, lane, bar.top()).drawWords(canvas);
        double above = bar.top() - MarkStrip.HEIGHT - 0.5;
        MarkStrip.draw(canvas, axis, lane.marks(), marks, above);
      }
      case TimelineRow.Folded folded -> {
        canvas.text(x, bar.top() + 12, SIZE, label);
        int most = new CountStrip(axis, column, folded.lanes()).most();
        String size = SvgText.fit("at most " + most, SMALL, room);
        canvas.text(x, bar.top() + 26, SMALL, SvgCanvas.PALE_INK, size);
      }
    }
  }

  private double drawTexts(SvgCanvas canvas, double top) {
    double y = top + LINE;
    for (String line : notes()) {
      for (String each : SvgText.wrap(line, SMALL, width)) {
        canvas.text(x, y, SMALL, SvgCanvas.PALE_INK, each);
        y += LINE;
      }
    }
    for (MarkList.Numbered each : marks.numbered()) {
      canvas.text(x, y, SMALL, SvgText.fit(text(each), SMALL, width));
      y += LINE;
    }
    if (!marks.numbered().isEmpty()) y += 4;
    for (String line : SvgText.wrap(summary.text(), SIZE, width)) {
      canvas.text(x, y, SIZE, line);
      y += LINE + 1;
    }
    return y - LINE;
  }

  private String text(MarkList.Numbered each) {
    long at = each.mark().at() - timeline.from();
    // Ordinary spaces beside each other are one in a picture, and none where a text begins.
    String number = ("%" + digits(marks.numbered().size()) + "d").formatted(each.number());
    String figures = (number + "  " + TraceSummary.seconds(at) + "  ").replace(' ', '\u00a0');
    return figures + SvgText.clean(each.lane().name() + MarkInk.told(each.mark()));
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  private List<String> notes() {
    var notes = new ArrayList<String>();
    if (trace.dropped() > 0) {
      notes.add(
          "The log had no room for the oldest "
              + trace.dropped()
              + " events: what happened before is not drawn.");
    }
    if (!arrows.note().isEmpty()) notes.add(arrows.note());
    int folded = timeline.lanes().size() - singles().size();
    if (folded > 0) {
      notes.add(
          folded
              + " of "
              + timeline.lanes().size()
              + " lanes are folded: their rows show how many are in which state.");
    }
    if (marks.more() > 0) notes.add("Marks without a number: " + marks.more() + ".");
    return notes;
  }
}
