package dev.brigade.session.source;

import java.util.regex.Pattern;

/// The spelling `/name` for the commands that a session knows as `%name`.
public final class SlashCommands {
  private static final Pattern LIST_START = Pattern.compile("list\\s+-start\\b.*");

  private SlashCommands() {}

  /// Writes every line that starts with `/name` as `%name`, in place, so that line numbers stay.
  /// Lines inside a comment or a text block are left alone.
  public static String toMagics(String source) {
    if (source.indexOf('/') < 0) return source;
    var result = new StringBuilder(source.length());
    int copied = 0;
    for (Token token : JavaLexer.tokens(source)) {
      if (token.kind() != Token.Kind.COMMAND || source.charAt(token.start()) != '/') continue;
      if (token.start() < copied) continue;
      int lineEnd = lineEnd(source, token.start());
      result.append(source, copied, token.start()).append(magic(source, token.start(), lineEnd));
      copied = lineEnd;
    }
    return result.append(source, copied, source.length()).toString();
  }

  /// What follows a line break is the next line's.
  static int lineEnd(String source, int from) {
    int end = source.indexOf('\n', from);
    return end < 0 ? source.length() : end;
  }

  private static String magic(String source, int start, int end) {
    String command = source.substring(start + 1, end);
    return LIST_START.matcher(command).matches() ? "%preload" : "%" + command;
  }
}
