package dev.brigade.session.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts Java source into tokens. Works on any text, finished or not, in one pass, so that colours
/// can follow every key press; JShell's own highlighter needs 20 to 110 ms and knows neither
/// strings nor comments.
public final class JavaLexer {
  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "false",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "module",
          "native",
          "new",
          "null",
          "package",
          "permits",
          "private",
          "protected",
          "public",
          "record",
          "return",
          "sealed",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "true",
          "try",
          "var",
          "void",
          "volatile",
          "when",
          "while",
          "yield");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  // Where the line of the newest command ends.
  private int commandEnd;

  private JavaLexer(String source) {
    this.source = source;
  }

  /// The tokens in order; what lies between them is white space.
  public static List<Token> tokens(String source) {
    return new JavaLexer(source).scan();
  }

  private List<Token> scan() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else {
        int start = at;
        Token.Kind kind = next(c);
        tokens.add(new Token(kind, start, at));
      }
    }
    return List.copyOf(tokens);
  }

  /// Moves past one token.
  private Token.Kind next(char c) {
    if (isCommandStart()) {
      at++;
      if (at < source.length() && source.charAt(at) == '%') at++;
      skipName();
      commandEnd = SlashCommands.lineEnd(source, at);
      return Token.Kind.COMMAND;
    }
    if (source.startsWith("//", at)) return skipTo("\n", 0, Token.Kind.COMMENT);
    if (source.startsWith("/*", at) && !isPattern()) return skipTo("*/", 2, Token.Kind.COMMENT);
    if (source.startsWith("\"\"\"", at)) return textBlock();
    if (c == '"' || c == '\'') return quoted(c);
    if (Character.isDigit(c)
        || (c == '.' && at + 1 < source.length() && Character.isDigit(source.charAt(at + 1)))) {
      return number();
    }
    if (c == '@' && at + 1 < source.length() && startsName(at + 1)) {
      at++;
      int name = at;
      skipName();
      return source.substring(name, at).equals("interface")
          ? Token.Kind.KEYWORD
          : Token.Kind.ANNOTATION;
    }
    if (startsName(at)) return name();
    at += Character.charCount(source.codePointAt(at));
    return Token.Kind.SYMBOL;
  }

  /// Whether this is a place in a command's arguments, as in `libs/*.jar`, where no comment begins
  /// that would swallow the next line.
  private boolean isPattern() {
    int end = source.indexOf("*/", at + 2);
    return at < commandEnd && (end < 0 || end > commandEnd);
  }

  private boolean isCommandStart() {
    boolean lineStart = at == 0 || source.charAt(at - 1) == '\n';
    if (!lineStart) return false;
    char c = source.charAt(at);
    if (c == '%') {
      int name = source.startsWith("%%", at) ? at + 2 : at + 1;
      return startsName(name);
    }
    return c == '/' && startsName(at + 1);
  }

  private boolean startsName(int index) {
    return index < source.length() && Character.isJavaIdentifierStart(source.codePointAt(index));
  }

  private void skipName() {
    while (at < source.length() && Character.isJavaIdentifierPart(source.codePointAt(at))) {
      at += Character.charCount(source.codePointAt(at));
    }
  }

  private Token.Kind name() {
    int start = at;
    skipName();
    String word = source.substring(start, at);
    if (KEYWORDS.contains(word)) return Token.Kind.KEYWORD;
    return Character.isUpperCase(word.codePointAt(0)) ? Token.Kind.TYPE : Token.Kind.NAME;
  }

  private Token.Kind number() {
    while (at < source.length()) {
      char c = source.charAt(at);
      boolean exponentSign =
          (c == '+' || c == '-') && "eEpP".indexOf(source.charAt(at - 1)) >= 0 && !isHexDigitE();
      if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && !exponentSign) break;
      at++;
    }
    return Token.Kind.NUMBER;
  }

  /// Whether the `e` before the cursor is a digit of a hexadecimal number, as in `0xE+1`.
  private boolean isHexDigitE() {
    if ("pP".indexOf(source.charAt(at - 1)) >= 0) return false;
    int start = at - 1;
    while (start > 0 && Character.isLetterOrDigit(source.charAt(start - 1))) start--;
    return source.startsWith("0x", start) || source.startsWith("0X", start);
  }

  private Token.Kind textBlock() {
    at += 3;
    while (at < source.length() && !source.startsWith("\"\"\"", at)) {
      at += source.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 3, source.length());
    return Token.Kind.STRING;
  }

  private Token.Kind quoted(char quote) {
    at++;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\n') return Token.Kind.STRING;
      at += c == '\\' ? 2 : 1;
      if (c == quote) break;
    }
    at = Math.min(at, source.length());
    return Token.Kind.STRING;
  }

  private Token.Kind skipTo(String end, int keep, Token.Kind kind) {
    int found = source.indexOf(end, at + keep);
    at = found < 0 ? source.length() : found + keep;
    return kind;
  }
}
