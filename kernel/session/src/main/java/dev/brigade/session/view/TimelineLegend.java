package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Reason;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import java.util.Set;

/// What the forms of a picture mean: those that occur in it.
final class TimelineLegend {
  private static final double SIZE = 10;
  private static final int LINE = 16;
  private static final int SAMPLE = 22;

  private final SvgCanvas canvas;
  private final int left;
  private final int right;
  private double x;
  private double y;

  TimelineLegend(SvgCanvas canvas, int left, int right, double top) {
    this.canvas = canvas;
    this.left = left;
    this.right = right;
    this.x = left;
    this.y = top + LINE - 4;
  }

  /// @return where it ends
  double draw(Set<State> states, Set<Reason> reasons, Set<Sign> signs, boolean holds) {
    if (states.isEmpty() && reasons.isEmpty() && signs.isEmpty()) return y - LINE + 4;
    for (State state : states) {
      place(state.words());
      canvas.element(
          "path",
          "d",
          "M" + SvgCanvas.number(x) + " " + SvgCanvas.number(y - 9) + "h18v10h-18z",
          "fill",
          StateInk.fill(state),
          "stroke",
          StateInk.stroke(state),
          "stroke-width",
          0.7);
      words(state.words());
    }
    if (holds) {
      place(HoldLines.WORDS);
      String at = SvgCanvas.number(x) + " " + SvgCanvas.number(y - 4);
      canvas.line("M" + at + "h18", HoldLines.COLOUR, HoldLines.WIDTH);
      words(HoldLines.WORDS);
    }
    for (Reason reason : reasons) {
      place(ArrowLines.words(reason));
      String at = SvgCanvas.number(x) + " " + SvgCanvas.number(y - 4);
      String tip = SvgCanvas.number(x + 18) + " " + SvgCanvas.number(y - 4);
      ArrowLines.draw(canvas, reason, "M" + at + "h18", "M" + tip + "l-5 -3v6z");
      words(ArrowLines.words(reason));
    }
    for (Sign sign : signs) {
      place(MarkInk.words(sign));
      MarkInk.draw(canvas, sign, x + 12, y - 4);
      words(MarkInk.words(sign));
    }
    return y + 4;
  }

  /// Begins a line where the entry does not fit in this one.
  private void place(String words) {
    if (x > left && x + SAMPLE + SvgText.width(words, SIZE) > right) {
      x = left;
      y += LINE;
    }
  }

  private void words(String words) {
    canvas.text(x + SAMPLE, y, SIZE, words);
    x += SAMPLE + SvgText.width(words, SIZE) + 12;
  }
}
