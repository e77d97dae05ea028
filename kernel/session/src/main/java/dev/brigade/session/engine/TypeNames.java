package dev.brigade.session.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/// JShell's table of type declarations.
final class TypeNames {
  private final Map<?, ?> byName;
  private final Object maps;
  private final MethodHandle getSnippet;

  TypeNames(JShell jshell, Lookup lookup) throws Throwable {
    Class<?> keyMap = lookup.findClass("jdk.jshell.KeyMap");
    Class<?> key = lookup.findClass("jdk.jshell.Key");
    Class<?> snippetMaps = lookup.findClass("jdk.jshell.SnippetMaps");
    Object keys = lookup.findGetter(JShell.class, "keyMap", keyMap).invoke(jshell);
    byName =
        (Map<?, ?>) CompilerRuns.in(keyMap).findGetter(keyMap, "classMap", Map.class).invoke(keys);
    maps = lookup.findGetter(JShell.class, "maps", snippetMaps).invoke(jshell);
    getSnippet =
        lookup
            .findVirtual(snippetMaps, "getSnippet", CompilerRuns.type(Snippet.class, key))
            .asType(CompilerRuns.type(Snippet.class, Object.class, Object.class));
  }

  /// Forgets the names of types whose declaration was refused or dropped, or only analysed. JDK 25
  /// stumbles over each when it names the type of an expression, and calls every type `Object` from
  /// then on.
  void forgetDead() throws Throwable {
    var keys = byName.values().iterator();
    while (keys.hasNext()) {
      Object key = keys.next();
      if ((Snippet) getSnippet.invokeExact(maps, key) == null) keys.remove();
    }
  }
}
