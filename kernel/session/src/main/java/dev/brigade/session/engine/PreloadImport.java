package dev.brigade.session.engine;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One on-demand import of the preload: it knows which names it brings without being evaluated.
final class PreloadImport {
  private final String source;
  private final String target;
  private final @Nullable Set<String> methods;

  private PreloadImport(String source, String target, @Nullable Set<String> methods) {
    this.source = source;
    this.target = target;
    this.methods = methods;
  }

  /// `import name.*;`
  static PreloadImport ofPackage(String name) {
    return new PreloadImport("import " + name + ".*;", name, null);
  }

  /// `import static type.*;`
  static PreloadImport ofMethods(Class<?> type) {
    var names = new HashSet<String>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())) names.add(method.getName());
    }
    return new PreloadImport("import static " + type.getName() + ".*;", type.getName(), names);
  }

  String source() {
    return source;
  }

  /// The package or type whose members it brings.
  String target() {
    return target;
  }

  /// The package of types it brings, or null for one of static methods.
  @Nullable String packageName() {
    return methods == null ? target : null;
  }

  /// Whether a name of a cell may be one that this import brings.
  boolean brings(String name, ClassLoader loader) {
    if (methods != null) return methods.contains(name);
    if (!Character.isUpperCase(name.charAt(0))) return false;
    try {
      Class.forName(target + "." + name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
