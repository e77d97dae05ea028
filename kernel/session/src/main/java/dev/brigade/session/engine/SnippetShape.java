package dev.brigade.session.engine;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a snippet that declares nothing runs.
///
/// @param expression whether it may have a value
/// @param shown whether a cell shows that value: that of `x = 1` it does not
/// @param identifier whether it is a name and nothing else
/// @param method the name of the method it calls at last, or an empty name
record SnippetShape(boolean expression, boolean shown, boolean identifier, String method) {
  static final SnippetShape STATEMENT = new SnippetShape(false, false, false, "");

  private static final Set<String> STATEMENTS = Set.of("do", "for", "if", "try", "while");
  private static final Set<String> VALUES = Set.of("false", "new", "null", "this", "true");
  // A literal, a parenthesis or a sign.
  private static final Pattern OPENS_VALUE = Pattern.compile("[0-9\"'(!~+-]");
  private static final Pattern NAME =
      Pattern.compile(
          "([\\p{L}_$][\\p{L}\\p{N}_$]*)((?:\\s*\\.\\s*[\\p{L}_$][\\p{L}\\p{N}_$]*)*)\\s*");
  // What no declaration has after its type. Not `<`, which may open type arguments.
  private static final Pattern AFTER_NAME =
      Pattern.compile("\\(|\\[(?!\\s*\\])|[+*/%&|^?=>]|-(?!>)|!=|;|$");
  // A type or a modifier, and what it stands before.
  private static final Pattern DECLARES =
      Pattern.compile(
          "([\\p{L}_$][\\p{L}\\p{N}_$.]*)(?:\\s*\\[\\s*\\])*\\s+([\\p{L}_$][\\p{L}\\p{N}_$]*)");
  private static final Set<String> NO_TYPES =
      Set.of(
          "assert",
          "break",
          "case",
          "continue",
          "default",
          "do",
          "else",
          "goto",
          "import",
          "new",
          "package",
          "return",
          "throw",
          "try",
          "yield");
  private static final Pattern ASSIGNS = Pattern.compile("=(?!=)");

  /// The shape that can be told from a snippet's first words, without a parser; null if it cannot.
  ///
  /// @param source without comments
  static @Nullable SnippetShape evident(String source) {
    String text = JavaText.mask(source);
    if (OPENS_VALUE.matcher(text).lookingAt()) return value(text, false, false);
    Matcher name = NAME.matcher(text);
    if (!name.lookingAt()) return null;
    String first = name.group(1);
    if (STATEMENTS.contains(first)) return STATEMENT;
    if (VALUES.contains(first)) return value(text, false, false);
    if (Keywords.ALL.contains(first)) return null;
    Matcher after = AFTER_NAME.matcher(text).region(name.end(), text.length());
    if (!after.lookingAt()) return null;
    boolean plain = name.group(2).isEmpty();
    boolean ends = after.group().isEmpty() || after.group().equals(";");
    boolean assigns = ASSIGNS.matcher(text).region(name.end(), text.length()).lookingAt();
    return value(text, plain && assigns, plain && ends);
  }

  /// Whether a snippet's first words say that it declares something.
  ///
  /// @param source without comments
  static boolean declares(String source) {
    Matcher words = DECLARES.matcher(source);
    return words.lookingAt()
        && !NO_TYPES.contains(words.group(1))
        && !words.group(2).equals("instanceof");
  }

  private static SnippetShape value(String text, boolean assigns, boolean identifier) {
    return new SnippetShape(true, !assigns, identifier, lastCall(text));
  }

  /// The name before the parentheses that a text ends with.
  private static String lastCall(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ';' || text.charAt(end - 1) == ' ')) end--;
    if (end == 0 || text.charAt(end - 1) != ')') return "";
    int depth = 0;
    int open = end - 1;
    for (; open >= 0; open--) {
      if (text.charAt(open) == ')') depth++;
      if (text.charAt(open) == '(' && --depth == 0) break;
    }
    int start = open;
    while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) start--;
    return open < 0 ? "" : text.substring(start, open);
  }

  /// The shape of a snippet that is parsed; null if JShell has to see it.
  static @Nullable SnippetShape of(StatementTree tree) {
    return switch (tree.getKind()) {
      case EXPRESSION_STATEMENT -> of(((ExpressionStatementTree) tree).getExpression());
      case BLOCK,
          DO_WHILE_LOOP,
          ENHANCED_FOR_LOOP,
          FOR_LOOP,
          IF,
          SWITCH,
          SYNCHRONIZED,
          TRY,
          WHILE_LOOP ->
          STATEMENT;
      default -> null;
    };
  }

  private static SnippetShape of(ExpressionTree expression) {
    boolean assigns =
        expression instanceof AssignmentTree assignment
            && assignment.getVariable() instanceof IdentifierTree;
    String method =
        expression instanceof MethodInvocationTree call ? called(call.getMethodSelect()) : "";
    return new SnippetShape(true, !assigns, expression instanceof IdentifierTree, method);
  }

  private static String called(ExpressionTree method) {
    if (method instanceof IdentifierTree plain) return plain.getName().toString();
    return method instanceof MemberSelectTree member ? member.getIdentifier().toString() : "";
  }
}
