package dev.brigade.session.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Says whether a call that names one type means a method of another, as the JVM would resolve it.
/// Any thread.
final class Hierarchy {
  private final ClassLoader loader;
  // Types of the JDK and the runtime never change; types of cells do and are not kept.
  private final Map<String, Class<?>> fixed = new ConcurrentHashMap<>();

  /// @param loader finds the classes of cells and of their jars
  Hierarchy(ClassLoader loader) {
    this.loader = loader;
  }

  /// Finds types for the stack maps of one class. Not kept beyond it: a later cell may redeclare a
  /// type of the same name. What never changes is kept for good.
  ClassHierarchyResolver resolver() {
    ClassHierarchyResolver changing =
        ClassHierarchyResolver.ofResourceParsing(loader)
            .orElse(ClassHierarchyResolver.defaultResolver())
            .cached();
    return type -> {
      String descriptor = type.descriptorString();
      boolean kept =
          descriptor.startsWith("Ljava/") || descriptor.startsWith("Ldev/brigade/async/");
      return (kept ? ClassHierarchyResolver.defaultResolver() : changing).getClassInfo(type);
    };
  }

  /// @param named internal name of the type in the call
  boolean means(String named, WovenCall call) {
    return Boolean.TRUE.equals(resolve(named, call));
  }

  /// Whether a class is the owner of a line or extends it, whatever it declares itself.
  boolean extendsOwner(String type, WovenCall call) {
    if (type.equals(call.owner())) return true;
    if (isFixed(type) || type.isEmpty()) return false;
    ClassModel model = parse(type);
    return model != null
        && model.superclass().map(ClassEntry::asInternalName).stream()
            .anyMatch(parent -> extendsOwner(parent, call));
  }

  /// @return null where a type neither is the line's owner nor declares the method
  private @Nullable Boolean resolve(String type, WovenCall call) {
    if (type.equals(call.owner())) return true;
    if (type.startsWith("[")) return null;
    if (isFixed(type)) {
      Class<?> owner = fixedClass(call.owner());
      Class<?> named = fixedClass(type);
      return owner != null && named != null && owner.isAssignableFrom(named) ? true : null;
    }
    ClassModel model = parse(type);
    if (model == null) return null;
    if (declares(model, call)) return false;
    ClassEntry parent = model.superclass().orElse(null);
    Boolean found = parent == null ? null : resolve(parent.asInternalName(), call);
    for (ClassEntry each : model.interfaces()) {
      if (found == null) found = resolve(each.asInternalName(), call);
    }
    return found;
  }

  private static boolean isFixed(String type) {
    return type.startsWith("java/")
        || type.startsWith("javax/")
        || type.startsWith("jdk/")
        || type.startsWith("dev/brigade/async/");
  }

  private @Nullable Class<?> fixedClass(String type) {
    Class<?> known = fixed.get(type);
    if (known != null) return known;
    try {
      // Only looked at: a class that no cell uses is not initialised for this.
      Class<?> found =
          Class.forName(type.replace('/', '.'), false, Hierarchy.class.getClassLoader());
      fixed.put(type, found);
      return found;
    } catch (ClassNotFoundException | LinkageError _) {
      return null;
    }
  }

  private @Nullable ClassModel parse(String type) {
    try (InputStream in = loader.getResourceAsStream(type + ".class")) {
      return in == null ? null : ClassFile.of().parse(in.readAllBytes());
    } catch (IOException | IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean declares(ClassModel model, WovenCall call) {
    return model.methods().stream()
        .anyMatch(
            method ->
                method.methodName().equalsString(call.name())
                    && method.methodType().stringValue().startsWith("(" + call.parameters() + ")"));
  }
}
