package dev.brigade.session.view;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A table before it has a form: what is shown of some rows.
///
/// @param columns the headings
/// @param rows a value for each column
/// @param moreRows how many are left out; [#UNKNOWN] where nobody knows
/// @param moreColumns how many are left out
record Grid(List<String> columns, List<List<Item>> rows, long moreRows, int moreColumns) {
  static final long UNKNOWN = -1;

  /// So many rows are shown whole, and of more than that the first [#HEAD].
  static final int WHOLE = 60;

  static final int HEAD = 10;
  static final int COLUMNS = 20;
  private static final int BRIEF = 60;
  private static final int LONG = 2_000;

  /// A value in a table.
  ///
  /// @param brief in few words, one line
  /// @param whole what the few words leave out can be read here
  record Item(String brief, String whole, boolean isNumber) {
    static final Item NONE = new Item("", "", false);

    static Item of(@Nullable Object value) {
      String text = ValueText.brief(value, BRIEF);
      String line = oneLine(text);
      String brief = cut(line, BRIEF);
      String whole = brief.equals(text) ? brief : cut(ValueText.brief(value, LONG), LONG);
      return new Item(brief, whole, value instanceof Number);
    }

    /// What takes the place of a value that could not be had.
    static Item fault(String words) {
      return new Item("(" + words + ")", "(" + words + ")", false);
    }

    private static String oneLine(String text) {
      return text.lines()
          .limit(5)
          .map(String::strip)
          .reduce("", (a, b) -> a.isEmpty() ? b : a + " " + b);
    }

    private static String cut(String text, int length) {
      if (text.length() <= length) return text;
      int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
      return text.substring(0, end) + "\u2026";
    }
  }

  Grid {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /// What is left out, in words, or nothing.
  String remark() {
    var words = new StringJoiner(", ");
    if (moreRows == UNKNOWN) words.add("... and more");
    else if (moreRows > 0) words.add("... and " + ValueText.count(moreRows) + " more");
    if (moreColumns > 0) {
      words.add("... and " + moreColumns + (moreColumns == 1 ? " more column" : " more columns"));
    }
    return words.toString();
  }

  /// Whether all that a column shows are numbers.
  boolean isNumeric(int column) {
    return rows.stream()
            .map(row -> row.get(column))
            .allMatch(item -> item.isNumber() || item.equals(Item.NONE))
        && rows.stream().anyMatch(row -> row.get(column).isNumber());
  }
}
