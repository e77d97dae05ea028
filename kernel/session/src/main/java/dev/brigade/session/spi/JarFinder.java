package dev.brigade.session.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds jars by coordinates, with all that they need, for `%maven`. Found with
/// [java.util.ServiceLoader] when it is first used: beside the session's own jar in a directory
/// `maven`, whose jars nobody else sees, else on the program's class path.
public interface JarFinder {
  /// What is looked for.
  ///
  /// @param coordinates each `group:artifact[:extension[:classifier]]:version`
  /// @param repositories addresses of repositories besides the usual ones; `id=address` where the
  ///     user's settings have a login for that id
  /// @param offline whether to look on this machine only
  /// @param settings the user's settings; null for the usual file
  record Wish(
      List<String> coordinates,
      List<String> repositories,
      boolean offline,
      @Nullable Path settings) {
    public Wish {
      coordinates = List.copyOf(coordinates);
      repositories = List.copyOf(repositories);
    }
  }

  /// Finds the jars, and waits for the network where it must.
  ///
  /// @param progress gets a line that says how far it is, from any thread
  /// @throws NotFound with a sentence for whoever asked
  List<Path> find(Wish wish, Consumer<String> progress) throws NotFound;

  /// Why there are no jars.
  final class NotFound extends Exception {
    private static final long serialVersionUID = 1L;
    private final String name;

    /// @param name as a cell's error is called
    /// @param message rule, actual value and next step
    public NotFound(String name, String message) {
      super(message);
      this.name = name;
    }

    public String name() {
      return name;
    }

    public String text() {
      return String.valueOf(getMessage());
    }
  }
}
