package dev.brigade.session.observe;

import dev.brigade.session.TextWidth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Rows of text in columns as wide as what stands in them.
public final class TextTable {
  // Longer than a screen is read by nobody.
  private static final int ROWS = 100;
  private static final int WIDEST = 64;

  private final List<List<String>> rows = new ArrayList<>();
  private int left;

  public TextTable(String... heads) {
    rows.add(List.of(heads));
  }

  public void row(String... cells) {
    if (rows.size() <= ROWS) rows.add(Arrays.stream(cells).map(TextTable::cut).toList());
    else left++;
  }

  private static String cut(String cell) {
    return TextWidth.of(cell) <= WIDEST ? cell : TextWidth.begin(cell, WIDEST - 3) + "...";
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++)
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] == 0) continue;
        line.append(TextWidth.pad(row.get(i), widths[i] + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    if (left > 0) text.append("... and ").append(left).append(" more\n");
    return text.toString();
  }

  /// A time for people.
  static String seconds(double seconds) {
    if (seconds < 0.001) return String.format(Locale.ROOT, "%.0f µs", seconds * 1e6);
    if (seconds < 1) return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
    if (seconds < 120) return String.format(Locale.ROOT, "%.1f s", seconds);
    return String.format(Locale.ROOT, "%d min %d s", (long) seconds / 60, (long) seconds % 60);
  }

  /// A word with its number: `1 task`, `2 tasks`.
  static String count(long number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }
}
