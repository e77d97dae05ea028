package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Reason;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceSummary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  /// A trace and what stands above it.
  private record Titled(String title, Trace trace) {}

  /// The picture of a trace under its label.
  public static String of(Trace trace) {
    return of(trace, trace.label());
  }

  /// The picture of a trace.
  public static String of(Trace trace, String title) {
    return draw(List.of(new Titled(title, trace)));
  }

  /// Two traces in one picture with the same scale of time, each under its label.
  public static String sideBySide(Trace left, Trace right) {
    return sideBySide(left, left.label(), right, right.label());
  }

  /// Two traces in one picture with the same scale of time.
  public static String sideBySide(Trace left, String leftTitle, Trace right, String rightTitle) {
    return draw(List.of(new Titled(leftTitle, left), new Titled(rightTitle, right)));
  }

  private static String draw(List<Titled> traces) {
    for (int column = 1; ; column *= 2) {
      String picture = draw(traces, column);
      int size = picture.getBytes(StandardCharsets.UTF_8).length;
      if (size <= LARGEST || column == WIDEST_COLUMN) return picture;
    }
  }

  private static String draw(List<Titled> traces, int column) {
    var canvas = new SvgCanvas();
    StateInk.define(canvas);
    int wide = (WIDTH - MARGIN * (traces.size() + 1)) / traces.size();
    long span =
        traces.stream().mapToLong(each -> each.trace.to() - each.trace.from()).max().orElseThrow();
    Set<State> states = EnumSet.noneOf(State.class);
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    Set<Sign> signs = EnumSet.noneOf(Sign.class);
    boolean holds = false;
    var panels = new TimelinePanel[traces.size()];
    for (int i = 0; i < panels.length; i++) {
      int x = MARGIN + i * (wide + MARGIN);
      panels[i] = new TimelinePanel(traces.get(i).trace, x, wide, span, column);
      title(canvas, traces.get(i).title, panels[i].summary(), x, wide);
      states.addAll(panels[i].states());
      reasons.addAll(panels[i].reasons());
      signs.addAll(panels[i].signs());
      holds |= panels[i].hasHolds();
    }
    var legend = new TimelineLegend(canvas, MARGIN, WIDTH - MARGIN, TITLE);
    double top = legend.draw(states, reasons, signs, holds) + 6;
    double bottom = top;
    for (TimelinePanel panel : panels) bottom = Math.max(bottom, panel.draw(canvas, top));
    int height = (int) Math.ceil(bottom + MARGIN);
    return canvas.picture(WIDTH, height, title(traces), description(panels));
  }

  private static void title(
      SvgCanvas canvas, String title, TraceSummary summary, int x, int width) {
    String words = SvgText.clean(title + (title.endsWith("?") ? " " : ": ") + figures(summary));
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
    var parts = new ArrayList<String>();
    boolean works = summary.jobs() + summary.threads() > 0;
    if (summary.tasks() > 0 || !works) parts.add(count(summary.tasks(), "task"));
    if (summary.jobs() > 0) parts.add(count(summary.jobs(), "job"));
    if (summary.threads() > 0) parts.add(count(summary.threads(), "thread"));
    parts.add(TraceSummary.seconds(summary.elapsed()));
    return String.join(", ", parts);
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String title(List<Titled> traces) {
    List<String> titles = traces.stream().map(each -> SvgText.clean(each.title)).toList();
    return "Timeline of " + String.join(" beside ", titles);
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
