package dev.brigade.session.engine;

import dev.brigade.async.Async;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /// Where the learner declared a method of a name, for example `In [3]`, or null.
  private final Function<String, @Nullable String> ownMethod;

  private final Supplier<Stream<String>> ownNames;

  /// @param ownNames the names the learner has declared
  Hints(Function<String, @Nullable String> ownMethod, Supplier<Stream<String>> ownNames) {
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
    Matcher method = METHOD.matcher(message);
    if (!method.find()) return hiddenIn(text);
    Optional<String> hidden = hidden(method.group(1));
    if (hidden.isPresent() || !message.startsWith("cannot find symbol")) return hidden;
    return nearest(method.group(1)).flatMap(near -> hint("did you mean `" + near + "`?"));
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
    Optional<String> near = nearest(symbol.replaceAll("\\(.*", "").replaceAll(".* ", ""));
    return hint(
        near.map(name -> "did you mean `" + name + "`? ").orElse("")
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

  private Optional<String> nearest(String name) {
    return Stream.concat(facadeNames().stream(), ownNames.get())
        .filter(known -> !known.equals(name) && MagicTable.distance(known, name) <= 2)
        .filter(known -> MagicTable.distance(known, name) < name.length())
        .min(Comparator.comparingInt(known -> MagicTable.distance(known, name)));
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
