package dev.brigade.session.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Code as JShell can analyse it before it runs: a name that is declared only when a cell mentions
/// it stands for a value of its type.
final class AnalysisText {
  private static final Pattern OWNER =
      Pattern.compile("(?<![\\p{javaJavaIdentifierPart}.])(\\$\\d*|[a-z]\\w*)(?=\\s*\\.)");

  private final Preload preload;
  private final ValueTable values;

  AnalysisText(Preload preload, ValueTable values) {
    this.preload = preload;
    this.values = values;
  }

  /// The text with such names before a dot replaced; what follows the last one keeps its length.
  String of(String code) {
    Matcher matcher = OWNER.matcher(code);
    return matcher.replaceAll(
        found -> {
          String type = type(found.group(1));
          return Matcher.quoteReplacement(type == null ? found.group() : "((" + type + ") null)");
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
