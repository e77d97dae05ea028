package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Arrow;
import dev.brigade.async.trace.Timeline.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Arrows between rows. Those that look the same are one; of too many, some are drawn.
final class ArrowLines {
  private static final int MOST = 150;

  /// A row's bar, from top to bottom.
  record Bar(double top, double bottom) {}

  private record Look(double x, int from, int to, Reason reason) {}

  private final List<Look> drawn = new ArrayList<>();
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
  private final int all;

  /// @param rows the row of each lane
  ArrowLines(TimeAxis axis, List<Arrow> arrows, int[] rows) {
    Map<Look, Look> looks = new LinkedHashMap<>();
    for (Arrow arrow : arrows) {
      int from = rows[arrow.fromLane()];
      int to = rows[arrow.toLane()];
      if (from == to) continue;
      double x = axis.place(arrow.at());
      looks.putIfAbsent(
          new Look(Math.floor(x), from, to, arrow.reason()), new Look(x, from, to, arrow.reason()));
    }
    all = looks.size();
    int every = (all + MOST - 1) / MOST;
    int i = 0;
    for (Look look : looks.values()) if (i++ % Math.max(1, every) == 0) drawn.add(look);
    drawn.forEach(look -> reasons.add(look.reason));
  }

  Set<Reason> reasons() {
    return reasons;
  }

  /// Why some are missing, or an empty text.
  String note() {
    return drawn.size() == all ? "" : drawn.size() + " of " + all + " arrows are drawn.";
  }

  void draw(SvgCanvas canvas, List<Bar> bars) {
    for (Reason reason : reasons) {
      var lines = new StringBuilder();
      var heads = new StringBuilder();
      for (Look look : drawn) {
        if (look.reason != reason) continue;
        Bar from = bars.get(look.from);
        Bar to = bars.get(look.to);
        boolean down = to.top > from.top;
        double end = down ? to.top : to.bottom;
        line(lines, look.x, down ? from.bottom : from.top, end);
        head(heads, look.x, end, down);
      }
      draw(canvas, reason, lines.toString(), heads.toString());
    }
  }

  static void draw(SvgCanvas canvas, Reason reason, String lines, String heads) {
    canvas.element(
        "path",
        "d",
        lines,
        "fill",
        "none",
        "stroke",
        colour(reason),
        "stroke-width",
        1,
        "stroke-dasharray",
        dashes(reason));
    canvas.element("path", "d", heads, "fill", colour(reason));
  }

  static void line(StringBuilder path, double x, double from, double to) {
    path.append('M').append(SvgCanvas.number(x)).append(' ').append(SvgCanvas.number(from));
    path.append('V').append(SvgCanvas.number(to));
  }

  private static void head(StringBuilder path, double x, double tip, boolean down) {
    path.append('M').append(SvgCanvas.number(x)).append(' ').append(SvgCanvas.number(tip));
    path.append(down ? "l-3 -5h6z" : "l-3 5h6z");
  }

  private static String colour(Reason reason) {
    return switch (reason) {
      case CREATED -> "#57606a";
      case WOKE -> "#116329";
      case SUBMITTED, DELIVERED -> "#6639ba";
    };
  }

  private static String dashes(Reason reason) {
    return switch (reason) {
      case CREATED -> "2 2";
      case WOKE, DELIVERED -> "none";
      case SUBMITTED -> "6 2";
    };
  }

  /// What an arrow says, in the legend.
  static String words(Reason reason) {
    return switch (reason) {
      case CREATED -> "made it";
      case WOKE -> "woke it";
      case SUBMITTED -> "gave it a job";
      case DELIVERED -> "job done";
    };
  }
}
