package dev.brigade.session;

/// How pictures are written as text.
///
/// @param columns how wide they may be; at least 40
/// @param unicode whether block characters may be used, or only ASCII
/// @param color whether what differs is coloured as well, with ANSI escapes
public record TextStyle(int columns, boolean unicode, boolean color) {
  /// For `text/plain`.
  public static final TextStyle PLAIN = new TextStyle(100, true, false);

  public TextStyle {
    columns = Math.max(40, columns);
  }
}
