package dev.brigade.session.engine;

import dev.brigade.session.CellError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/// Says why a snippet did not compile: where, what, and what to do about it.
final class CompileErrors {
  static final String NAME = "CompileError";
  private static final int SHOWN = 5;
  // Javac explains each overload that does not fit; more than this hides the message.
  private static final int DETAILS = 4;
  private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(.*?)\\s*$", Pattern.MULTILINE);

  private final JShell jshell;
  private final Hints hints;
  private final boolean color;

  CompileErrors(JShell jshell, Hints hints, boolean color) {
    this.jshell = jshell;
    this.hints = hints;
    this.color = color;
  }

  /// The errors of a snippet that was refused.
  CellError of(Snippet snippet, String text, SourceMap.Chunk chunk) {
    List<Diag> errors = jshell.diagnostics(snippet).filter(Diag::isError).toList();
    if (errors.isEmpty()) return unresolved(snippet, text, chunk);
    var traceback = new Traceback(color);
    String first = message(errors.getFirst()).getFirst();
    traceback.headline(NAME, first);
    for (Diag error : errors.subList(0, Math.min(SHOWN, errors.size()))) {
      List<String> message = message(error);
      if (error != errors.getFirst()) traceback.text(message.getFirst());
      message.stream()
          .skip(1)
          .limit(DETAILS)
          .forEach(detail -> traceback.text("  " + detail.strip()));
      place(traceback, text, chunk, start(error, text), end(error, text));
      hints.forDiagnostic(error, text).ifPresent(traceback::text);
    }
    if (errors.size() > SHOWN) traceback.faint("and " + (errors.size() - SHOWN) + " more errors");
    return new CellError(NAME, first, traceback.lines());
  }

  /// A declaration that names something nobody has declared.
  CellError unresolved(Snippet snippet, String text, SourceMap.Chunk chunk) {
    List<String> missing =
        snippet instanceof DeclarationSnippet declaration
            ? jshell.unresolvedDependencies(declaration).toList()
            : List.of();
    String what = missing.isEmpty() ? "this does not compile" : "cannot find " + missing.getFirst();
    var traceback = new Traceback(color);
    traceback.headline(NAME, what);
    for (String symbol : missing) {
      if (!symbol.equals(missing.getFirst())) traceback.text("cannot find " + symbol);
      String name = simpleName(symbol);
      int at = find(text, name);
      place(traceback, text, chunk, Math.max(0, at), Math.max(0, at) + name.length());
      hints.forMissing(symbol).ifPresent(traceback::text);
    }
    if (missing.isEmpty()) place(traceback, text, chunk, 0, 1);
    return new CellError(NAME, what, traceback.lines());
  }

  /// Where the mark begins: for a member that is missing, at its name.
  private static int start(Diag diag, String text) {
    long start = diag.getStartPosition();
    int position = (int) Math.max(0, diag.getPosition());
    if (isMember(diag, text, position)) return position + 1;
    return start == Diag.NOPOS ? position : (int) start;
  }

  private static int end(Diag diag, String text) {
    int position = (int) Math.max(0, diag.getPosition());
    int end = (int) diag.getEndPosition();
    if (!isMember(diag, text, position)) return end;
    int last = position + 1;
    while (last < text.length() && Character.isJavaIdentifierPart(text.charAt(last))) last++;
    return last;
  }

  private static boolean isMember(Diag diag, String text, int position) {
    return (diag.getCode().startsWith("compiler.err.cant.resolve")
            || diag.getCode().startsWith("compiler.err.report.access"))
        && position < text.length()
        && text.charAt(position) == '.';
  }

  private void place(Traceback traceback, String text, SourceMap.Chunk chunk, int start, int end) {
    int from = Math.clamp(start, 0, text.length());
    // Past the end means that something is missing there: mark the last thing that is.
    while (from > 0 && from >= text.stripTrailing().length()) from--;
    int lineStart = text.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
    if (from < text.length() && text.charAt(from) == '\n' && from > 0) {
      lineStart = text.lastIndexOf('\n', from - 1) + 1;
    }
    int before = (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    int line = chunk.firstLine() + before + 1;
    // The first line of a snippet may begin in the middle of a line of the cell.
    int shift = before == 0 ? chunk.firstColumn() : 0;
    traceback.place(
        new SourceMap.Position(chunk.source(), line),
        from - lineStart + shift,
        end - lineStart + shift);
  }

  /// The compiler's message: first what is wrong, with what it could not find, then details.
  private static List<String> message(Diag diag) {
    String full = diag.getMessage(Locale.ENGLISH);
    Matcher symbol = SYMBOL.matcher(full);
    String what = symbol.find() ? symbol.group(1) : null;
    var kept = new ArrayList<String>();
    full.lines()
        .filter(
            line -> !line.strip().startsWith("symbol:") && !line.strip().startsWith("location:"))
        .map(CompileErrors::readable)
        .filter(line -> !line.isBlank())
        .forEach(kept::add);
    if (!kept.isEmpty() && kept.getFirst().startsWith("no suitable method")) {
      kept.subList(1, kept.size()).clear();
    }
    if (kept.isEmpty()) kept.add("this does not compile");
    if (what != null) kept.set(0, kept.getFirst().replace("symbol", readable(what)));
    return kept;
  }

  /// Without the packages everybody knows, and without the class that JShell puts around a cell.
  private static String readable(String line) {
    return line.replaceAll(" in class\\s*(?= cannot)", "")
        .replaceAll("\\bjava\\.(?:lang|util|io|util\\.function|util\\.concurrent)\\.(?=[A-Z])", "")
        .replaceAll("\\bdev\\.brigade\\.async\\.(?=[A-Z])", "")
        .replaceAll(";\\s*$", "")
        .stripTrailing();
  }

  private static String simpleName(String symbol) {
    String name = symbol.substring(symbol.lastIndexOf(' ') + 1);
    if (symbol.contains("(")) {
      name = symbol.substring(0, symbol.indexOf('('));
      name = name.substring(name.lastIndexOf(' ') + 1);
    }
    return name;
  }

  private static int find(String text, String name) {
    Matcher matcher =
        Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])")
            .matcher(JavaText.mask(text));
    return matcher.find() ? matcher.start() : -1;
  }
}
