package dev.brigade.async.process;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In a worker: stands for a class loader of the parent process. It asks the parent for each class
/// it does not know, so a worker has what the parent has, also what was added later.
final class RemoteLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  /// Who has a class: a loader, and the class's bytes if both sides do not have it.
  record Found(int loader, byte[] bytes) {}

  /// Asks the parent.
  interface Questions {
    Found find(int loader, String className) throws ClassNotFoundException;

    List<String> resources(int loader, String name);

    RemoteLoader remote(int number);
  }

  private final int number;
  private final Questions questions;

  RemoteLoader(int number, Questions questions) {
    super("parent's loader " + number, ClassLoader.getPlatformClassLoader());
    this.number = number;
    this.questions = questions;
    setDefaultAssertionStatus(true);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Found found = questions.find(number, name);
    if (found.loader() == 0) return ClassLoader.getSystemClassLoader().loadClass(name);
    return questions.remote(found.loader()).define(name, found.bytes());
  }

  private Class<?> define(String name, byte[] bytes) {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
    }
  }

  int number() {
    return number;
  }

  @Override
  protected @Nullable URL findResource(String name) {
    Enumeration<URL> found = findResources(name);
    return found.hasMoreElements() ? found.nextElement() : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    var urls = new ArrayList<URL>();
    for (String each : questions.resources(number, name)) {
      try {
        urls.add(new URI(each).toURL());
      } catch (URISyntaxException | IOException | IllegalArgumentException _) {
        // A kind of place that only the parent's loader can read.
      }
    }
    return Collections.enumeration(urls);
  }
}
