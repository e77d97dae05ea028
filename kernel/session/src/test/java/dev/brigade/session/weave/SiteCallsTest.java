package dev.brigade.session.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.Async;
import dev.brigade.async.Woven;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SiteCallsTest {
  /// One line for each method of `Woven` that has one or two strings more than a method of the same
  /// name: static on the facade or, where that has none such, on the object that comes first.
  @Test
  void everyMethodOfWovenThatStandsForAnotherHasItsLine() {
    var expected = new ArrayList<Redirect>();
    for (Method method : Woven.class.getDeclaredMethods()) {
      if (!Modifier.isPublic(method.getModifiers())) continue;
      Stream.of(Redirect.Extra.SITE, Redirect.Extra.FUNCTION_AND_SITE)
          .map(extra -> line(method, extra))
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(expected::add);
    }
    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(SiteCalls.ALL).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Redirect line(Method method, Redirect.Extra extra) {
    List<Class<?>> types = List.of(method.getParameterTypes());
    int kept = types.size() - extra.ordinal();
    if (kept < 0 || !types.subList(kept, types.size()).stream().allMatch(String.class::equals)) {
      return null;
    }
    List<Class<?>> plain = types.subList(0, kept);
    if (has(Async.class, method.getName(), plain)) return line(Async.class, method, plain, extra);
    if (plain.isEmpty()) return null;
    List<Class<?>> rest = plain.subList(1, kept);
    return has(plain.getFirst(), method.getName(), rest)
        ? line(plain.getFirst(), method, rest, extra)
        : null;
  }

  private static Redirect line(
      Class<?> owner, Method method, List<Class<?>> types, Redirect.Extra extra) {
    return new Redirect(
        RedirectTable.internalName(owner),
        method.getName(),
        MethodType.methodType(method.getReturnType(), types).descriptorString(),
        RedirectTable.internalName(Woven.class),
        method.getName(),
        owner != Async.class,
        extra);
  }

  private static boolean has(Class<?> owner, String name, List<Class<?>> types) {
    return Arrays.stream(owner.getDeclaredMethods())
        .anyMatch(
            method ->
                method.getName().equals(name) && List.of(method.getParameterTypes()).equals(types));
  }
}
