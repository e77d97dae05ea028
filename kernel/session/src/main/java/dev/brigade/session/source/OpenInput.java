package dev.brigade.session.source;

/// Whether typed text is still open, from its tokens alone: a bracket, comment or text block that
/// is not closed. Takes no time and knows no grammar, so `int x =` is not open here.
public final class OpenInput {
  private static final int STEP = 4;

  private OpenInput() {}

  /// Whether more has to follow. Of a magic that takes the rest of the cell it does until an empty
  /// line ends it.
  public static boolean isOpen(String code) {
    if (code.startsWith("%%")) return !code.endsWith("\n\n");
    int depth = 0;
    for (Token token : JavaLexer.tokens(code)) {
      String text = code.substring(token.start(), token.end());
      switch (token.kind()) {
        case SYMBOL -> depth += depthOf(text.charAt(0));
        case COMMENT -> {
          if (isUnclosed(text, "/*", "*/")) return true;
        }
        case STRING -> {
          if (isUnclosed(text, "\"\"\"", "\"\"\"")) return true;
        }
        case KEYWORD, TYPE, NAME, NUMBER, ANNOTATION, COMMAND -> {}
      }
    }
    return depth > 0;
  }

  private static int depthOf(char symbol) {
    return switch (symbol) {
      case '{', '(', '[' -> 1;
      case '}', ')', ']' -> -1;
      default -> 0;
    };
  }

  private static boolean isUnclosed(String text, String open, String close) {
    return text.startsWith(open)
        && !(text.length() >= open.length() + close.length() && text.endsWith(close));
  }

  /// What the next line of open text starts with: the last line's indent, one step deeper after an
  /// opening brace, parenthesis or arrow.
  public static String indent(String code) {
    String text = code.stripTrailing();
    String line = text.substring(text.lastIndexOf('\n') + 1);
    int spaces = line.length() - line.stripLeading().length();
    boolean opens = false;
    for (Token token : JavaLexer.tokens(line)) {
      if (token.kind() == Token.Kind.COMMENT) continue;
      char last = line.charAt(token.end() - 1);
      boolean isArrow = last == '>' && token.start() > 0 && line.charAt(token.start() - 1) == '-';
      opens = token.kind() == Token.Kind.SYMBOL && (last == '{' || last == '(' || isArrow);
    }
    return " ".repeat(spaces + (opens ? STEP : 0));
  }
}
