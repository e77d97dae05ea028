package dev.brigade.session.engine;

import dev.brigade.async.Surroundings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds a program of the operating system by its name, as a shell does, and Python in particular.
final class ProgramFinder {
  static final String PYTHON = "BRIGADE_PYTHON";

  private final Surroundings surroundings;

  ProgramFinder(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// The Python to run.
  ///
  /// @param named what the user has named, a path or a command; empty for the usual one
  /// @throws CellFailure there is none
  Path python(String named) {
    String chosen = named.isEmpty() ? surroundings.variable(PYTHON) : named;
    if (chosen != null && !chosen.isEmpty()) {
      Path found = find(chosen);
      if (found != null) return found;
      throw CellFailure.of(
          "NoPython",
          "%s names a program that is there, and `%s` is none.%n  right: %%%%python /usr/bin/python3"
              .formatted(named.isEmpty() ? PYTHON : "%%python PATH", chosen));
    }
    for (String name : List.of("python3", "python")) {
      Path found = find(name);
      if (found != null) return found;
    }
    throw CellFailure.of(
        "NoPython",
        "%%python runs Python 3, and neither python3 nor python is in a directory of PATH."
            + " Install it (Debian: apt-get install python3; macOS: brew install python), or name"
            + " one: %%python /path/to/python3, or %env BRIGADE_PYTHON=/path/to/python3");
  }

  /// The program of a name, or of a path that is written with a separator; null if there is none.
  @Nullable Path find(String name) {
    try {
      if (name.contains("/") || name.contains(File.separator) || name.startsWith("~")) {
        Path path = PathWords.path(name, surroundings.directory());
        return isProgram(path) ? path : null;
      }
      String path = surroundings.variable("PATH");
      for (String directory : (path == null ? "" : path).split(File.pathSeparator)) {
        if (directory.isEmpty()) continue;
        for (String ending : List.of("", ".exe")) {
          Path file = surroundings.resolve(Path.of(directory, name + ending));
          if (isProgram(file)) return file;
        }
      }
    } catch (InvalidPathException _) {
      // Nothing can bear such a name.
    }
    return null;
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
