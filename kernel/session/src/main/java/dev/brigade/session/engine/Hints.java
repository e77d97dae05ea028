package dev.brigade.session.engine;

import dev.brigade.async.Async;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import org.jspecify.annotations.Nullable;

/// What a learner should try after a common mistake.
final class Hints {
  private static final Pattern METHOD = Pattern.compile("(?:method|symbol:\\s+method) (\\w+)\\b");
  private static final Pattern NEVER_THROWN =
      Pattern.compile("exception (\\S+) is never thrown in body of corresponding try statement");
  private static final Pattern NOT_AWAITED =
      Pattern.compile(
          "incompatible types: (?:dev\\.brigade\\.async\\.)?(?:Coroutine|Task|Promise)<.*cannot be"
              + " converted|bad operand types? .*(?:Coroutine|Task|Promise)<",
          Pattern.DOTALL);
  private static final Pattern CALL = Pattern.compile("\\b(\\w+)\\s*\\(");
  private static final Pattern UNREPORTED = Pattern.compile("unreported exception (\\S+);");

  private static final Pattern SYMBOL =
      Pattern.compile("symbol:\\s+(class|variable|method|interface) (\\w+)");
  private static final List<String> COMMON =
      List.of(
          "String",
          "Integer",
          "Double",
          "Boolean",
          "Character",
          "Long",
          "Object",
          "List",
          "Map",
          "Set",
          "ArrayList",
          "HashMap",
          "System",
          "Math",
          "Thread",
          "Runnable",
          "Callable");

  /// Where the learner declared a method of a name, for example `In [3]`, or null.
  private final Function<String, @Nullable String> ownMethod;

  private final Supplier<Stream<String>> ownNames;

  /// The full names of types by their simple name.
  private final Function<String, List<String>> packages;

  /// @param ownNames the names the learner has declared
  Hints(
      Function<String, @Nullable String> ownMethod,
      Supplier<Stream<String>> ownNames,
      Function<String, List<String>> packages) {
    this.packages = packages;
    this.ownMethod = ownMethod;
    this.ownNames = ownNames;
  }

  /// For an error of the compiler.
  Optional<String> forDiagnostic(Diag error, String text) {
    String message = error.getMessage(Locale.ENGLISH);
    Matcher never = NEVER_THROWN.matcher(message);
    if (never.find() && text.contains("await(")) {
      String type = simple(never.group(1));
      return hint(
          "await declares no checked exception. To catch this one by name, say so: await(x, "
              + type
              + ".class)\n    wrong: try { await(x); } catch ("
              + type
              + " e) { ... }\n    right: try { await(x, "
              + type
              + ".class); } catch ("
              + type
              + " e) { ... }");
    }
    Matcher unreported = UNREPORTED.matcher(message);
    if (unreported.find()) {
      return hint(
          "catch "
              + simple(unreported.group(1))
              + " here, or do this inside async(() -> { ... }), where anything may be thrown");
    }
    if (NOT_AWAITED.matcher(message).find()) {
      return hint(
          "a coroutine, task or promise is not its result yet: write await(...) around it"
              + "\n    wrong: int n = work();"
              + "\n    right: int n = await(work());");
    }
    if (message.startsWith("no suitable method found for await(")) {
      return hint(
          "await takes a Coroutine, Task, Promise or a future; if this is a plain value already,"
              + " use it without await");
    }
    if (message.contains("effectively final")) {
      return hint(
          "a lambda sees a variable only if it never changes: copy it first (`int n = i;`) and use"
              + " the copy");
    }
    if (message.startsWith("cannot find symbol")) return missing(error, message, text);
    Matcher method = METHOD.matcher(message);
    Optional<String> hidden = method.find() ? hidden(method.group(1)) : hiddenIn(text);
    if (hidden.isPresent()) return hidden;
    return Mistakes.advice(message, marked(error, text)).flatMap(Hints::hint);
  }

  private static String marked(Diag error, String text) {
    int start = Math.clamp(error.getStartPosition(), 0, text.length());
    int end = Math.clamp(error.getEndPosition(), start, text.length());
    return text.substring(start, end);
  }

