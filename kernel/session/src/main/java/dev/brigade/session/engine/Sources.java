package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.session.display.Display;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where sources are besides the JDK's: those of Brigade's own API, which its jars bring along, and
/// of jars of the user that have a `-sources.jar` beside them; where there is none, the pages of a
/// `-javadoc.jar`. Held JShell entry only.
final class Sources implements AutoCloseable {
  private static final String OWN = "META-INF/sources";

  // Those without documentation so far: it may still be on its way.
  private final Set<Path> jars = new LinkedHashSet<>();
  private final List<Path> roots = new ArrayList<>();
  private final List<Path> pages = new ArrayList<>();
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
    jars.removeIf(this::isDocumented);
    return List.copyOf(roots);
  }

  /// The directories in which the pages of packages begin, of the jars that [#roots()] has found.
  List<Path> pages() {
    return List.copyOf(pages);
  }

  /// Whether there is nothing more to look for beside a jar.
  private boolean isDocumented(Path jar) {
    String name = String.valueOf(jar.getFileName());
    if (!name.endsWith(".jar")) return true;
    String stem = name.substring(0, name.length() - ".jar".length());
    Path sources = jar.resolveSibling(stem + "-sources.jar");
    if (Files.isRegularFile(sources)) {
      addRoot(sources, "/");
      return true;
    }
    Path javadoc = jar.resolveSibling(stem + "-javadoc.jar");
    if (!Files.isRegularFile(javadoc)) return false;
    addPages(javadoc);
    return true;
  }

  /// The pages of a module are in a directory of its name.
  private void addPages(Path jar) {
    try {
      FileSystem opened = FileSystems.newFileSystem(jar);
      open.add(opened);
      Path top = opened.getPath("/");
      pages.add(top);
      try (DirectoryStream<Path> all = Files.newDirectoryStream(top)) {
        for (Path each : all) {
          if (Files.isRegularFile(each.resolve("module-summary.html"))) pages.add(each);
        }
      }
    } catch (IOException _) {
      // a broken jar documents nothing
    }
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
