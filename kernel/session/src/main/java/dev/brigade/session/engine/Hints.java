package dev.brigade.session.engine;

import dev.brigade.async.Async;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import org.jspecify.annotations.Nullable;

/// What a learner should try after a common mistake.
final class Hints {
  private static final Pattern METHOD = Pattern.compile("(?:method|symbol:\\s+method) (\\w+)\\b");
  private static final Pattern NEVER_THROWN =
      Pattern.compile("exception (\\S+) is never thrown in body of corresponding try statement");
  private static final Pattern UNREPORTED = Pattern.compile("unreported exception (\\S+);");

  /// Where the learner declared a method of a name, for example `In [3]`, or null.
  private final Function<String, @Nullable String> ownMethod;

  Hints(Function<String, @Nullable String> ownMethod) {
    this.ownMethod = ownMethod;
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
              + ".class)");
    }
    Matcher unreported = UNREPORTED.matcher(message);
    if (unreported.find()) {
      return hint(
          "catch "
              + simple(unreported.group(1))
              + " here, or do this inside async(() -> { ... }), where anything may be thrown");
    }
    Matcher method = METHOD.matcher(message);
    if (method.find()) return hidden(method.group(1));
    return Optional.empty();
  }

  /// For a name that nobody has declared.
  Optional<String> forMissing(String symbol) {
    return hint(
        "declare it, or correct the name; what you wrote is kept and works once it is there");
  }

  private Optional<String> hidden(String name) {
    String where = ownMethod.apply(name);
    if (where == null || !facadeNames().contains(name)) return Optional.empty();
    return hint("`" + name + "` here is yours (" + where + "); Brigade's is `Async." + name + "`");
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
