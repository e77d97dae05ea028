package dev.brigade.session.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Java source seen just well enough to tell code from comments and literals.
final class JavaText {
  private static final Pattern IDENTIFIER =
      Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

  /// What the next character is part of.
  enum State {
    CODE,
    LINE_COMMENT,
    BLOCK_COMMENT,
    STRING,
    CHARACTER,
    TEXT_BLOCK
  }

  private State state = State.CODE;
  private final StringBuilder masked = new StringBuilder();

  /// A scanner at the start of a cell.
  JavaText() {}

  State state() {
    return state;
  }

  /// What was read so far, with comments and the insides of literals blank.
  String masked() {
    return masked.toString();
  }

  /// The source with comments and the insides of literals blank, character for character.
  static String mask(String source) {
    var text = new JavaText();
    text.read(source);
    return text.masked();
  }

  /// The names in the code of a source.
  static Set<String> names(String source) {
    var names = new LinkedHashSet<String>();
    var matcher = IDENTIFIER.matcher(mask(source));
    while (matcher.find()) names.add(matcher.group());
    return names;
  }

  /// Reads on.
  void read(String source) {
    for (int i = 0; i < source.length(); i++) {
      int step = read(source, i);
      i += step - 1;
    }
  }

  private int read(String source, int at) {
    char c = source.charAt(at);
    return switch (state) {
      case CODE -> code(source, at, c);
      case LINE_COMMENT -> hidden(c, c == '\n');
      case BLOCK_COMMENT -> source.startsWith("*/", at) ? end(2) : hidden(c, false);
      case TEXT_BLOCK ->
          source.startsWith("\"\"\"", at)
              ? end(3)
              : c == '\\' ? escape(source, at) : hidden(c, false);
      case STRING -> c == '"' ? end(1) : c == '\\' ? escape(source, at) : hidden(c, c == '\n');
      case CHARACTER -> c == '\'' ? end(1) : c == '\\' ? escape(source, at) : hidden(c, c == '\n');
    };
  }

  private int code(String source, int at, char c) {
    if (source.startsWith("//", at)) return begin(State.LINE_COMMENT, 2, ' ');
    if (source.startsWith("/*", at)) return begin(State.BLOCK_COMMENT, 2, ' ');
    if (source.startsWith("\"\"\"", at)) return begin(State.TEXT_BLOCK, 3, '"');
    if (c == '"') return begin(State.STRING, 1, '"');
    if (c == '\'') return begin(State.CHARACTER, 1, '\'');
    masked.append(c);
    return 1;
  }

  private int begin(State next, int length, char mark) {
    state = next;
    masked.repeat(mark, length);
    return length;
  }

  private int end(int length) {
    masked.repeat(state == State.BLOCK_COMMENT ? ' ' : '"', length);
    state = State.CODE;
    return length;
  }

  private int escape(String source, int at) {
    int length = Math.min(2, source.length() - at);
    for (int i = 0; i < length; i++) {
      masked.append(source.charAt(at + i) == '\n' ? '\n' : ' ');
    }
    return length;
  }

  private int hidden(char c, boolean ends) {
    masked.append(c == '\n' ? '\n' : ' ');
    if (ends) state = State.CODE;
    return 1;
  }
}
