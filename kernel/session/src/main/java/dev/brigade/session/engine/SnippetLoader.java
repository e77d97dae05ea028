package dev.brigade.session.engine;

import dev.brigade.async.process.Variables;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Loads the classes of cells and the jars of the user's class path. The variables of cells travel
/// with code that is sent to another process.
final class SnippetLoader extends URLClassLoader implements Variables {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> declared = new ConcurrentHashMap<>();

  SnippetLoader(ClassLoader application, List<Path> classPath) {
    super("cells", new URL[0], new UserView(application));
    setDefaultAssertionStatus(true);
    classPath.forEach(this::add);
  }

  void add(Path path) {
    try {
      addURL(path.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a place to load classes from: " + path, e);
    }
  }

  /// Makes a class known; it is defined when it is first asked for.
  void declare(String name, byte[] bytes) {
    declared.put(name, bytes);
  }

  @Override
  public boolean travel(String className) {
    return SourceMap.isSnippetClass(className);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = declared.get(name);
    return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    if (name.endsWith(".class")) {
      byte[] bytes = declared.get(name.substring(0, name.length() - 6).replace('/', '.'));
      if (bytes != null) return new ByteArrayInputStream(bytes);
    }
    return super.getResourceAsStream(name);
  }
}
