package dev.brigade.async;

import java.io.IOException;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// What woven classes call in place of the JDK's calls that start programs or ask for environment
/// variables: they follow the [Surroundings] of the calling work.
public final class WovenPrograms {
  /// In place of `builder.start()`.
  public static Process start(ProcessBuilder builder) throws IOException {
    Surroundings own = Surroundings.current();
    if (own != null) own.prepare(builder);
    return InheritingProcess.start(builder);
  }

  /// In place of `Runtime.exec(command)`.
  public static Process exec(Runtime runtime, String[] command) throws IOException {
    return start(new ProcessBuilder(command));
  }

  /// In place of `Runtime.exec(line)`, which cuts at spaces and knows no quotes.
  public static Process exec(Runtime runtime, String line) throws IOException {
    if (line.isEmpty()) throw new IllegalArgumentException("Empty command");
    var words = new StringTokenizer(line);
    var command = new String[words.countTokens()];
    for (int i = 0; i < command.length; i++) command[i] = words.nextToken();
    return start(new ProcessBuilder(command));
  }

  /// In place of `System.getenv(name)`.
  public static @Nullable String getenv(String name) {
    Surroundings own = Surroundings.current();
    return own == null ? System.getenv(name) : own.variable(name);
  }

  /// In place of `System.getenv()`.
  public static Map<String, String> getenv() {
    Surroundings own = Surroundings.current();
    return own == null ? System.getenv() : Map.copyOf(own.variables());
  }

  private WovenPrograms() {}
}
