package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Mark;
import dev.brigade.async.trace.Timeline.Sign;

/// The small forms of marks, each of its own shape.
final class MarkInk {
  /// Half of the width of a form.
  static final double RADIUS = 4;

  static void draw(SvgCanvas canvas, Sign sign, double x, double y) {
    switch (sign) {
      case PRINT ->
          canvas.element(
              "circle",
              "cx",
              x,
              "cy",
              y,
              "r",
              3.2,
              "fill",
              SvgCanvas.PAPER,
              "stroke",
              SvgCanvas.INK,
              "stroke-width",
              1.2);
      case CANCEL -> cross(canvas, x, y);
      case ERROR -> filled(canvas, x, y, "m0 -4l4 4l-4 4l-4 -4z");
      case DEADLOCK -> rings(canvas, x, y);
      case STALL -> filled(canvas, x, y, "m-3.5 -4h7l-7 8h7z");
    }
  }

  private static void cross(SvgCanvas canvas, double x, double y) {
    canvas.rect(x - 4, y - 4, 8, 8, SvgCanvas.PAPER);
    canvas.line(at(x, y) + "m-3 -3l6 6m0 -6l-6 6", SvgCanvas.INK, 1.8);
  }

  private static void filled(SvgCanvas canvas, double x, double y, String path) {
    canvas.element("path", "d", at(x, y) + path, "fill", "#a40e26");
  }

  private static void rings(SvgCanvas canvas, double x, double y) {
    for (double side : new double[] {-1.4, 1.4}) {
      canvas.element(
          "circle",
          "cx",
          x + side,
          "cy",
          y,
          "r",
          2.4,
          "fill",
          "none",
          "stroke",
          "#82071e",
          "stroke-width",
          1.2);
    }
  }

  private static String at(double x, double y) {
    return "M" + SvgCanvas.number(x) + " " + SvgCanvas.number(y);
  }

  /// What a mark says, in the legend.
  static String words(Sign sign) {
    return switch (sign) {
      case PRINT -> "prints";
      case CANCEL -> "is cancelled";
      case ERROR -> "fails";
      case DEADLOCK -> "deadlock";
      case STALL -> "held the loop too long";
    };
  }

  /// What a mark says, behind the name of its lane.
  static String told(Mark mark) {
    return switch (mark.sign()) {
      case PRINT -> " prints: " + mark.text();
      case ERROR -> " fails: " + mark.text();
      case DEADLOCK -> ", deadlock: " + mark.text();
      case CANCEL, STALL -> ": " + mark.text();
    };
  }

  private MarkInk() {}
}
