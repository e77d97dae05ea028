package dev.brigade.session.view;

import java.util.ArrayList;
import java.util.List;

/// Text of a picture: what may stand in it, and how wide it is at most.
///
/// The pictures use fixed-width fonts, of which none is wider than 0.62 of its size. Signs that
/// come from other fonts count twice.
final class SvgText {
  private static final double CELL = 0.62;
  private static final int TAIL = 4;
  private static final String DOTS = "…";
  private static final char LEFT_TO_RIGHT = '\u200e';
  private static final int[][] NARROW = {
    {0x20, 0x2af}, {0x370, 0x52f}, {0x2010, 0x2027}, {0x2030, 0x205e}, {0x2190, 0x21ff}
  };

  /// One line of signs that XML and every viewer can show: what ends a line is a space, what
  /// controls the terminal or the direction of writing is a dot. Words written from right to left
  /// are kept from drawing the numbers beside them along.
  static String clean(String text) {
    var clean = new StringBuilder();
    boolean turned = false;
    for (int c : text.codePoints().toArray()) {
      boolean turns = isFromRight(c);
      if (turned && !turns && Character.isLetterOrDigit(c)) {
        clean.append(LEFT_TO_RIGHT);
        turned = false;
      }
      turned |= turns;
      if (c == '\n' || c == '\r' || c == '\t') clean.append(' ');
      else clean.appendCodePoint(isShown(c) ? c : '·');
    }
    if (turned) clean.append(LEFT_TO_RIGHT);
    return clean.toString().strip();
  }

  private static boolean isFromRight(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // Zero-width joiners make one emoji of many; other signs of this kind turn text around.
      case Character.FORMAT -> c == 0x200c || c == 0x200d || c == LEFT_TO_RIGHT;
      default -> true;
    };
  }

  /// How wide a text is at most.
  static double width(String text, double size) {
    return cells(text) * size * CELL;
  }

  private static int cells(String text) {
    return text.codePoints().map(SvgText::cells).sum();
  }

  private static int cells(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) return 0;
    if (type == Character.FORMAT) return 0;
    for (int[] range : NARROW) if (c >= range[0] && c <= range[1]) return 1;
    return 2;
  }

  /// The text, cut with an ellipsis where it is wider than there is room; empty if not even its
  /// first signs fit.
  static String fit(String text, double size, double room) {
    if (width(text, size) <= room) return text;
    var cut = new StringBuilder();
    int[] points = text.codePoints().toArray();
    double used = width(DOTS, size);
    for (int point : points) {
      used += cells(point) * size * CELL;
      if (used > room) break;
      cut.appendCodePoint(point);
    }
    return cut.isEmpty() ? "" : cut.toString().stripTrailing() + DOTS;
  }

  /// As [#fit], cut in the middle: what tells names apart is often their end.
  static String fitBothEnds(String text, double size, double room) {
    if (width(text, size) <= room) return text;
    int[] points = text.codePoints().toArray();
    int tail = Math.min(TAIL, points.length);
    String end = new String(points, points.length - tail, tail);
    String begin = fit(text, size, room - width(end, size));
    return begin.isEmpty() ? fit(text, size, room) : begin + end;
  }

  /// The text in lines, broken at spaces; words that are too long are cut.
  static List<String> wrap(String text, double size, double room) {
    var lines = new ArrayList<String>();
    for (String paragraph : text.split("\n", -1)) {
      String line = "";
      for (String word : clean(paragraph).split(" ", -1)) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (width(longer, size) <= room || line.isEmpty()) {
          line = longer;
        } else {
          lines.add(fit(line, size, room));
          line = word;
        }
      }
      if (!line.isEmpty()) lines.add(fit(line, size, room));
    }
    return lines;
  }

  static String escape(String text) {
    var escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private SvgText() {}
}
