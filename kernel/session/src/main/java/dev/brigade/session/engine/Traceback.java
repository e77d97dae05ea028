package dev.brigade.session.engine;

import dev.brigade.session.CellError;
import java.util.ArrayList;
import java.util.List;

/// Lines of an error as a front end shows them. Only bold, faint and red: they are readable on
/// light and on dark ground.
final class Traceback {
  private static final String RED = "\u001b[1;31m";
  private static final String BOLD = "\u001b[1m";
  private static final String FAINT = "\u001b[2m";
  private static final String RESET = "\u001b[0m";
  private static final int MESSAGE_LINES = 12;

  private final boolean color;
  private final List<String> lines = new ArrayList<>();

  Traceback(boolean color) {
    this.color = color;
  }

  /// An error that has no place in the source.
  static CellError plain(String name, String message) {
    return new CellError(
        name, message, List.of(RED + name + RESET + (message.isEmpty() ? "" : ": " + message)));
  }

  List<String> lines() {
    return lines;
  }

  /// The name of the error and its message, which may have several lines.
  void headline(String name, String message) {
    List<String> parts = message.lines().toList();
    String first = parts.isEmpty() ? "" : ": " + parts.getFirst();
    lines.add(style(RED, name) + first);
    parts.stream().skip(1).limit(MESSAGE_LINES).forEach(lines::add);
  }

  void text(String text) {
    text.lines().forEach(lines::add);
  }

  void faint(String line) {
    lines.add(style(FAINT, line));
  }

  /// A place and the source line there, marked.
  ///
  /// @param after what stands behind the place, for example `, in fetch`
  void place(SourceMap.Position position, String after) {
    lines.add("  " + style(BOLD, position.toString()) + after);
    if (position.line() == 0) return;
    source(position.source(), position.line(), true);
  }

  /// As [#place(SourceMap.Position, String)], with marks under the columns from `start` up to
  /// `end`, counted from 0.
  void place(SourceMap.Position position, int start, int end) {
    lines.add("  " + style(BOLD, position.toString()));
    String line = position.source().line(position.line());
    source(position.source(), position.line(), true);
    int from = Math.clamp(start, 0, line.length());
    int to = Math.clamp(end, from + 1, Math.max(from + 1, line.length()));
    String gap = line.substring(0, from).replaceAll("[^\\t]", " ");
    lines.add(
        " ".repeat(margin(position.line(), true).length())
            + gap
            + style(RED, "^".repeat(to - from)));
  }

  private void source(SourceMap.Source source, int line, boolean marked) {
    lines.add(style(FAINT, margin(line, marked)) + source.line(line));
  }

  private static String margin(int line, boolean marked) {
    return (marked ? "  --> " : "      ") + "%3d | ".formatted(line);
  }

  private String style(String code, String text) {
    return color ? code + text + RESET : text;
  }
}