  private Optional<String> missing(Diag error, String message, String text) {
    Matcher symbol = SYMBOL.matcher(message);
    if (!symbol.find()) return Optional.empty();
    String name = symbol.group(2);
    if (symbol.group(1).equals("class")) return missingType(name);
    Optional<String> hidden = hidden(name);
    if (hidden.isPresent()) return hidden;
    // The members of other types are not known here, but some are looked for in vain by everyone.
    int at = (int) error.getPosition();
    if (at >= 0 && at < text.length() && text.charAt(at) == '.') return member(name, message);
    if (symbol.group(1).equals("variable") && Character.isUpperCase(name.charAt(0))) {
      Optional<String> type = missingType(name);
      if (type.isPresent()) return type;
    }
    return nearest(name, text).flatMap(near -> hint("did you mean `" + near + "`?"));
  }

  private static Optional<String> member(String name, String message) {
    boolean array = message.contains("[]");
    boolean string = message.matches("(?s).*(?:class|of type) (?:java\\.lang\\.)?String\\b.*");
    return switch (name) {
      case "length" ->
          array
              ? hint("an array's length is no method: write array.length")
              : hint("a text has length(), an array length, a collection size()");
      case "size" -> string ? hint("a text has length(), a collection size()") : Optional.empty();
      case "len", "count" -> hint("a text has length(), an array length, a collection size()");
      case "append", "push" -> hint("a list has add(value)");
      case "printn", "printline", "printLn", "prinltn" -> hint("did you mean `println`?");
      default -> Optional.empty();
    };
  }

  /// A type that nobody has declared: which import brings it, or which name was meant.
  private Optional<String> missingType(String name) {
    List<String> known = packages.apply(name);
    if (!known.isEmpty()) {
      return hint(
          (known.size() == 1 ? "it needs an import: " : "it needs an import, one of: ")
              + known.stream()
                  .limit(3)
                  .map(each -> "import " + each + ";")
                  .collect(Collectors.joining("  ")));
    }
    return Stream.concat(COMMON.stream(), ownNames.get())
        .filter(each -> !each.equals(name) && Character.isUpperCase(each.charAt(0)))
        .filter(each -> each.equalsIgnoreCase(name) || MagicTable.distance(each, name) <= 1)
        .findFirst()
        .flatMap(near -> hint("did you mean `" + near + "`?"));
  }

  /// For what a running cell has thrown, where the JDK does not say the rule itself.
  static Optional<String> forThrown(Throwable thrown) {
    boolean unlock =
        thrown instanceof IllegalMonitorStateException
            && Stream.of(thrown.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith(".ReentrantLock"));
    if (!unlock) return Optional.empty();
    return hint(
        "a ReentrantLock is unlocked by the thread that holds it, and this one does not: each"
            + " lock() has one unlock()"
            + "\n    wrong: threadLock.unlock();"
            + "\n    right: threadLock.lock(); try { ... } finally { threadLock.unlock(); }");
  }

  /// For a name that nobody has declared.
  Optional<String> forMissing(String symbol) {
    String name = symbol.replaceAll("\\(.*", "").replaceAll(".* ", "");
    if (symbol.startsWith("class ")) {
      Optional<String> type = missingType(name);
      if (type.isPresent()) return type;
    }
    Optional<String> near = nearest(name, "");
    return hint(
        near.map(each -> "did you mean `" + each + "`? ").orElse("")
            + "What you wrote is kept, and works once everything it names is declared");
  }

  /// The first call in the text to a method that hides one of the facade's.
  private Optional<String> hiddenIn(String text) {
    return CALL.matcher(text)
        .results()
        .map(call -> hidden(call.group(1)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> hidden(String name) {
    String where = ownMethod.apply(name);
    if (where == null || !facadeNames().contains(name)) return Optional.empty();
    return hint("`" + name + "` here is yours (" + where + "); Brigade's is `Async." + name + "`");
  }

  private Optional<String> nearest(String name, String text) {
    Stream<String> known = Stream.concat(facadeNames().stream(), ownNames.get());
    return Stream.concat(known, JavaText.names(text).stream())
        .filter(each -> !Keywords.ALL.contains(each))
        .filter(each -> !each.equals(name) && MagicTable.distance(each, name) <= name.length() / 3)
        .filter(each -> MagicTable.distance(each, name) < Math.min(name.length(), each.length()))
        .min(Comparator.comparingInt(each -> MagicTable.distance(each, name)));
  }

  private static Set<String> facadeNames() {
    var names = new HashSet<String>();
    for (Method method : Async.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())) names.add(method.getName());
    }
    return names;
  }

  private static Optional<String> hint(String text) {
    return Optional.of("  hint: " + text);
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }
}
