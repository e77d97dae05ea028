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
  private final Map<String, List<WovenCall>> byNameAndParameters = new HashMap<>();

  private RedirectTable(List<? extends WovenCall> calls) {
    for (WovenCall call : calls) {
      byNameAndParameters
          .computeIfAbsent(call.name() + call.parameters(), _ -> new ArrayList<>())
          .add(call);
    }
  }

  public static RedirectTable of(List<? extends WovenCall> calls) {
    return new RedirectTable(calls);
  }

  /// The JDK's lines and one for each method of `woven` that stands for one of `facade`.
  public static RedirectTable standard(Class<?> facade, Class<?> woven) {
    var lines = new ArrayList<>(JdkCalls.ALL);
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

  /// The line that a call means, or null.
  ///
  /// @param named internal name of the type that the call names
  /// @param isStatic whether the call is on no object
  @Nullable WovenCall find(
      String named, String name, String descriptor, boolean isStatic, Hierarchy hierarchy) {
    String parameters = descriptor.substring(1, descriptor.indexOf(')'));
    for (WovenCall call : byNameAndParameters.getOrDefault(name + parameters, List.of())) {
      boolean shape =
          switch (call) {
            // The receiver of an Around line is whatever the call has.
            case Around _ -> true;
            case Redirect redirect ->
                redirect.receiver() != isStatic && redirect.fitsResult(descriptor);
          };
      if (shape && (isStatic ? named.equals(call.owner()) : hierarchy.means(named, call))) {
        return call;
      }
    }
    return null;
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

  static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
