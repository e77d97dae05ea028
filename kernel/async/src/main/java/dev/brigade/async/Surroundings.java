package dev.brigade.async;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A working directory and environment variables for the work of some [Origin], in place of those
/// of this process, which a JVM cannot change. Programs that the work starts get them, relative
/// paths of [AsyncFiles] begin there, and calls of cells ask them. Any thread.
public final class Surroundings {
  private final Path home = Path.of("").toAbsolutePath();
  // What differs from the process's own; empty text in `gone` means taken away.
  private final Map<String, String> changed = new ConcurrentHashMap<>();
  private final Map<String, Boolean> gone = new ConcurrentHashMap<>();
  private volatile Path directory = home;

  /// The surroundings of the calling thread's work; null where they are the process's own.
  public static @Nullable Surroundings current() {
    Origin origin = Origin.current();
    return origin == null ? null : origin.surroundings();
  }

  /// The directory in which relative paths begin, absolute.
  public Path directory() {
    return directory;
  }

  /// Sets the directory in which relative paths begin.
  public void directory(Path next) {
    directory = directory.resolve(next).normalize();
  }

  /// A path, made absolute.
  public Path resolve(Path path) {
    return directory.resolve(path).normalize();
  }

  /// A path as the calling thread's work means it.
  static Path here(Path path) {
    Surroundings own = current();
    return own == null || own.directory.equals(own.home) ? path : own.directory.resolve(path);
  }

  /// An environment variable, or null.
  public @Nullable String variable(String name) {
    if (gone.containsKey(name)) return null;
    String own = changed.get(name);
    return own == null ? System.getenv(name) : own;
  }

  /// All environment variables, by name.
  public Map<String, String> variables() {
    var all = new TreeMap<>(System.getenv());
    all.putAll(changed);
    all.keySet().removeAll(gone.keySet());
    return all;
  }

  /// Sets an environment variable; null takes it away.
  public void variable(String name, @Nullable String value) {
    if (value == null) {
      gone.put(name, true);
      changed.remove(name);
    } else {
      changed.put(name, value);
      gone.remove(name);
    }
  }

  /// Gives a program to be started directory and variables, where its builder does not say
  /// otherwise.
  public void prepare(ProcessBuilder builder) {
    if (!directory.equals(home)) {
      File given = builder.directory();
      if (given == null) builder.directory(directory.toFile());
      else if (!given.isAbsolute()) builder.directory(directory.resolve(given.toPath()).toFile());
    }
    if (changed.isEmpty() && gone.isEmpty()) return;
    Map<String, String> variables = builder.environment();
    changed.forEach(
        (name, value) -> {
          if (isUntouched(variables, name)) variables.put(name, value);
        });
    for (String name : gone.keySet()) if (isUntouched(variables, name)) variables.remove(name);
  }

  private static boolean isUntouched(Map<String, String> variables, String name) {
    return Objects.equals(variables.get(name), System.getenv(name));
  }
}
