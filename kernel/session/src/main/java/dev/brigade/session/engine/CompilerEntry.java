package dev.brigade.session.engine;

import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
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
  private final SourceCodeAnalysis analysis;
  private final CompilerRuns runs;
  private final MethodHandle guessKind;
  private final MethodHandle member;
  private final MethodHandle statement;
  private final MethodHandle findSources;
  private final MethodHandle useSources;
  private @Nullable List<Path> ofJdk;

  CompilerEntry(JShell jshell, CompilerRuns runs, Lookup lookup) throws Throwable {
    this.analysis = jshell.sourceCodeAnalysis();
    this.runs = runs;
    Class<?> wraps = lookup.findClass("jdk.jshell.Wrap");
    Lookup own = CompilerRuns.in(analysis.getClass());
    guessKind =
        own.findVirtual(
                analysis.getClass(), "guessKind", CompilerRuns.type(Tree.Kind.class, String.class))
            .bindTo(analysis);
    MethodType wrapping = CompilerRuns.type(wraps, String.class);
    member = lookup.findStatic(wraps, "classMemberWrap", wrapping);
    statement = lookup.findStatic(wraps, "methodWrap", wrapping);
    findSources =
        own.findVirtual(analysis.getClass(), "findSources", CompilerRuns.type(List.class))
            .bindTo(analysis);
    useSources =
        own.findSetter(analysis.getClass(), "availableSources", List.class).bindTo(analysis);
  }

  /// Has a text analysed, and asks about it.
  <T> @Nullable T analyse(String code, Function<Compiled, T> question) throws Throwable {
    String text = code.isBlank() ? code + ";" : code;
    Object kind = guessKind.invoke(text);
    boolean declares = kind == Tree.Kind.CLASS || kind == Tree.Kind.METHOD;
    Object outer = runs.trialClass((declares ? member : statement).invoke(text));
    int end = runs.position(outer, Math.max(0, code.length() - 1)) + 1;
    return runs.analyse(outer, CompilerRuns.OPTIONS, each -> question.apply(compiled(each, end)));
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

  private Compiled compiled(Object analysed, int end) throws Throwable {
    JavacTask javac = runs.task(analysed);
    return new Compiled(
        Trees.instance(javac), javac.getElements(), javac.getTypes(), runs.unit(analysed), end);
  }
}
