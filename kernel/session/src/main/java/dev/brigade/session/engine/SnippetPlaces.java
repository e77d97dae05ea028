package dev.brigade.session.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.LinkedHashMap;
import java.util.List;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/// Which snippet and line a line of a class belongs to, as JShell knows it while that class is
/// being loaded.
final class SnippetPlaces {
  /// A place in the source of a snippet.
  ///
  /// @param snippet may be not yet handed out by JShell
  /// @param line counted from 0
  record Place(Snippet snippet, int line) {}

  private final Object outerMap;
  private final MethodHandle getOuter;
  private final MethodHandle snippets;
  private final MethodHandle lineToSnippet;
  private final MethodHandle lineToLine;

  SnippetPlaces(Object outerMap, Lookup lookup) throws Throwable {
    this.outerMap = outerMap;
    Class<?> outer = lookup.findClass("jdk.jshell.OuterSnippetsClassWrap");
    getOuter =
        lookup
            .findVirtual(outerMap.getClass(), "getOuter", CompilerRuns.type(outer, String.class))
            .asType(CompilerRuns.type(Object.class, Object.class, String.class));
    snippets =
        CompilerRuns.in(outer)
            .findGetter(outer, "wrapToSnippet", LinkedHashMap.class)
            .asType(CompilerRuns.type(LinkedHashMap.class, Object.class));
    lineToSnippet =
        lookup
            .findVirtual(outer, "wrapLineToSnippet", CompilerRuns.type(Snippet.class, int.class))
            .asType(CompilerRuns.type(Snippet.class, Object.class, int.class));
    lineToLine =
        lookup
            .findVirtual(outer, "wrapLineToSnippetLine", CompilerRuns.type(int.class, int.class))
            .asType(CompilerRuns.type(int.class, Object.class, int.class));
  }

  /// The snippets that a class was made of.
  List<Snippet> snippets(String className) throws Throwable {
    Object outer = getOuter.invokeExact(outerMap, className);
    if (outer == null) return List.of();
    var map = (LinkedHashMap<?, ?>) snippets.invokeExact(outer);
    return map.values().stream().map(Snippet.class::cast).toList();
  }

  /// Where a line of a class, counted from 1, stands; null where unknown.
  @Nullable Place place(String className, int classFileLine) throws Throwable {
    Object outer = getOuter.invokeExact(outerMap, className);
    if (outer == null) return null;
    var snippet = (Snippet) lineToSnippet.invokeExact(outer, classFileLine - 1);
    return snippet == null
        ? null
        : new Place(snippet, (int) lineToLine.invokeExact(outer, classFileLine - 1));
  }
}
