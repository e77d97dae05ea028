package dev.brigade.session.source;

/// A stretch of source, in UTF-16 units.
public record Token(Kind kind, int start, int end) {
  /// What a stretch of source is; white space belongs to no token.
  public enum Kind {
    KEYWORD,
    /// An identifier that starts with a capital letter.
    TYPE,
    NAME,
    NUMBER,
    /// String, text block or character, finished or not.
    STRING,
    COMMENT,
    ANNOTATION,
    /// A `%name` or `/name` at the start of a line.
    COMMAND,
    SYMBOL
  }
}
