package dev.brigade.session.view;

import dev.brigade.session.MimeBundle;
import dev.brigade.session.display.Comparison;
import dev.brigade.session.display.Spent;
import dev.brigade.session.display.Timing;
import java.util.Locale;

/// A comparison as a bar chart that is a table as well: a bar up to the median, whiskers from the
/// fastest to the slowest round, and the figures beside them.
public final class ComparisonChart {
  private static final int WIDTH = 740;
  private static final int LEFT = 16;
  private static final int ROW = 34;
  private static final int TOP = 64;
  private static final int BARS = 150;
  private static final int BARS_WIDTH = 270;
  private static final int SIZE = 12;
  // Where the columns of figures end, on the right.
  private static final int MEDIAN = 510;
  private static final int RATIO = 630;
  private static final int CORES = 724;
  private static final String FILL = "#9ec5f4";
  private static final String EDGE = "#0b4f9c";

  private final Comparison comparison;
  private final SvgCanvas canvas = new SvgCanvas();
  private final TimeAxis axis;

  private ComparisonChart(Comparison comparison) {
    this.comparison = comparison;
    axis = new TimeAxis(0, Math.round(comparison.longest() * 1e9), BARS, BARS_WIDTH);
  }

  /// Its table as text and its chart.
  public static MimeBundle bundle(Comparison comparison) {
    return MimeBundle.text(comparison.toString())
        .with("image/svg+xml", new ComparisonChart(comparison).picture());
  }

  private String picture() {
    int bottom = TOP + comparison.codes().size() * ROW;
    canvas.text(LEFT, 24, 14, "time of one run");
    right(MEDIAN, 48, "median");
    right(RATIO, 48, SvgText.fit(comparison.ratioTitle(), SIZE, RATIO - MEDIAN - 8));
    right(CORES, 48, "busy cores");
    scale(bottom);
    int y = TOP;
    for (Comparison.Measured code : comparison.codes()) {
      row(code, y);
      y += ROW;
    }
    int line = bottom + 44;
    for (String note : SvgText.wrap(comparison.note(), SIZE, WIDTH - 2 * LEFT)) {
      canvas.text(LEFT, line, SIZE, SvgCanvas.PALE_INK, note);
      line += 18;
    }
    return canvas.picture(WIDTH, line, "Comparison of " + names(), description());
  }

  private void scale(int bottom) {
    double free = 0;
    for (TimeAxis.Tick tick : axis.ticks()) {
      canvas.line("M" + number(tick.x()) + " " + TOP + "V" + bottom, SvgCanvas.RULE, 1);
      double width = SvgText.width(tick.label(), SIZE);
      double x = tick.x() - width / 2;
      if (x < free) continue;
      canvas.text(x, bottom + 18, SIZE, SvgCanvas.PALE_INK, tick.label());
      free = x + width + 6;
    }
  }

  private void row(Comparison.Measured code, int top) {
    Timing timing = code.timing();
    int middle = top + ROW / 2;
    int base = middle + 4;
    String name = SvgText.clean(code.name());
    canvas.text(LEFT, base, SIZE, SvgText.fit(name, SIZE, BARS - LEFT - 8));
    double end = place(timing.median());
    canvas.element(
        "rect",
        "x",
        BARS,
        "y",
        top + 8,
        "width",
        Math.max(1, end - BARS),
        "height",
        ROW - 16,
        "fill",
        FILL,
        "stroke",
        EDGE);
    whiskers(place(timing.fastest()), place(timing.slowest()), middle);
    right(MEDIAN, base, Spent.text(timing.median()));
    right(RATIO, base, Comparison.decimal(comparison.ratio(code)));
    right(CORES, base, String.format(Locale.ROOT, "%.1f", timing.each().busyCores()));
  }

  private void whiskers(double from, double to, int middle) {
    String cap = " " + (middle - 5) + "v10";
    String line = " " + middle + "h" + number(to - from);
    canvas.line(
        "M" + number(from) + cap + "M" + number(to) + cap + "M" + number(from) + line,
        SvgCanvas.INK,
        1.5);
  }

  private double place(double seconds) {
    return axis.place(Math.round(seconds * 1e9));
  }

  private static String number(double value) {
    return SvgCanvas.number(value);
  }

  /// Text that ends at a place, or a little before: right-aligned figures are easier to compare.
  private void right(double end, double y, String text) {
    canvas.text(end - SvgText.width(text, SIZE), y, SIZE, text);
  }

  private String description() {
    return String.join("\n", comparison.toString().lines().map(SvgText::clean).toList());
  }

  private String names() {
    return String.join(
        ", ", comparison.codes().stream().map(code -> SvgText.clean(code.name())).toList());
  }
}
