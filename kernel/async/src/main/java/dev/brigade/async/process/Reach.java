package dev.brigade.async.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the variables that a piece of code may read or write: the static fields, not final, of
/// classes whose loader says that they travel, in every method that the code may reach.
///
/// What is made or captured counts with all its instance methods, a static method by itself. A call
/// through reflection is not seen. One walk for one parcel, in one thread.
final class Reach {
  /// A method of a class.
  private record Code(Class<?> owner, String name, String descriptor) {}

  private final Set<Code> seen = new HashSet<>();
  private final Set<Class<?>> made = new HashSet<>();
  private final ArrayDeque<Code> next = new ArrayDeque<>();
  private final Set<Field> read = new LinkedHashSet<>();
  private final Set<Field> written = new LinkedHashSet<>();
  private final Set<Field> told = new HashSet<>();
  private final Map<Class<?>, ClassModel> models;

  /// @param models classes that were looked at before
  Reach(Map<Class<?>, ClassModel> models) {
    this.models = models;
  }

  /// Something of this class is sent.
  void object(Class<?> type) {
    for (Class<?> each = type; each != null && travels(each); each = each.getSuperclass()) {
      if (!made.add(each)) return;
      ClassModel model = model(each);
      if (model == null) return;
      initializer(each);
      for (Class<?> face : each.getInterfaces()) object(face);
      for (MethodModel method : model.methods()) {
        if (!Modifier.isStatic(method.flags().flagsMask())) {
          reach(each, method.methodName().stringValue(), method.methodType().stringValue());
        }
      }
    }
  }

  /// A lambda is sent.
  void lambda(Lambda lambda) {
    method(lambda.owner(), lambda.implementation(), lambda.descriptor());
  }

  private void method(Class<?> owner, String name, String descriptor) {
    if (!travels(owner)) return;
    if (name.equals("<init>")) object(owner);
    initializer(owner);
    reach(owner, name, descriptor);
  }

  private void initializer(Class<?> owner) {
    reach(owner, "<clinit>", "()V");
  }

  private void reach(Class<?> owner, String name, String descriptor) {
    var code = new Code(owner, name, descriptor);
    if (seen.add(code)) next.add(code);
  }

  private static boolean travels(Class<?> type) {
    return type.getClassLoader() instanceof Variables variables && variables.travel(type.getName());
  }

  /// The variables that may be read and were not told before.
  List<Field> newlyRead() {
    walk();
    var found = new ArrayList<>(read);
    read.clear();
    found.removeIf(field -> !told.add(field));
    return found;
  }

  /// The variables that may be written.
  Set<Field> written() {
    walk();
    return written;
  }

  private void walk() {
    Code code;
    while ((code = next.poll()) != null) {
      ClassModel model = model(code.owner());
      if (model == null) continue;
      for (MethodModel method : model.methods()) {
        if (method.methodName().equalsString(code.name())
            && method.methodType().equalsString(code.descriptor())) {
          look(code.owner(), method);
        }
      }
    }
  }

  private void look(Class<?> owner, MethodModel method) {
    ClassLoader loader = owner.getClassLoader();
    method.code().ifPresent(code -> code.forEach(element -> look(loader, element)));
  }

  private void look(ClassLoader loader, CodeElement element) {
    switch (element) {
      case InvokeInstruction call -> {
        Class<?> owner = find(call.owner().asInternalName(), loader);
        if (owner != null) {
          method(owner, call.name().stringValue(), call.type().stringValue());
        }
      }
      case NewObjectInstruction made -> {
        Class<?> type = find(made.className().asInternalName(), loader);
        if (type != null) object(type);
      }
      case FieldInstruction field -> field(loader, field);
      case InvokeDynamicInstruction dynamic -> {
        for (ConstantDesc argument : dynamic.bootstrapArgs()) {
          if (argument instanceof DirectMethodHandleDesc handle) {
            String owner = handle.owner().descriptorString();
            Class<?> type = find(owner.substring(1, owner.length() - 1), loader);
            if (type != null) method(type, handle.methodName(), handle.lookupDescriptor());
          }
        }
      }
      default -> {}
    }
  }

  private void field(ClassLoader loader, FieldInstruction access) {
    boolean reads;
    switch (access.opcode()) {
      case GETSTATIC -> reads = true;
      case PUTSTATIC -> reads = false;
      default -> {
        return;
      }
    }
    Class<?> owner = find(access.owner().asInternalName(), loader);
    if (owner == null || !travels(owner)) return;
    initializer(owner);
    try {
      Field field = owner.getDeclaredField(access.name().stringValue());
      if (Modifier.isFinal(field.getModifiers()) || field.isSynthetic()) return;
      field.setAccessible(true);
      (reads ? read : written).add(field);
    } catch (NoSuchFieldException | LinkageError _) {
      // The code would fail with the same, in the worker.
    }
  }

  private static @Nullable Class<?> find(String internalName, ClassLoader loader) {
    String name = internalName.replace('/', '.');
    if (internalName.startsWith("[")
        || !(loader instanceof Variables variables)
        || !variables.travel(name)) return null;
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError _) {
      return null;
    }
  }

  private @Nullable ClassModel model(Class<?> type) {
    return models.computeIfAbsent(
        type,
        _ -> {
          byte[] bytes = bytes(type);
          return bytes == null ? null : ClassFile.of().parse(bytes);
        });
  }

  /// A class's bytes as its loader has them, or null.
  static byte @Nullable [] bytes(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null) return null;
    try (InputStream in = loader.getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException _) {
      return null;
    }
  }
}
