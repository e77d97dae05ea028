package dev.brigade.session.view;

import dev.brigade.session.TextWidth;
import java.util.ArrayList;
import java.util.List;

/// A table as aligned text: numbers end below each other, all else begins so.
final class GridText {
  private static final String GAP = "  ";

  static String of(Grid grid) {
    int[] widths = new int[grid.columns().size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = TextWidth.of(grid.columns().get(c));
      for (List<Grid.Item> row : grid.rows()) {
        widths[c] = Math.max(widths[c], TextWidth.of(row.get(c).brief()));
      }
    }
    var lines = new ArrayList<String>();
    lines.add(line(grid, grid.columns(), widths));
    var rules = new ArrayList<String>();
    for (int width : widths) rules.add("-".repeat(width));
    lines.add(String.join(GAP, rules));
    for (List<Grid.Item> row : grid.rows()) {
      lines.add(line(grid, row.stream().map(Grid.Item::brief).toList(), widths));
    }
    if (!grid.remark().isEmpty()) lines.add(grid.remark());
    return String.join("\n", lines);
  }

  private static String line(Grid grid, List<String> texts, int[] widths) {
    var parts = new ArrayList<String>();
    for (int c = 0; c < widths.length; c++) {
      String padded = TextWidth.pad(texts.get(c), widths[c]);
      int blanks = padded.length() - texts.get(c).length();
      parts.add(grid.isNumeric(c) ? " ".repeat(blanks) + texts.get(c) : padded);
    }
    return String.join(GAP, parts).stripTrailing();
  }

  private GridText() {}
}
