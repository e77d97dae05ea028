package dev.brigade.session.weave;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls that woven code makes elsewhere than written.
public final class RedirectTable {
  private static final String HOOKS = internalName(Hooks.class);

  private static final String STARTER = "(Ljava/lang/Runnable;)Ljava/lang/Thread;";

  /// Calls into the JDK.
  static final List<Redirect> JDK =
      List.of(
          Redirect.ofStatic("java/lang/System", "exit", "(I)V", HOOKS),
          Redirect.ofVirtual("java/lang/Runtime", "exit", "(I)V", HOOKS, "exit"),
          Redirect.ofVirtual("java/lang/Runtime", "halt", "(I)V", HOOKS, "exit"),
          Redirect.ofVirtual("java/lang/Thread", "start", "()V", HOOKS, "start"),
          Redirect.ofStatic(
              "java/lang/Thread",
              "startVirtualThread",
              "(Ljava/lang/Runnable;)Ljava/lang/Thread;",
              HOOKS),
          Redirect.ofVirtual("java/lang/Thread$Builder", "start", STARTER, HOOKS, "start"),
          Redirect.ofVirtual(
              "java/lang/Thread$Builder$OfVirtual", "start", STARTER, HOOKS, "start"),
          Redirect.ofVirtual(
              "java/lang/Thread$Builder$OfPlatform", "start", STARTER, HOOKS, "start"),
          Redirect.ofStatic(
              "java/lang/IO", "readln", "(Ljava/lang/String;)Ljava/lang/String;", HOOKS),
          Redirect.ofStatic("java/lang/IO", "readln", "()Ljava/lang/String;", HOOKS));

  private final Map<String, Redirect> byCall = new HashMap<>();

  private RedirectTable(List<Redirect> redirects) {
    for (Redirect redirect : redirects) {
      byCall.put(key(redirect.owner(), redirect.name(), redirect.descriptor()), redirect);
    }
  }

  public static RedirectTable of(List<Redirect> redirects) {
    return new RedirectTable(redirects);
  }

  /// The JDK's lines and one for each method of `woven` that stands for one of `facade`.
  public static RedirectTable standard(Class<?> facade, Class<?> woven) {
    var lines = new ArrayList<>(JDK);
    lines.addAll(withSites(facade, woven));
    return new RedirectTable(lines);
  }

  /// One line for each public static method of `woven` that has one or two strings more than a
  /// method of the same name: the place of the call, or the calling method's name and the place.
  /// The replaced method is static on `facade` or, where the facade has none such, on the object
  /// that is the first parameter.
  static List<Redirect> withSites(Class<?> facade, Class<?> woven) {
    var lines = new ArrayList<Redirect>();
    for (Method method : woven.getDeclaredMethods()) {
      if (!Modifier.isPublic(method.getModifiers())) continue;
      Redirect line = line(facade, woven, method, Redirect.Extra.SITE);
      if (line == null) line = line(facade, woven, method, Redirect.Extra.FUNCTION_AND_SITE);
      if (line != null) lines.add(line);
    }
    return lines;
  }

  private static @Nullable Redirect line(
      Class<?> facade, Class<?> woven, Method method, Redirect.Extra extra) {
    Class<?>[] types = method.getParameterTypes();
    int kept = types.length - extra.ordinal();
    if (kept < 0) return null;
    for (int i = kept; i < types.length; i++) if (types[i] != String.class) return null;
    Class<?>[] plain = Arrays.copyOf(types, kept);
    if (has(facade, method.getName(), plain)) {
      return line(facade, method, plain, woven, false, extra);
    }
    if (kept == 0) return null;
    Class<?>[] rest = Arrays.copyOfRange(plain, 1, kept);
    return has(plain[0], method.getName(), rest)
        ? line(plain[0], method, rest, woven, true, extra)
        : null;
  }

  @Nullable Redirect find(String owner, String name, String descriptor) {
    return byCall.get(key(owner, name, descriptor));
  }

  private static boolean has(Class<?> owner, String name, Class<?>[] parameters) {
    return Arrays.stream(owner.getDeclaredMethods())
        .anyMatch(
            method ->
                method.getName().equals(name)
                    && Arrays.equals(method.getParameterTypes(), parameters));
  }

  private static Redirect line(
      Class<?> owner,
      Method method,
      Class<?>[] parameters,
      Class<?> woven,
      boolean receiver,
      Redirect.Extra extra) {
    String descriptor =
        MethodTypeDesc.of(
                ClassDesc.ofDescriptor(method.getReturnType().descriptorString()),
                Arrays.stream(parameters)
                    .map(type -> ClassDesc.ofDescriptor(type.descriptorString()))
                    .toList())
            .descriptorString();
    return new Redirect(
        internalName(owner),
        method.getName(),
        descriptor,
        internalName(woven),
        method.getName(),
        receiver,
        extra);
  }

  private static String key(String owner, String name, String descriptor) {
    return owner + "." + name + descriptor;
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
