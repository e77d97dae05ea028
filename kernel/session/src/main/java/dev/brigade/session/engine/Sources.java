package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.session.display.Display;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where sources are besides the JDK's: those of Brigade's own API, which its jars bring along, and
/// of jars of the user that have a `-sources.jar` beside them. Held JShell entry only.
final class Sources implements AutoCloseable {
  private static final String OWN = "META-INF/sources";

  private final Set<Path> jars = new LinkedHashSet<>();
  private final List<Path> roots = new ArrayList<>();
  private final List<FileSystem> open = new ArrayList<>();

  Sources(List<Path> classPath) {
    add(classPath);
  }

  /// More of the user's jars.
  void add(List<Path> paths) {
    jars.addAll(paths);
  }

  /// The directories in which packages begin; those of added jars are opened now.
  List<Path> roots() {
    if (roots.isEmpty()) {
      addRoot(home(Async.class), OWN);
      addRoot(home(Display.class), OWN);
    }
    for (Path jar : jars) {
      String name = String.valueOf(jar.getFileName());
      if (!name.endsWith(".jar")) continue;
      addRoot(jar.resolveSibling(name.replaceFirst("\\.jar$", "-sources.jar")), "/");
    }
    jars.clear();
    return List.copyOf(roots);
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no file holds " + type, e);
    }
  }

  private void addRoot(Path place, String inside) {
    try {
      if (Files.isDirectory(place)) {
        roots.add(place.resolve(inside));
      } else if (Files.isRegularFile(place)) {
        FileSystem jar = FileSystems.newFileSystem(place);
        open.add(jar);
        roots.add(jar.getPath("/").resolve(inside));
      }
    } catch (IOException _) {
      // a broken jar documents nothing
    }
  }

  @Override
  public void close() {
    for (FileSystem each : open) {
      try {
        each.close();
      } catch (IOException _) {
        // nobody reads it any more
      }
    }
  }
}
