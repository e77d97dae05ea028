package dev.brigade.session.engine;

import dev.brigade.session.Completions;
import dev.brigade.session.Completions.Candidate;
import dev.brigade.session.spi.Magic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/// Candidates at a cursor. Any thread, also while a cell runs.
final class Completion {
  private static final int SHOWN = 60;
  // Signatures cost an analysis each: only the candidates that are seen first get one.
  private static final int WITH_SIGNATURE = 12;
  private static final Pattern MAGIC = Pattern.compile("(?s).*(?:^|\\n)[ \\t]*(%{1,2})([\\w.-]*)");
  private static final Pattern ARGUMENTS =
      Pattern.compile("(?s).*(?:^|\\n)[ \\t]*%{1,2}([A-Za-z][\\w.-]*)[ \\t]+([^\\n]*)");
  private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierPart}*$");

  private static final String OWN_PACKAGE = "dev.brigade.session.";

  private final Shell shell;
  private final MagicTable magics;
  private final Preload preload;
  private final ValueTable values;
  private final AnalysisText text;

  Completion(Shell shell, MagicTable magics, Preload preload, ValueTable values) {
    this.shell = shell;
    this.magics = magics;
    this.preload = preload;
    this.values = values;
    this.text = new AnalysisText(preload, values);
  }

  Completions complete(String code, int cursor) {
    int at = Math.clamp(cursor, 0, code.length());
    String before = code.substring(0, at);
    Matcher magic = MAGIC.matcher(before);
    if (magic.matches()) return magics(magic, at);
    Matcher arguments = ARGUMENTS.matcher(before);
    if (arguments.matches() && magics.has(arguments.group(1))) {
      Optional<Completions> own = magics.find(arguments.group(1)).complete(arguments.group(2));
      if (own.isPresent()) return own.get().shifted(arguments.start(2));
    }
    preload.loadAll();
    String snippet = lastSnippet(before);
    return shell.enter(() -> java(text.of(snippet), at));
  }

  private Completions magics(Matcher typed, int cursor) {
    var found = new ArrayList<Candidate>();
    for (Magic magic : magics.all()) {
      if (magic.name().startsWith(typed.group(2))) {
        found.add(new Candidate(typed.group(1) + magic.name(), "magic", magic.summary()));
      }
    }
    return new Completions(typed.start(1), cursor, found);
  }

  /// Completion looks at one snippet: the one the cursor stands in.
  private String lastSnippet(String before) {
    List<CellSource.Part> parts = CellSource.parts(before, magics::has);
    if (parts.isEmpty() || !(parts.getLast() instanceof CellSource.Part.Code code)) return "";
    String text =
        before.substring(before.length() - Math.min(before.length(), code.text().length()));
    return shell.enter(
        () -> {
          String rest = text;
          while (true) {
            var info = shell.analysis().analyzeCompletion(rest);
            String remaining =
                info.completeness() == jdk.jshell.SourceCodeAnalysis.Completeness.COMPLETE
                    ? info.remaining()
                    : "";
            if (remaining.isBlank()) return rest;
            rest = remaining;
          }
        });
  }

  private Completions java(String snippet, int cursor) {
    Matcher name = NAME.matcher(snippet);
    String prefix = name.find() ? name.group() : "";
    int[] anchor = {-1};
    List<Suggestion> suggestions =
        shell.analysis().completionSuggestions(snippet, snippet.length(), anchor);
    int replaced = anchor[0] < 0 ? prefix.length() : snippet.length() - anchor[0];
    boolean isMember = snippet.substring(0, snippet.length() - prefix.length()).endsWith(".");
    Map<String, Boolean> texts = new LinkedHashMap<>();
    // Those that fit the expected type come first, the order within is JShell's.
    suggestions.stream()
        .filter(Suggestion::matchesType)
        .forEach(each -> texts.putIfAbsent(each.continuation(), true));
    if (!isMember) own(prefix, texts);
    suggestions.forEach(each -> texts.putIfAbsent(each.continuation(), false));
    var found = new ArrayList<Candidate>();
    String head = snippet.substring(0, snippet.length() - replaced);
    for (String text : texts.keySet()) {
      if (isHidden(head, text)) continue;
      if (found.size() == SHOWN) break;
      found.add(candidate(head, text, found.size() < WITH_SIGNATURE));
    }
    return new Completions(cursor - replaced, cursor, found);
  }

  /// Names that are declared when a cell first mentions them.
  private void own(String prefix, Map<String, Boolean> texts) {
    preload.waiting().stream()
        .map(Preload.Live::name)
        .filter(name -> !prefix.isEmpty() && name.startsWith(prefix))
        .forEach(name -> texts.putIfAbsent(name, false));
    if (prefix.startsWith("$")) {
      values.numbers().reversed().stream()
          .map(number -> "$" + number)
          .filter(name -> name.startsWith(prefix))
          .forEach(name -> texts.putIfAbsent(name, false));
    }
  }

  private static boolean isHidden(String head, String text) {
    if (head.endsWith(OWN_PACKAGE)) return !text.startsWith("display");
    return text.startsWith("$JShell$") || text.startsWith("$_") || text.startsWith("do_it$");
  }

  private Candidate candidate(String head, String text, boolean withSignature) {
    String signature = withSignature ? signature(head + text) : "";
    String type;
    if (text.endsWith("(") || text.endsWith("()")) type = "method";
    else if (Keywords.ALL.contains(text)) type = "keyword";
    else if (Character.isUpperCase(text.charAt(0)) && !text.toUpperCase().equals(text))
      type = "class";
    else type = "variable";
    return new Candidate(text, type, signature);
  }

  private String signature(String code) {
    String call = code.endsWith("()") ? code.substring(0, code.length() - 1) : code;
    if (!call.endsWith("(")) return "";
    List<Documentation> found = shell.analysis().documentation(call, call.length(), false);
    return found.isEmpty() ? "" : found.getFirst().signature();
  }
}
