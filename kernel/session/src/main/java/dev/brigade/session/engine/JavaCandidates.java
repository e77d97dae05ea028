package dev.brigade.session.engine;

import dev.brigade.session.Completions;
import dev.brigade.session.Completions.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.jspecify.annotations.Nullable;

/// Names of Java at the end of a text: JShell finds them and says which fit the type that is
/// expected there, one more analysis describes the ones that are shown. Held entry only.
final class JavaCandidates {
  static final int SHOWN = 200;
  private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierPart}*$");
  private static final String OWN_PACKAGE = "dev.brigade.session.";

  private final Shell shell;
  private final Preload preload;
  private final ValueTable values;
  private final DeclaredNames names;
  private final AnalysisText text;

  JavaCandidates(
      Shell shell, Preload preload, ValueTable values, DeclaredNames names, AnalysisText text) {
    this.shell = shell;
    this.preload = preload;
    this.values = values;
    this.names = names;
    this.text = text;
  }

  /// One name while its place in the list is sought.
  ///
  /// @param fits whether it is of the type that is expected
  private record Found(String text, boolean fits, boolean isOwn) {
    String name() {
      return text.replaceAll("[(<].*", "");
    }

    /// As [Describer] names it.
    String key() {
      int call = text.indexOf('(');
      return call < 0 ? text : text.substring(0, call + 1);
    }

    boolean begins(String typed) {
      return text.startsWith(typed);
    }
  }

  /// The candidates for the end of `before`.
  Completions complete(String before) {
    Matcher matcher = NAME.matcher(before);
    String prefix = matcher.find() ? matcher.group() : "";
    String code = text.of(before);
    // Asked for by the first letter, JShell also names what only resembles the whole.
    int asked = code.length() - Math.max(0, prefix.length() - 1);
    int[] anchor = {-1};
    List<Suggestion> suggestions = shell.analysis().completionSuggestions(code, asked, anchor);
    int replaced = anchor[0] < 0 ? prefix.length() : code.length() - anchor[0];
    String head = code.substring(0, code.length() - replaced);
    String typed = code.substring(code.length() - replaced);
    boolean member = head.stripTrailing().endsWith(".") || head.stripTrailing().endsWith("::");
    List<Found> found = found(suggestions, head, typed, before, member);
    if (!member) {
      found.addAll(waiting(prefix));
      if (!typed.isEmpty() && !typed.contains(".")) found.addAll(keywords(typed, found));
    }
    List<Candidate> candidates = ranked(found, head, typed);
    return new Completions(before.length() - replaced, before.length(), candidates);
  }

  private List<Found> found(
      List<Suggestion> suggestions, String head, String typed, String before, boolean member) {
    Set<String> own = member ? Set.of() : own(before);
    Predicate<String> resembles = resembling(typed);
    Map<String, Found> found = new HashMap<>();
    for (Suggestion each : suggestions) {
      String offered = each.continuation();
      if (!offered.startsWith(typed) && !resembles.test(offered)) continue;
      if (isHidden(head, offered)) continue;
      var now = new Found(offered, each.matchesType(), false);
      var whose = new Found(offered, each.matchesType(), own.contains(now.name()));
      found.merge(offered, whose, (a, b) -> a.fits() ? a : b);
    }
    return new ArrayList<>(found.values());
  }

  /// What the user has declared, and what this cell has named with a small letter.
  private Set<String> own(String before) {
    Set<String> own = names.all().collect(Collectors.toCollection(HashSet::new));
    JavaText.names(before).stream()
        .filter(name -> Character.isLowerCase(name.charAt(0)) && !Keywords.ALL.contains(name))
        .forEach(own::add);
    return own;
  }

  /// Whether the humps of a name begin with those that were typed: `CDL` is `CountDownLatch`.
  private static Predicate<String> resembling(String typed) {
    if (typed.length() < 2 || typed.chars().skip(1).noneMatch(Character::isUpperCase)) {
      return _ -> false;
    }
    String humps =
        Pattern.compile("(?<=.)(?=\\p{Lu})")
            .splitAsStream(typed)
            .map(Pattern::quote)
            .collect(Collectors.joining("[\\p{Ll}\\d_]*", "", ".*"));
    return Pattern.compile(humps, Pattern.DOTALL).asMatchPredicate();
  }

  /// Names that are declared when a cell first mentions them.
  private List<Found> waiting(String prefix) {
    var found = new ArrayList<Found>();
    for (Preload.Live live : preload.waiting()) {
      if (!prefix.isEmpty() && live.name().startsWith(prefix)) {
        found.add(new Found(live.name(), false, true));
      }
    }
    if (prefix.startsWith("$")) {
      for (int number : values.numbers().reversed()) {
        String name = "$" + number;
        if (name.startsWith(prefix)) found.add(new Found(name, false, true));
      }
    }
    return found;
  }

  private static List<Found> keywords(String typed, List<Found> found) {
    Set<String> there = found.stream().map(Found::text).collect(Collectors.toSet());
    return Keywords.ALL.stream()
        .filter(word -> word.startsWith(typed) && !there.contains(word))
        .map(word -> new Found(word, false, false))
        .toList();
  }

  private static boolean isHidden(String head, String text) {
    if (head.endsWith(OWN_PACKAGE)) {
      return Stream.of("display", "comm", "widget").noneMatch(text::startsWith);
    }
    return text.startsWith("$JShell$")
        || text.startsWith("$_")
        || text.startsWith("do_it$")
        || text.startsWith("$run$")
        || text.startsWith("$Own$")
        || text.startsWith(AnalysisText.AROUND);
  }

  private List<Candidate> ranked(List<Found> found, String head, String typed) {
    Comparator<Found> fit =
        Comparator.comparing((Found each) -> !each.begins(typed))
            .thenComparing(each -> !each.fits())
            .thenComparing(each -> !each.isOwn());
    found.sort(
        fit.thenComparing(each -> Keywords.ALL.contains(each.text())).thenComparing(Found::text));
    List<Found> shown = found.subList(0, Math.min(SHOWN, found.size()));
    Map<String, Description> known = described(head, shown);
    return shown.stream()
        .sorted(fit.thenComparing(each -> rank(known.get(each.key()))))
        .map(each -> candidate(each, known.get(each.key())))
        .toList();
  }

  /// What every object has comes last, types before that.
  private static int rank(@Nullable Description known) {
    if (known == null) return 0;
    return known.isInherited() ? 2 : known.isType() ? 1 : 0;
  }

  private Map<String, Description> described(String head, List<Found> shown) {
    Set<String> wanted = shown.stream().map(Found::name).collect(Collectors.toSet());
    wanted.removeAll(Keywords.ALL);
    if (wanted.isEmpty()) return Map.of();
    Map<String, Description> known =
        shell.internals().analyse(head, code -> Describer.describe(code, wanted));
    return known == null ? Map.of() : known;
  }

  private Candidate candidate(Found found, @Nullable Description known) {
    String text = found.text();
    if (Keywords.ALL.contains(text)) return new Candidate(text, "keyword", "");
    if (known != null) return new Candidate(text, known.type(), known.signature());
    for (Preload.Live live : preload.waiting()) {
      if (live.name().equals(text)) {
        return new Candidate(text, "variable", live.source().replaceAll(" =.*", ""));
      }
    }
    if (text.startsWith("$")) {
      String type = values.type(text);
      return new Candidate(text, "variable", type == null ? "" : type + " " + text);
    }
    return new Candidate(text, guessed(text), "");
  }

  private static String guessed(String text) {
    if (text.endsWith(".")) return "package";
    if (text.contains("(")) return "method";
    if (text.startsWith("module ")) return "keyword";
    if (Character.isUpperCase(text.charAt(0)) && !text.toUpperCase().equals(text)) return "class";
    return "variable";
  }
}
