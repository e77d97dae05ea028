package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Reason;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceSummary;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A timeline as a static picture: SVG that stays readable in notebooks, in converted pages and on
/// code hosts, on light and dark pages.
///
/// A pure function of the trace: the same trace gives the same bytes, and nothing is drawn that was
/// not recorded. Below 200 KB however long the trace is: many tasks are folded into rows that count
/// them, and segments too narrow to be seen share columns.
public final class TimelineSvg {
  /// How wide every picture is, in pixels.
  public static final int WIDTH = 760;

  private static final int LARGEST = 160_000;
  private static final int MARGIN = 12;
  private static final int TITLE = 24;
  private static final double TITLE_SIZE = 13;
  private static final int WIDEST_COLUMN = 64;
  private static final int DESCRIBED = 1_000;

  /// The picture of a trace.
  public static String of(Trace trace) {
    return draw(List.of(trace));
  }

  /// Two traces in one picture with the same scale of time, each under its label.
  public static String sideBySide(Trace left, Trace right) {
    return draw(List.of(left, right));
  }

  private static String draw(List<Trace> traces) {
    for (int column = 1; ; column *= 2) {
      String picture = draw(traces, column);
      int size = picture.getBytes(StandardCharsets.UTF_8).length;
      if (size <= LARGEST || column == WIDEST_COLUMN) return picture;
    }
  }

  private static String draw(List<Trace> traces, int column) {
    var canvas = new SvgCanvas();
    StateInk.define(canvas);
    int each = (WIDTH - MARGIN * (traces.size() + 1)) / traces.size();
    long span = traces.stream().mapToLong(trace -> trace.to() - trace.from()).max().orElseThrow();
    Set<State> states = EnumSet.noneOf(State.class);
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    Set<Sign> signs = EnumSet.noneOf(Sign.class);
    var panels = new TimelinePanel[traces.size()];
    for (int i = 0; i < panels.length; i++) {
      int x = MARGIN + i * (each + MARGIN);
      panels[i] = new TimelinePanel(traces.get(i), x, each, span, column);
      title(canvas, traces.get(i), panels[i].summary(), x, each);
      states.addAll(panels[i].states());
      reasons.addAll(panels[i].reasons());
      signs.addAll(panels[i].signs());
    }
    var legend = new TimelineLegend(canvas, MARGIN, WIDTH - MARGIN, TITLE);
    double top = legend.draw(states, reasons, signs) + 6;
    double bottom = top;
    for (TimelinePanel panel : panels) bottom = Math.max(bottom, panel.draw(canvas, top));
    int height = (int) Math.ceil(bottom + MARGIN);
    return canvas.picture(WIDTH, height, title(traces), description(panels));
  }

  private static void title(SvgCanvas canvas, Trace trace, TraceSummary summary, int x, int width) {
    String words = SvgText.clean(trace.label() + ": " + figures(summary));
    canvas.words(
        "text",
        SvgText.fit(words, TITLE_SIZE, width),
        "x",
        x,
        "y",
        TITLE - 6,
        "font-size",
        TITLE_SIZE,
        "font-weight",
        "bold",
        "fill",
        SvgCanvas.INK);
  }

  private static String figures(TraceSummary summary) {
    String tasks = summary.tasks() + (summary.tasks() == 1 ? " task" : " tasks");
    return tasks + ", " + TraceSummary.seconds(summary.elapsed());
  }

  private static String title(List<Trace> traces) {
    List<String> labels = traces.stream().map(trace -> SvgText.clean(trace.label())).toList();
    return "Timeline of " + String.join(" beside ", labels);
  }

  /// What those hear who do not see it.
  private static String description(TimelinePanel[] panels) {
    var text = new StringBuilder();
    for (TimelinePanel panel : panels) {
      if (!text.isEmpty()) text.append(" -- ");
      text.append(SvgText.clean(panel.summary().line() + ". " + panel.summary().text()));
    }
    return text.length() <= DESCRIBED ? text.toString() : cut(text);
  }

  private static String cut(StringBuilder text) {
    int end = text.offsetByCodePoints(0, text.codePointCount(0, DESCRIBED) - 1);
    return text.substring(0, end) + "…";
  }

  private TimelineSvg() {}
}
