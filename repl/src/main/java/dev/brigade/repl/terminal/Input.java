package dev.brigade.repl.terminal;

import dev.brigade.session.source.SlashCommands;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a finished input asks for.
sealed interface Input {
  /// Nothing was typed.
  record Empty() implements Input {}

  /// Code or commands for the session, slash commands already written as magics.
  record Code(String source) implements Input {}

  /// `x?` or `x??`.
  ///
  /// @param detail 1 asks for the source as well
  record Question(String name, int detail) implements Input {}

  /// `/exit`.
  record Leave() implements Input {}

  /// `/help`.
  record Help() implements Input {}

  Pattern QUESTION = Pattern.compile("([\\p{javaJavaIdentifierPart}.]+)\\s*(\\?\\??)");
  Pattern QUESTION_FIRST = Pattern.compile("(\\?\\??)\\s*([\\p{javaJavaIdentifierPart}.]+)");
  Pattern FIRST_PROMPT = Pattern.compile("\\s*(In \\[\\d+]: |jshell> )");
  Pattern PROMPT = Pattern.compile("(?m)^ *(In \\[\\d+]: |jshell> |\\.\\.\\.[:>] ?)");
  Set<String> LEAVE = Set.of("/exit", "/quit", "%exit", "%quit", "exit", "quit");
  Set<String> HELP = Set.of("/help", "%help", "/?", "?", "help");

  static Input of(String input) {
    String typed = withoutPrompts(input);
    String text = typed.strip();
    if (text.isEmpty()) return new Empty();
    if (LEAVE.contains(text)) return new Leave();
    if (HELP.contains(text)) return new Help();
    Matcher question = QUESTION.matcher(text);
    if (question.matches()) return question(question.group(1), question.group(2));
    Matcher questionFirst = QUESTION_FIRST.matcher(text);
    if (questionFirst.matches()) return question(questionFirst.group(2), questionFirst.group(1));
    return new Code(SlashCommands.toMagics(typed));
  }

  /// Text copied from a session, prompts included, can be pasted as it is.
  private static String withoutPrompts(String input) {
    return FIRST_PROMPT.matcher(input).lookingAt() ? PROMPT.matcher(input).replaceAll("") : input;
  }

  private static Input question(String name, String marks) {
    return new Question(name, marks.length() - 1);
  }

  /// Whether the input is a command on one line, which needs nobody to say that it is complete.
  static boolean isOneLine(String typed) {
    return switch (of(typed)) {
      case Empty _, Question _, Leave _, Help _ -> true;
      case Code(String source) ->
          source.startsWith("%") && !source.startsWith("%%") && source.indexOf('\n') < 0;
    };
  }
}
