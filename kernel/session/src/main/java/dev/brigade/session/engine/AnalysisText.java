package dev.brigade.session.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.jspecify.annotations.Nullable;

/// Code as JShell can analyse it before it runs. JShell looks at one snippet, and knows only what
/// was evaluated: what a cell declares before the cursor is put around the snippet at the cursor,
/// and a name that is declared only when a cell mentions it stands for a value of its type.
final class AnalysisText {
  /// The class that stands around the snippets of one cell.
  static final String AROUND = "$Cell$";

  private static final String OPENING = "class " + AROUND + " {\n";
  private static final String BODY = "void $run$() throws Throwable {\n";
  private static final String INNER = "class $Own$ {\n";
  private static final Pattern OWNER =
      Pattern.compile("(?<![\\p{javaJavaIdentifierPart}.])(\\$\\d*|[a-z]\\w*)(?=\\s*\\.)");
  private static final Pattern TYPE =
      Pattern.compile(
          "\\s*(?:@\\w+\\s+|(?:public|private|protected|static|final|abstract|sealed|non-sealed)\\s+)*"
              + "(?:class|interface|enum|record|@interface)\\s+\\w[\\s\\S]*");
  private static final Pattern METHOD =
      Pattern.compile(
          "\\s*(?!(?:return|new|else|throw|assert|yield|case)\\b)"
              + "(?:<[^>]+>\\s*)?(?:[\\w.]+(?:<[^(){};=]*>)?(?:\\[])*\\s+)+\\w+\\s*\\([^(){};]*\\)\\s*"
              + "(?:throws\\s+[\\w.,\\s]+)?\\{[\\s\\S]*");
  private static final Pattern IMPORT =
      Pattern.compile("\\s*import\\s+((?:\\w+\\.)+(\\p{Lu}\\w*))\\s*;\\s*");

  private final Shell shell;
  private final Preload preload;
  private final ValueTable values;

  AnalysisText(Shell shell, Preload preload, ValueTable values) {
    this.shell = shell;
    this.preload = preload;
    this.values = values;
  }

  /// What stands before a cursor, with its end unchanged. Held entry only.
  String of(String before) {
    List<String> pieces = pieces(before);
    if (pieces.isEmpty()) return "";
    String last = withTypes(pieces.removeLast());
    if (pieces.isEmpty() || isImport(last)) return last;
    var around = new StringBuilder();
    var inside = new StringBuilder();
    var imported = new LinkedHashMap<String, String>();
    for (String piece : pieces) {
      String masked = JavaText.mask(piece);
      Matcher type = IMPORT.matcher(masked);
      if (type.matches()) imported.put(type.group(2), type.group(1));
      else if (isImport(piece)) continue;
      else if (isDeclaration(masked)) around.append(qualified(piece, imported)).append('\n');
      else inside.append(qualified(withTypes(piece), imported)).append('\n');
    }
    String inner = METHOD.matcher(JavaText.mask(last)).matches() ? INNER : "";
    return OPENING + around + BODY + inside + inner + qualified(last, imported);
  }

  private static boolean isImport(String piece) {
    return JavaText.mask(piece).stripLeading().startsWith("import ");
  }

  private static boolean isDeclaration(String masked) {
    return TYPE.matcher(masked).matches() || METHOD.matcher(masked).matches();
  }

  /// No import can stand inside a class. A name at the very end is still being written.
  private static String qualified(String code, Map<String, String> imported) {
    String text = code;
    for (Map.Entry<String, String> each : imported.entrySet()) {
      text =
          text.replaceAll(
              "(?<![\\w$.])" + each.getKey() + "(?![\\w$])(?=[\\s\\S])",
              Matcher.quoteReplacement(each.getValue()));
    }
    return text;
  }

  private List<String> pieces(String code) {
    var pieces = new ArrayList<String>();
    String rest = code;
    while (true) {
      CompletionInfo info = shell.analysis().analyzeCompletion(rest);
      String remaining = info.completeness() == Completeness.COMPLETE ? info.remaining() : "";
      if (remaining.isBlank()) {
        // A new snippet begins after a complete one.
        boolean ended =
            info.completeness() == Completeness.COMPLETE
                && (rest.stripTrailing().endsWith(";") || rest.stripTrailing().endsWith("}"));
        pieces.add(rest);
        if (ended) pieces.add("");
        return pieces;
      }
      pieces.add(rest.substring(0, rest.length() - remaining.length()));
      rest = remaining;
    }
  }

  private String withTypes(String code) {
    return OWNER
        .matcher(code)
        .replaceAll(
            found -> {
              String type = type(found.group(1));
              return Matcher.quoteReplacement(
                  type == null ? found.group() : "((" + type + ") null)");
            });
  }

  private @Nullable String type(String name) {
    if (name.startsWith("$")) return values.type(name);
    return preload.waiting().stream()
        .filter(live -> live.name().equals(name))
        .map(live -> live.source().substring(0, live.source().indexOf(' ')))
        .findFirst()
        .orElse(null);
  }
}
