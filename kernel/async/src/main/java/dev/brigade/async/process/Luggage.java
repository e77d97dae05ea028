package dev.brigade.async.process;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Explains why something cannot be sent: what it is, and by which way it was reached.
final class Luggage {
  private static final int DEPTH = 12;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Luggage() {}

  /// @param variable the variable that was being written, or null for the code itself
  static CannotTravel refused(Object code, @Nullable Field variable, Throwable error) {
    if (!(code instanceof Serializable)) return notAJob(code, error);
    String what = variable == null ? "" : "the variable `" + variable.getName() + "`";
    Object root = code;
    if (variable != null) {
      root = value(variable, null);
      if (root == null) root = code;
    }
    if (error instanceof NotSerializableException
        || error instanceof java.io.InvalidClassException) {
      return travelsNot(what, root, error);
    }
    return new CannotTravel(
        "this job cannot be sent to another process: packing "
            + (what.isEmpty() ? "it" : what)
            + " failed with "
            + error,
        error);
  }

  private static CannotTravel notAJob(Object code, Throwable error) {
    return new CannotTravel(
        "code for another process must be serialisable, and this is "
            + article(code.getClass())
            + ".\n  wrong: Callable<Integer> job = () -> 1; pool.submit(job)\n"
            + "  right: Job<Integer> job = () -> 1; pool.submit(job)   // or pool.submit(() -> 1)",
        error);
  }

  private static CannotTravel travelsNot(String what, Object root, Throwable error) {
    String message = error.getMessage();
    String type = message == null ? "an object" : message.replaceAll(";.*", "");
    String way = new Luggage().way(root, type, 0);
    String subject =
        what.isEmpty()
            ? way == null ? "something it captured" : way
            : what + (way == null || way.isEmpty() ? "" : ", in " + way);
    return new CannotTravel(
        "a job for another process takes along, by value, what it uses; "
            + subject
            + " of type "
            + name(type)
            + " cannot travel: "
            + reason(error)
            + ". Open or make it inside the job, or send plain data (numbers, strings, lists,"
            + " records) instead."
            + "\n  wrong: var file = new FileReader(name); pool.submit(() -> count(file))"
            + "\n  right: pool.submit(() -> { try (var file = new FileReader(name)) { return"
            + " count(file); } })",
        error);
  }

  private static String reason(Throwable error) {
    return error instanceof NotSerializableException
        ? "its class is not serialisable"
        : String.valueOf(error.getMessage());
  }

  static String unsendableResult(@Nullable Object result, Throwable error) {
    String type = error.getMessage() == null ? "an object" : error.getMessage();
    String way = result == null ? null : new Luggage().way(result, type, 0);
    return "the job ended, and its result"
        + (way == null || way.isEmpty() ? "" : ", in " + way + ",")
        + " of type "
        + name(type)
        + " cannot travel back: "
        + (error instanceof NotSerializableException ? "its class is not serialisable" : error)
        + ". Return plain data (numbers, strings, lists, records) instead.";
  }

  /// From an object to the first one of a type: empty if it is that itself, null if not found.
  private @Nullable String way(Object from, String type, int depth) {
    if (from.getClass().getName().equals(type)) return "";
    if (depth > DEPTH || !seen.add(from)) return null;
    if (from instanceof Map<?, ?> map) {
      String way = each(map.keySet(), "a key", type, depth);
      return way != null ? way : each(map.values(), "a value", type, depth);
    }
    if (from instanceof Collection<?> collection) return each(collection, "element", type, depth);
    if (from instanceof Object[] array) {
      return each(java.util.Arrays.asList(array), "element", type, depth);
    }
    SerializedLambda lambda = lambda(from);
    if (lambda != null) return captured(lambda, from.getClass().getClassLoader(), type, depth);
    for (Class<?> each = from.getClass(); each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())
            || Modifier.isTransient(field.getModifiers())
            || field.getType().isPrimitive()) continue;
        Object value = value(field, from);
        String way = value == null ? null : way(value, type, depth + 1);
        if (way != null) {
          return join("field `" + each.getSimpleName() + "." + field.getName() + "`", way);
        }
      }
    }
    return null;
  }

  private @Nullable String each(Collection<?> items, String role, String type, int depth) {
    int index = 0;
    for (Object item : items) {
      String way = item == null ? null : way(item, type, depth + 1);
      if (way != null) return join(role.equals("element") ? role + " " + index : role, way);
      index++;
    }
    return null;
  }

  private @Nullable String captured(
      SerializedLambda lambda, @Nullable ClassLoader loader, String type, int depth) {
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      Object value = lambda.getCapturedArg(i);
      String way = value == null ? null : way(value, type, depth + 1);
      if (way == null) continue;
      String name = loader == null ? null : CapturedNames.name(lambda, i, loader);
      return join(name == null ? "a captured variable" : "captured variable `" + name + "`", way);
    }
    return null;
  }

  private static String join(String step, String rest) {
    return rest.isEmpty() ? step : step + ", " + rest;
  }

  /// A lambda's own view of itself, or null.
  static @Nullable SerializedLambda lambda(Object object) {
    if (!object.getClass().isHidden()) return null;
    try {
      Method replace = object.getClass().getDeclaredMethod("writeReplace");
      replace.setAccessible(true);
      return replace.invoke(object) instanceof SerializedLambda lambda ? lambda : null;
    } catch (ReflectiveOperationException | RuntimeException _) {
      return null;
    }
  }

  private static @Nullable Object value(Field field, @Nullable Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (ReflectiveOperationException | RuntimeException _) {
      return null; // a field of the JDK's
    }
  }

  private static String article(Class<?> type) {
    Class<?>[] faces = type.getInterfaces();
    return type.isHidden() && faces.length > 0
        ? "a plain " + faces[0].getSimpleName()
        : "a " + name(type.getName());
  }

  private static String name(String type) {
    return type.replaceFirst("^REPL\\.\\$JShell\\$\\w+\\$", "");
  }
}
