package dev.brigade.session.engine;

import dev.brigade.session.History.Entry;
import org.jspecify.annotations.Nullable;

/// An input as a line of text: session, number, input and, where there is one, the text of its
/// value, with tabs between them. Number 0 is a mark: it says that a session of that number began.
final class HistoryLine {
  /// In bytes: more than two numbers and two tabs ever take.
  static final int HEAD = 24;

  static Entry mark(int session) {
    return new Entry(session, 0, "", null);
  }

  static boolean isMark(Entry entry) {
    return entry.line() == 0;
  }

  /// Whether a line is a mark or of one session.
  static boolean isMarkOrOf(int session, String line) {
    return line.startsWith("\t0\t", line.indexOf('\t')) || line.startsWith(session + "\t");
  }

  /// With the end of the line.
  static String encode(Entry entry) {
    String output = entry.output();
    return entry.session()
        + "\t"
        + entry.line()
        + "\t"
        + escape(entry.input())
        + (output == null ? "" : "\t" + escape(output))
        + "\n";
  }

  /// Null for what is no such line.
  static @Nullable Entry decode(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length < 3) return null;
    try {
      return new Entry(
          Integer.parseInt(fields[0]),
          Integer.parseInt(fields[1]),
          unescape(fields[2]),
          fields.length > 3 ? unescape(fields[3]) : null);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /// How a text is written. A part of a text is written as that part of the whole is, so a line
  /// that does not hold it has no input that does.
  static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) return text;
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      char next = text.charAt(++i);
      plain.append(
          switch (next) {
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            default -> next;
          });
    }
    return plain.toString();
  }

  private HistoryLine() {}
}
