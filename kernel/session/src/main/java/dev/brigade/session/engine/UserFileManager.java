package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.session.display.Display;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/// What the compiler and completion see: the JDK, the packages of [UserView#VISIBLE], and the
/// user's class path.
final class UserFileManager extends ForwardingJavaFileManager<StandardJavaFileManager>
    implements StandardJavaFileManager {
  private static final String SESSION = "dev.brigade.session";
  private static final String OWN = "dev.brigade";
  // Public because woven classes call it, and nothing a learner should find.
  private static final String HIDDEN = "Woven";

  UserFileManager(StandardJavaFileManager standard, List<Path> classPath) {
    super(standard);
    try {
      standard.setLocationFromPaths(StandardLocation.CLASS_PATH, compilePath(classPath));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Collection<Path> compilePath(List<Path> classPath) {
    var paths = new LinkedHashSet<Path>();
    for (Class<?> own : List.of(EventLoop.class, Display.class)) {
      try {
        paths.add(Path.of(own.getProtectionDomain().getCodeSource().getLocation().toURI()));
      } catch (URISyntaxException e) {
        throw new IllegalStateException("no file holds " + own, e);
      }
    }
    paths.addAll(classPath);
    return paths;
  }

  /// Adds to the user's class path.
  void add(List<Path> more) {
    var paths = new ArrayList<Path>();
    getLocationAsPaths(StandardLocation.CLASS_PATH).forEach(paths::add);
    paths.addAll(more);
    try {
      setLocationFromPaths(StandardLocation.CLASS_PATH, paths);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// JShell sets the class path of this whole program whenever something is added to it.
  @Override
  public boolean handleOption(String option, Iterator<String> rest) {
    if (!option.equals("-classpath")) return super.handleOption(option, rest);
    rest.next();
    return true;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (location != StandardLocation.CLASS_PATH || !packageName.startsWith(OWN)) {
      return super.list(location, packageName, kinds, recurse);
    }
    boolean ofMagics = packageName.equals(SESSION);
    if (!ofMagics && !UserView.VISIBLE.contains(packageName)) return List.of();
    var shown = new ArrayList<JavaFileObject>();
    for (JavaFileObject file : super.list(location, packageName, kinds, false)) {
      if (file.isNameCompatible(HIDDEN, JavaFileObject.Kind.CLASS)) continue;
      String name = ofMagics ? inferBinaryName(location, file) : null;
      if (!ofMagics || name != null && UserView.isNamedByMagics(name)) shown.add(file);
    }
    return shown;
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(
      Iterable<? extends File> files) {
    return fileManager.getJavaFileObjectsFromFiles(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
    return fileManager.getJavaFileObjects(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
    return fileManager.getJavaFileObjectsFromStrings(names);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
    return fileManager.getJavaFileObjects(names);
  }

  @Override
  public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
    fileManager.setLocation(location, files);
  }

  @Override
  public void setLocationFromPaths(Location location, Collection<? extends Path> paths)
      throws IOException {
    fileManager.setLocationFromPaths(location, paths);
  }

  @Override
  public Iterable<? extends File> getLocation(Location location) {
    return fileManager.getLocation(location);
  }

  @Override
  public Iterable<? extends Path> getLocationAsPaths(Location location) {
    return fileManager.getLocationAsPaths(location);
  }

  @Override
  public Path asPath(FileObject file) {
    return fileManager.asPath(file);
  }
}
