package dev.brigade.session;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a session is opened.
///
/// @param dataDirectory where history and progress live; null keeps them in memory
/// @param classPath jars and directories user code sees besides Brigade's own
/// @param color whether tracebacks carry ANSI colours
/// @param text how pictures are written as text, asked whenever one is
public record SessionOptions(
    @Nullable Path dataDirectory, List<Path> classPath, boolean color, Supplier<TextStyle> text) {
  public SessionOptions {
    classPath = List.copyOf(classPath);
  }

  /// With pictures for `text/plain`.
  public SessionOptions(@Nullable Path dataDirectory, List<Path> classPath, boolean color) {
    this(dataDirectory, classPath, color, () -> TextStyle.PLAIN);
  }

  public static SessionOptions inMemory() {
    return new SessionOptions(null, List.of(), true);
  }

  /// The user's own data directory: `BRIGADE_DATA`, else `$XDG_DATA_HOME/brigade`, else
  /// `~/.local/share/brigade`.
  public static Path userDataDirectory() {
    String own = System.getenv("BRIGADE_DATA");
    if (own != null && !own.isEmpty()) return Path.of(own);
    String xdg = System.getenv("XDG_DATA_HOME");
    return (xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(xdg))
        .resolve("brigade");
  }
}
