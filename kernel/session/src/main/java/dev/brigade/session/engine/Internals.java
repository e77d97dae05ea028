package dev.brigade.session.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/// What looks inside JShell (with [CompilerEntry], which it alone uses), for what its API does not
/// say at the time it is needed: which snippet and line a line of a class belongs to, while that
/// class is being loaded.
///
/// Without `--add-opens jdk.jshell/jdk.jshell=ALL-UNNAMED` nothing is known, and frames carry no
/// lines.
final class Internals {
  /// A place in the source of a snippet.
  ///
  /// @param snippet may be not yet handed out by JShell
  /// @param line counted from 0
  record Place(Snippet snippet, int line) {}

  private final @Nullable Object outerMap;
  private final @Nullable MethodHandle getOuter;
  private final @Nullable MethodHandle snippets;
  private final @Nullable MethodHandle lineToSnippet;
  private final @Nullable MethodHandle lineToLine;
  private final @Nullable Types types;
  private final @Nullable CompilerEntry compiler;
  private final @Nullable StatementCompiler statements;
  private final @Nullable DeclarationCompiler declarations;
  private final @Nullable CompilerView view;

  /// JShell's table of type declarations.
  ///
  /// @param byName keys by name
  /// @param maps finds the living snippet of a key
  private record Types(Map<?, ?> byName, Object maps, MethodHandle getSnippet) {
    static @Nullable Types of(JShell jshell, MethodHandles.Lookup lookup) {
      try {
        Class<?> keyMap = lookup.findClass("jdk.jshell.KeyMap");
        Class<?> key = lookup.findClass("jdk.jshell.Key");
        Class<?> maps = lookup.findClass("jdk.jshell.SnippetMaps");
        Object keys = lookup.findGetter(JShell.class, "keyMap", keyMap).invoke(jshell);
        var byName =
            (Map<?, ?>)
                MethodHandles.privateLookupIn(keyMap, MethodHandles.lookup())
                    .findGetter(keyMap, "classMap", Map.class)
                    .invoke(keys);
        return new Types(
            byName,
            lookup.findGetter(JShell.class, "maps", maps).invoke(jshell),
            lookup
                .findVirtual(maps, "getSnippet", MethodType.methodType(Snippet.class, key))
                .asType(MethodType.methodType(Snippet.class, Object.class, Object.class)));
      } catch (Throwable e) {
        if (e instanceof VirtualMachineError error) throw error;
        return null;
      }
    }
  }

  private Internals(
      @Nullable Object outerMap,
      @Nullable MethodHandle getOuter,
      @Nullable MethodHandle snippets,
      @Nullable MethodHandle lineToSnippet,
      @Nullable MethodHandle lineToLine,
      @Nullable Types types,
      @Nullable CompilerEntry compiler,
      @Nullable StatementCompiler statements,
      @Nullable DeclarationCompiler declarations,
      @Nullable CompilerView view) {
    this.declarations = declarations;
    this.compiler = compiler;
    this.statements = statements;
    this.view = view;
    this.outerMap = outerMap;
    this.getOuter = getOuter;
    this.snippets = snippets;
    this.lineToSnippet = lineToSnippet;
    this.lineToLine = lineToLine;
    this.types = types;
  }

  static Internals of(JShell jshell, CellControl control) {
    try {
      var lookup = MethodHandles.privateLookupIn(JShell.class, MethodHandles.lookup());
      Class<?> map = lookup.findClass("jdk.jshell.OuterWrapMap");
      Class<?> outer = lookup.findClass("jdk.jshell.OuterSnippetsClassWrap");
      Object outerMap = lookup.findGetter(JShell.class, "outerMap", map).invoke(jshell);
      var runs = new CompilerRuns(jshell, outerMap, lookup);
      return new Internals(
          outerMap,
          lookup
              .findVirtual(map, "getOuter", MethodType.methodType(outer, String.class))
              .asType(MethodType.methodType(Object.class, Object.class, String.class)),
          MethodHandles.privateLookupIn(outer, MethodHandles.lookup())
              .findGetter(outer, "wrapToSnippet", LinkedHashMap.class)
              .asType(MethodType.methodType(LinkedHashMap.class, Object.class)),
          lookup
              .findVirtual(
                  outer, "wrapLineToSnippet", MethodType.methodType(Snippet.class, int.class))
              .asType(MethodType.methodType(Snippet.class, Object.class, int.class)),
          lookup
              .findVirtual(
                  outer, "wrapLineToSnippetLine", MethodType.methodType(int.class, int.class))
              .asType(MethodType.methodType(int.class, Object.class, int.class)),
          Types.of(jshell, lookup),
          new CompilerEntry(jshell, runs, lookup),
          new StatementCompiler(jshell, runs, lookup),
          new DeclarationCompiler(jshell, control, runs, lookup),
          new CompilerView(jshell, lookup));
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return new Internals(null, null, null, null, null, null, null, null, null, null);
    }
  }

