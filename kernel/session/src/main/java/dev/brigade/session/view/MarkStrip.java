package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Mark;
import dev.brigade.async.trace.Timeline.Sign;
import java.util.ArrayList;
import java.util.List;

/// The marks of a lane above its bar, with their numbers where these fit.
final class MarkStrip {
  static final int HEIGHT = 12;
  private static final double SIZE = 9;
  // The worst first: it is the one that is drawn.
  private static final List<Sign> BY_WEIGHT =
      List.of(Sign.ERROR, Sign.DEADLOCK, Sign.STALL, Sign.CANCEL, Sign.PRINT);

  /// Marks so close that they are drawn as one.
  private record Cluster(double x, List<Mark> marks) {
    double right(MarkList list) {
      return x + MarkInk.RADIUS + 2 + SvgText.width(list.label(marks), SIZE) + 2;
    }
  }

  static void draw(SvgCanvas canvas, TimeAxis axis, List<Mark> marks, MarkList list, double top) {
    double free = Double.NEGATIVE_INFINITY;
    for (Cluster each : clusters(axis, marks, list)) {
      double x = Math.min(each.x, axis.right() - MarkInk.RADIUS);
      String label = list.label(each.marks);
      double width = SvgText.width(label, SIZE);
      boolean left = x + MarkInk.RADIUS + 2 + width > axis.right();
      double at = left ? x - MarkInk.RADIUS - 2 - width : x + MarkInk.RADIUS + 2;
      if (at >= free && at >= axis.x()) {
        canvas.plate(at, top + HEIGHT - 3, SIZE, SvgCanvas.INK, SvgCanvas.PAPER, label);
      }
      Sign sign =
          BY_WEIGHT.stream()
              .filter(s -> each.marks.stream().anyMatch(mark -> mark.sign() == s))
              .findFirst()
              .orElseThrow();
      MarkInk.draw(canvas, sign, x, top + HEIGHT / 2.0);
      free = Math.max(at + width, x + MarkInk.RADIUS) + 2;
    }
  }

  private static List<Cluster> clusters(TimeAxis axis, List<Mark> marks, MarkList list) {
    var clusters = new ArrayList<Cluster>();
    for (Mark mark : marks) {
      double x = axis.place(mark.at());
      Cluster last = clusters.isEmpty() ? null : clusters.getLast();
      if (last != null && x - MarkInk.RADIUS < last.right(list)) last.marks.add(mark);
      else clusters.add(new Cluster(x, new ArrayList<>(List.of(mark))));
    }
    return clusters;
  }

  private MarkStrip() {}
}
