package dev.brigade.session.engine;

import dev.brigade.session.spi.TypeForms;
import java.net.URLClassLoader;
import java.util.HashSet;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;

/// Finds the forms that jars bring for their types: those of Brigade's own class path, and those of
/// the user's, looked through again when it has grown.
final class JarForms {
  private final URLClassLoader user;
  private final TypeForms.Registry registry;
  private final Consumer<String> complain;
  // Guarded by this, but for the count, which is also read without.
  private final Set<String> known = new HashSet<>();
  private boolean looking;
  private volatile int jars;

  /// @param complain hears of what cannot be loaded
  JarForms(URLClassLoader user, TypeForms.Registry registry, Consumer<String> complain) {
    this.user = user;
    this.registry = registry;
    this.complain = complain;
  }

  /// Adds what Brigade's own class path has; it takes milliseconds that no cell should wait for.
  synchronized void lookAtOwn() {
    add(JarForms.class.getClassLoader());
  }

  /// Adds what has come to the user's class path since the last look.
  void look() {
    int now = user.getURLs().length;
    if (now != jars) look(now);
  }

  private synchronized void look(int now) {
    // Forms that show something while they are added would come back here.
    if (looking || now == jars) return;
    looking = true;
    try {
      add(user);
    } finally {
      jars = now;
      looking = false;
    }
  }

  private void add(ClassLoader loader) {
    Iterator<ServiceLoader.Provider<TypeForms>> found =
        ServiceLoader.load(TypeForms.class, loader).stream().iterator();
    while (true) {
      try {
        if (!found.hasNext()) return;
        ServiceLoader.Provider<TypeForms> each = found.next();
        if (known.add(each.type().getName())) each.get().addTo(registry);
      } catch (Exception | ServiceConfigurationError | LinkageError e) {
        complain.accept("Forms that a jar brings cannot be used: " + e);
      }
    }
  }
}
