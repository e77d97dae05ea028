package dev.brigade.session.display;

import java.util.List;
import java.util.Locale;

/// How long several pieces of code take beside each other: what `compare(...)` measured. Its text
/// is a table; a notebook shows a chart. Times are shown and never judged.
///
/// @param codes in the order they were given; at least one
/// @param cores how many processors the machine has for this process
public record Comparison(List<Measured> codes, int cores) {
  private static final int BAR = 24;
  private static final int NAME = 24;

  /// One of the pieces.
  public record Measured(String name, Timing timing) {}

  public Comparison {
    if (codes.isEmpty()) throw new IllegalArgumentException("nothing was compared");
    codes = List.copyOf(codes);
  }

  /// How long a piece takes as a multiple of the first: 0.5 is half as long.
  public double ratio(Measured code) {
    return code.timing.median() / codes.getFirst().timing.median();
  }

  /// The longest round of all, in seconds.
  public double longest() {
    return codes.stream().mapToDouble(code -> code.timing.slowest()).max().orElse(0);
  }

  /// What a ratio is of.
  public String ratioTitle() {
    return "of " + cut(codes.getFirst().name(), 12);
  }

  /// How it was measured.
  public String note() {
    int rounds = codes.getFirst().timing.rounds().size();
    return "median of "
        + rounds
        + " rounds in turn after a warm-up, spread from the fastest to the slowest; "
        + cores
        + (cores == 1 ? " core" : " cores")
        + (codes.stream().anyMatch(code -> code.timing.isCompiling())
            ? "; the JIT was still compiling"
            : "");
  }

  /// The fastest and the slowest round.
  public static String spread(Timing timing) {
    return Spent.text(timing.fastest()) + " to " + Spent.text(timing.slowest());
  }

  /// A table with bars: `#` up to the median, `-` from the fastest to the slowest round.
  @Override
  public String toString() {
    int width = Math.clamp(longestName(), 4, NAME);
    String row = "%-" + width + "s  %9s  %-20s  %15s  %10s  %s%n";
    var text = new StringBuilder();
    text.append(row(row, "", "median", "spread", ratioTitle(), "busy cores", ""));
    for (Measured code : codes) {
      Timing timing = code.timing();
      text.append(
          row(
              row,
              cut(code.name(), width),
              Spent.text(timing.median()),
              spread(timing),
              decimal(ratio(code)),
              String.format(Locale.ROOT, "%.1f", timing.each().busyCores()),
              bar(timing)));
    }
    return text.append(note()).toString();
  }

  private int longestName() {
    return codes.stream().mapToInt(code -> code.name().length()).max().orElse(0);
  }

  private static String row(String format, Object... cells) {
    return String.format(Locale.ROOT, format, cells).replaceAll(" +(\\R)", "$1");
  }

  private String bar(Timing timing) {
    var bar = new StringBuilder();
    for (int i = 1; i <= BAR; i++) {
      double at = longest() * (i - 0.5) / BAR;
      boolean within = at >= timing.fastest() && at <= timing.slowest();
      bar.append(within ? '-' : at < timing.median() ? '#' : ' ');
    }
    return bar.toString().stripTrailing();
  }

  /// A ratio for people.
  public static String decimal(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%,.0f", ratio);
  }

  private static String cut(String name, int room) {
    return name.length() <= room ? name : name.substring(0, room - 1) + "…";
  }
}
