package dev.brigade.session.engine;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import jdk.jshell.JShell;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/// Runs of the compilers that JShell keeps warm, over what its snippets can see. All that it takes
/// and gives as `Object` are JShell's own.
final class CompilerRuns {
  /// Names of parameters are read from classes with it. The same for all runs, and the one that
  /// JShell's documentation uses, so that all share a compiler.
  static final List<String> OPTIONS = List.of("-parameters");

  private final Object factory;
  private final Object outerMap;
  private final Object maps;
  private final Class<?> worker;
  private final MethodHandle parse;
  private final MethodHandle units;
  private final MethodHandle analyse;
  private final MethodHandle unit;
  private final MethodHandle task;
  private final MethodHandle problems;
  private final MethodHandle trialClass;
  private final MethodHandle imports;
  private final MethodHandle wrappedInClass;
  private final MethodHandle outerWrap;
  private final MethodHandle position;
  private final MethodHandle wrapped;

  CompilerRuns(JShell jshell, Object outerMap, Lookup lookup) throws Throwable {
    this.outerMap = outerMap;
    Class<?> factories = lookup.findClass("jdk.jshell.TaskFactory");
    Class<?> wraps = lookup.findClass("jdk.jshell.Wrap");
    Class<?> outer = lookup.findClass("jdk.jshell.OuterWrap");
    Class<?> compound = lookup.findClass("jdk.jshell.Wrap$CompoundWrap");
    Class<?> base = lookup.findClass("jdk.jshell.TaskFactory$BaseTask");
    Class<?> parsed = lookup.findClass("jdk.jshell.TaskFactory$ParseTask");
    Class<?> snippetMaps = lookup.findClass("jdk.jshell.SnippetMaps");
    worker = lookup.findClass("jdk.jshell.TaskFactory$Worker");
    factory = lookup.findGetter(JShell.class, "taskFactory", factories).invoke(jshell);
    maps = lookup.findGetter(JShell.class, "maps", snippetMaps).invoke(jshell);
    parse = lookup.findVirtual(factories, "parse", type(Object.class, String.class, worker));
    units = in(parsed).findVirtual(parsed, "units", type(List.class));
    analyse =
        lookup.findVirtual(factories, "analyze", type(Object.class, outer, List.class, worker));
    unit = in(base).findVirtual(base, "firstCuTree", type(CompilationUnitTree.class));
    Class<?> tasks = Class.forName("com.sun.tools.javac.api.JavacTaskImpl");
    task = in(base).findGetter(base, "task", tasks);
    problems = in(base).findGetter(base, "diagnostics", DiagnosticCollector.class);
    trialClass = lookup.findVirtual(outerMap.getClass(), "wrapInTrialClass", type(outer, wraps));
    imports =
        lookup.findVirtual(
            snippetMaps,
            "packageAndImportsExcept",
            type(String.class, Set.class, Collection.class));
    wrappedInClass =
        in(outerMap.getClass())
            .findVirtual(
                outerMap.getClass(),
                "wrappedInClass",
                type(compound, String.class, String.class, List.class));
    outerWrap = lookup.findConstructor(outer, type(void.class, wraps));
    position = lookup.findVirtual(outer, "snippetIndexToWrapIndex", type(int.class, int.class));
    wrapped = lookup.findVirtual(outer, "wrapped", type(String.class));
  }

  static Lookup in(Class<?> type) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }

  static MethodType type(Class<?> result, Class<?>... parameters) {
    return MethodType.methodType(result, parameters);
  }

  /// Parses a snippet and asks about the trees it is made of.
  <T> @Nullable T parse(String text, Function<List<Tree>, @Nullable T> question) throws Throwable {
    @SuppressWarnings("unchecked")
    var answer =
        (T)
            (Object)
                parse.invoke(
                    factory,
                    text,
                    worker(
                        parsed -> {
                          @SuppressWarnings("unchecked")
                          var trees = (List<Tree>) (List<?>) units.invoke(parsed);
                          return question.apply(trees);
                        }));
    return answer;
  }

  /// Wraps code in a class that nobody will load.
  Object trialClass(Object wrap) throws Throwable {
    return trialClass.invoke(outerMap, wrap);
  }

  /// Wraps code in a class of a name.
  Object ownClass(String name, Object wrap) throws Throwable {
    var header = (String) imports.invoke(maps, null, null);
    return outerWrap.invoke(wrappedInClass.invoke(outerMap, name, header, List.of(wrap)));
  }

  /// Where a character of the snippet stands in the text that is compiled.
  int position(Object outer, int index) throws Throwable {
    return (int) position.invoke(outer, index);
  }

  /// The text that is compiled.
  String wrapped(Object outer) throws Throwable {
    return (String) wrapped.invoke(outer);
  }

  /// Has wrapped code analysed, and asks about it while the analysis lasts.
  <T> @Nullable T analyse(
      Object outer, List<String> options, Question<Object, @Nullable T> question) throws Throwable {
    @SuppressWarnings("unchecked")
    var answer = (T) (Object) analyse.invoke(factory, outer, options, worker(question));
    return answer;
  }

  /// The compiler of an analysis.
  JavacTask task(Object analysed) throws Throwable {
    return (JavacTask) task.invoke(analysed);
  }

  /// What an analysis has analysed.
  CompilationUnitTree unit(Object analysed) throws Throwable {
    return (CompilationUnitTree) unit.invoke(analysed);
  }

  /// Whether an analysis has found errors.
  boolean hasErrors(Object analysed) throws Throwable {
    return ((DiagnosticCollector<?>) problems.invoke(analysed))
        .getDiagnostics().stream().anyMatch(each -> each.getKind() == Diagnostic.Kind.ERROR);
  }

  /// The classes of what was analysed.
  List<ClassBytecodes> classes(Object analysed) throws Throwable {
    var classes = new ArrayList<ClassBytecodes>();
    for (JavaFileObject file : task(analysed).generate()) {
      try (InputStream bytes = file.openInputStream()) {
        classes.add(new ClassBytecodes(file.getName(), bytes.readAllBytes()));
      }
    }
    return classes;
  }

  /// A function that may fail.
  interface Question<A, B extends @Nullable Object> {
    B ask(A about) throws Throwable;
  }

  private Object worker(Question<Object, ? extends @Nullable Object> work) {
    return Proxy.newProxyInstance(
        worker.getClassLoader(),
        new Class<?>[] {worker},
        (proxy, method, arguments) ->
            method.getDeclaringClass() == Object.class
                ? ofObject(proxy, method)
                : work.ask(arguments[0]));
  }

  private static Object ofObject(Object proxy, Method method) {
    return switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "worker";
      default -> false;
    };
  }
}
