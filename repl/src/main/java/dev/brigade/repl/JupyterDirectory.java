package dev.brigade.repl;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where Jupyter keeps a user's data, by its own rules.
final class JupyterDirectory {
  private JupyterDirectory() {}

  static Path ofUser() {
    return ofUser(System.getenv(), System.getProperty("user.home"), System.getProperty("os.name"));
  }

  static Path ofUser(Map<String, String> environment, String home, String system) {
    String own = environment.getOrDefault("JUPYTER_DATA_DIR", "");
    if (!own.isEmpty()) return Path.of(own);
    if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
      return Path.of(home, "Library", "Jupyter");
    }
    String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
    Path data = xdg.isEmpty() ? Path.of(home, ".local", "share") : Path.of(xdg);
    return data.resolve("jupyter");
  }
}
