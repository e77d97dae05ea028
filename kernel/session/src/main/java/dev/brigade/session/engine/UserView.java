package dev.brigade.session.engine;

import java.lang.module.ModuleDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What user code sees of this program's classes: the JDK, the runtime, the display API, and what
/// woven code calls. Everything else is as if it were not there, so that a cell may bring another
/// version of any library Brigade itself uses.
final class UserView extends ClassLoader {
  /// Packages that user code may name.
  static final List<String> VISIBLE =
      List.of(
          "dev.brigade.async",
          "dev.brigade.async.trace",
          "dev.brigade.session.comm",
          "dev.brigade.session.display",
          "dev.brigade.session.spi",
          "dev.brigade.session.widget");

  private static final String OF_MAGICS = "dev.brigade.session.";

  // What magics take and give besides.
  private static final Set<String> NAMED_BY_MAGICS =
      Set.of("CellError", "Completions", "MimeBundle");

  private static final String WOVEN_CALLS = "dev.brigade.session.weave";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader application;
  // Built at the first miss of the platform loader, which most sessions never have.
  private volatile @Nullable Set<String> modulePackages;

  UserView(ClassLoader application) {
    super("user view", getPlatformClassLoader());
    this.application = application;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    if (VISIBLE.contains(packageName) || isNamedByMagics(name) || packageName.equals(WOVEN_CALLS)) {
      return application.loadClass(name);
    }
    try {
      return super.loadClass(name, resolve);
    } catch (ClassNotFoundException e) {
      // The application loader also defines modules of the JDK, such as jdk.jshell.
      if (modulePackages().contains(packageName)) return application.loadClass(name);
      throw e;
    }
  }

  /// Whether a class is one that the interface of magics names.
  static boolean isNamedByMagics(String name) {
    if (!name.startsWith(OF_MAGICS)) return false;
    String simple = name.substring(OF_MAGICS.length());
    int nested = simple.indexOf('$');
    return NAMED_BY_MAGICS.contains(nested < 0 ? simple : simple.substring(0, nested));
  }

  private Set<String> modulePackages() {
    Set<String> known = modulePackages;
    if (known == null) {
      known = new HashSet<>();
      for (Module module : ModuleLayer.boot().modules()) {
        ModuleDescriptor descriptor = module.getDescriptor();
        if (descriptor.name().startsWith("j")) known.addAll(module.getPackages());
      }
      modulePackages = known;
    }
    return known;
  }
}
