package dev.brigade.session.engine;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import org.jspecify.annotations.Nullable;

/// The compiler inside JShell, for [Internals]: one analysis of a text tells the names in reach
/// with their types, where JShell's API tells names alone and needs an analysis for the signature
/// of each.
final class CompilerEntry {
  // Names of parameters are read from classes with it. The one that JShell's own documentation
  // uses, so that both share a compiler.
  private static final List<String> OPTIONS = List.of("-parameters");

  private final SourceCodeAnalysis analysis;
  private final Object outerMap;
  private final MethodHandle guessKind;
  private final MethodHandle member;
  private final MethodHandle statement;
  private final MethodHandle wrap;
  private final MethodHandle position;
  private final MethodHandle analyse;
  private final Class<?> worker;
  private final MethodHandle unit;
  private final MethodHandle task;
  private final MethodHandle findSources;
  private final MethodHandle useSources;
  private @Nullable List<Path> ofJdk;

  private CompilerEntry(JShell jshell, Object outerMap, Lookup lookup) throws Throwable {
    this.analysis = jshell.sourceCodeAnalysis();
    this.outerMap = outerMap;
    Class<?> factory = lookup.findClass("jdk.jshell.TaskFactory");
    Class<?> wraps = lookup.findClass("jdk.jshell.Wrap");
    Class<?> outer = lookup.findClass("jdk.jshell.OuterWrap");
    Class<?> base = lookup.findClass("jdk.jshell.TaskFactory$BaseTask");
    worker = lookup.findClass("jdk.jshell.TaskFactory$Worker");
    guessKind =
        in(analysis.getClass())
            .findVirtual(analysis.getClass(), "guessKind", type(Tree.Kind.class, String.class))
            .bindTo(analysis);
    member = lookup.findStatic(wraps, "classMemberWrap", type(wraps, String.class));
    statement = lookup.findStatic(wraps, "methodWrap", type(wraps, String.class));
    wrap =
        lookup
            .findVirtual(outerMap.getClass(), "wrapInTrialClass", type(outer, wraps))
            .bindTo(outerMap);
    position = lookup.findVirtual(outer, "snippetIndexToWrapIndex", type(int.class, int.class));
    analyse =
        lookup
            .findVirtual(factory, "analyze", type(Object.class, outer, List.class, worker))
            .bindTo(lookup.findGetter(JShell.class, "taskFactory", factory).invoke(jshell));
    unit = in(base).findVirtual(base, "firstCuTree", type(CompilationUnitTree.class));
    Class<?> tasks = Class.forName("com.sun.tools.javac.api.JavacTaskImpl");
    task = in(base).findGetter(base, "task", tasks);
    findSources =
        in(analysis.getClass())
            .findVirtual(analysis.getClass(), "findSources", type(List.class))
            .bindTo(analysis);
    useSources =
        in(analysis.getClass())
            .findSetter(analysis.getClass(), "availableSources", List.class)
            .bindTo(analysis);
  }

  static CompilerEntry of(JShell jshell, Object outerMap, Lookup lookup) throws Throwable {
    return new CompilerEntry(jshell, outerMap, lookup);
  }

  private static Lookup in(Class<?> type) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }

  private static MethodType type(Class<?> result, Class<?>... parameters) {
    return MethodType.methodType(result, parameters);
  }

  /// Has a text analysed, and asks about it.
  <T> T analyse(String code, Function<Compiled, T> question) throws Throwable {
    String text = code.isBlank() ? code + ";" : code;
    Object kind = guessKind.invoke(text);
    boolean declares = kind == Tree.Kind.CLASS || kind == Tree.Kind.METHOD;
    Object outer = wrap.invoke((declares ? member : statement).invoke(text));
    int end = (int) position.invoke(outer, Math.max(0, code.length() - 1)) + 1;
    Object worker = worker(each -> question.apply(compiled(each, end)));
    Object found = analyse.invoke(outer, OPTIONS, worker);
    @SuppressWarnings("unchecked")
    T answer = (T) found;
    return answer;
  }

  /// Has JShell look for documentation in more places than the JDK's `src.zip`.
  ///
  /// @return all the places
  List<Path> sources(List<Path> more) throws Throwable {
    List<Path> own = ofJdk;
    if (own == null) {
      @SuppressWarnings("unchecked")
      var found = (List<Path>) (List<?>) findSources.invoke();
      own = List.copyOf(found);
      ofJdk = own;
    }
    var all = new ArrayList<>(more);
    all.addAll(own);
    useSources.invoke((List<?>) List.copyOf(all));
    return all;
  }

  private Compiled compiled(Object analysed, int end) {
    try {
      var javac = (JavacTask) task.invoke(analysed);
      return new Compiled(
          Trees.instance(javac),
          javac.getElements(),
          javac.getTypes(),
          (CompilationUnitTree) unit.invoke(analysed),
          end);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private Object worker(Function<Object, @Nullable Object> work) {
    return Proxy.newProxyInstance(
        worker.getClassLoader(),
        new Class<?>[] {worker},
        (proxy, method, arguments) ->
            method.getDeclaringClass() == Object.class
                ? ofObject(proxy, method)
                : work.apply(arguments[0]));
  }

  private static Object ofObject(Object proxy, Method method) {
    return switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "worker";
      default -> false;
    };
  }
}