  boolean isOpen() {
    return outerMap != null;
  }

  /// Forgets the names of types whose declaration was refused or dropped, or only analysed. JDK 25
  /// stumbles over each when it names the type of an expression, and calls every type `Object` from
  /// then on. Held entry only.
  void forgetDeadTypes() {
    if (types == null) return;
    types.byName().values().removeIf(key -> !isAlive(types, key));
  }

  private static boolean isAlive(Types types, Object key) {
    try {
      return (Snippet) types.getSnippet().invokeExact(types.maps(), key) != null;
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return true;
    }
  }

  /// Has a text analysed and asks about it; null where JShell is shut. Held entry only.
  <T> @Nullable T analyse(String code, Function<Compiled, T> question) {
    if (compiler == null) return null;
    try {
      return compiler.analyse(code, question);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return null; // the compiler stumbles over some broken code
    }
  }

  /// Shows the compiler of what snippets declare only what a text names. Held entry only.
  ///
  /// @param declared what the text declares, null if unknown
  void narrow(Set<String> names, @Nullable Set<String> declared) {
    if (view == null) return;
    try {
      view.narrow(names, declared);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      view.widen();
    }
  }

  /// Shows the compiler all that snippets declare. Held entry only.
  void widen() {
    if (view != null) view.widen();
  }

  /// What a snippet is; null if unknown. Held entry only.
  StatementCompiler.@Nullable Parsed parse(String text) {
    if (statements == null) return null;
    try {
      return statements.parse(text);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return null;
    }
  }

  /// The names that a text declares; null if unknown. Held entry only.
  @Nullable Set<String> declares(String text) {
    if (statements == null) return null;
    try {
      return statements.declares(text);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return null;
    }
  }

  /// Compiles a snippet that declares nothing; null if JShell has to do it. Held entry only.
  StatementCompiler.@Nullable Statement compile(String text, SnippetShape shape) {
    if (statements == null || view == null) return null;
    try {
      StatementCompiler.Statement compiled = statements.compile(text, shape);
      if (compiled != null) compiled.classes().forEach(each -> view.forget(each.name()));
      return compiled;
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return null;
    }
  }

  /// Declares what a text declares; null if JShell has to do it, and nothing has changed. Held
  /// entry only.
  DeclarationCompiler.@Nullable Declared declare(String text) {
    if (declarations == null || view == null) return null;
    try {
      return declarations.declare(text, view);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return null;
    }
  }

  /// Lets JShell list the names of all classes. Held entry only.
  void beginIndexing() {
    if (compiler == null) return;
    try {
      compiler.beginIndexing();
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
    }
  }

  /// Has JShell look for documentation in these places too. Held entry only.
  ///
  /// @return all the places, those of the JDK's own sources included where they are there
  List<Path> sources(List<Path> more) {
    if (compiler == null) return more;
    try {
      return compiler.sources(more);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return more;
    }
  }

  /// The snippets that a class was made of.
  List<Snippet> snippets(String className) {
    if (outerMap == null || getOuter == null || snippets == null) return List.of();
    try {
      Object outer = getOuter.invokeExact(outerMap, className);
      if (outer == null) return List.of();
      var map = (LinkedHashMap<?, ?>) snippets.invokeExact(outer);
      return map.values().stream().map(Snippet.class::cast).toList();
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return List.of();
    }
  }

  /// Where a line of a class, counted from 1, stands; null where unknown.
  @Nullable Place place(String className, int classFileLine) {
    if (outerMap == null || getOuter == null || lineToSnippet == null || lineToLine == null) {
      return null;
    }
    try {
      Object outer = getOuter.invokeExact(outerMap, className);
      if (outer == null) return null;
      var snippet = (Snippet) lineToSnippet.invokeExact(outer, classFileLine - 1);
      return snippet == null
          ? null
          : new Place(snippet, (int) lineToLine.invokeExact(outer, classFileLine - 1));
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) throw error;
      return null;
    }
  }
}
