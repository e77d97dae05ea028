package dev.brigade.session.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/// What looks inside JShell (with the parts it is made of, which it alone uses), for what its API
/// does not say, or not at the time it is needed.
///
/// A part that this JDK's JShell has no room for is not there, and what needs it goes JShell's way.
/// Without `--add-opens jdk.jshell/jdk.jshell=ALL-UNNAMED` none is there, and frames carry no
/// lines. Held entry only, but for [#snippets] and [#place].
final class Internals {
  private @Nullable SnippetPlaces places;
  private @Nullable TypeNames types;
  private @Nullable CompilerEntry compiler;
  private @Nullable StatementCompiler statements;
  private @Nullable DeclarationCompiler declarations;
  private @Nullable CompilerView view;

  private Internals() {}

  static Internals of(JShell jshell, CellControl control) {
    var internals = new Internals();
    try {
      var lookup = MethodHandles.privateLookupIn(JShell.class, MethodHandles.lookup());
      Class<?> map = lookup.findClass("jdk.jshell.OuterWrapMap");
      boolean _ = ask(lookup, false, Internals::knowPackages);
      Object outerMap = lookup.findGetter(JShell.class, "outerMap", map).invoke(jshell);
      internals.places = part(() -> new SnippetPlaces(outerMap, lookup));
      internals.types = part(() -> new TypeNames(jshell, lookup));
      var runs = new CompilerRuns(jshell, outerMap, lookup);
      internals.compiler = part(() -> new CompilerEntry(jshell, runs, lookup));
      internals.view = part(() -> new CompilerView(jshell, lookup));
      internals.statements = part(() -> new StatementCompiler(jshell, runs, lookup));
      internals.declarations = part(() -> new DeclarationCompiler(jshell, control, runs, lookup));
    } catch (Throwable e) {
      pass(e);
    }
    return internals;
  }

  private static boolean knowPackages(Lookup lookup) throws Throwable {
    JdkPackages.give(lookup);
    return true;
  }

  private interface Maker<T> {
    T make() throws Throwable;
  }

  private static <T> @Nullable T part(Maker<T> maker) {
    try {
      return maker.make();
    } catch (Throwable e) {
      pass(e);
      return null;
    }
  }

  /// Asks a part that may not be there, or stumble.
  private static <P, T extends @Nullable Object> T ask(
      @Nullable P part, T otherwise, CompilerRuns.Question<P, T> question) {
    if (part == null) return otherwise;
    try {
      return question.ask(part);
    } catch (Throwable e) {
      pass(e);
      return otherwise;
    }
  }

  private static void pass(Throwable thrown) {
    if (thrown instanceof VirtualMachineError error) throw error;
  }

  /// Forgets the names of types that are not there.
  void forgetDeadTypes() {
    ask(
        types,
        false,
        part -> {
          part.forgetDead();
          return true;
        });
  }

  /// Has a text analysed and asks about it; null where the compiler stumbles, as it does over some
  /// broken code.
  <T> @Nullable T analyse(String code, Function<Compiled, T> question) {
    return ask(compiler, null, part -> part.analyse(code, question));
  }

  /// Shows the compiler of what snippets declare only what a text names.
  ///
  /// @param declared what the text declares, null if unknown
  void narrow(Set<String> names, @Nullable Set<String> declared) {
    boolean done =
        ask(
            view,
            false,
            part -> {
              part.narrow(names, declared);
              return true;
            });
    if (!done) widen();
  }

  /// Shows the compiler all that snippets declare.
  void widen() {
    if (view != null) view.widen();
  }

  /// What a snippet is; null if unknown.
  StatementCompiler.@Nullable Parsed parse(String text) {
    return ask(statements, null, part -> part.parse(text));
  }

  /// The names that a text declares; null if unknown.
  @Nullable Set<String> declares(String text) {
    return ask(statements, null, part -> part.declares(text));
  }

  /// Compiles a snippet that declares nothing; null if JShell has to do it.
  StatementCompiler.@Nullable Statement compile(String text, SnippetShape shape) {
    CompilerView shown = view;
    if (shown == null) return null;
    var compiled = ask(statements, null, part -> part.compile(text, shape));
    if (compiled != null) compiled.classes().forEach(each -> shown.forget(each.name()));
    return compiled;
  }

  /// The class path has changed: what was compiled before it may come out otherwise.
  void forgetCompiled() {
    if (statements != null) statements.forget();
  }

  /// Declares what a text declares; null if JShell has to do it, and nothing has changed.
  DeclarationCompiler.@Nullable Declared declare(String text) {
    CompilerView shown = view;
    return shown == null ? null : ask(declarations, null, part -> part.declare(text, shown));
  }

  /// Adds an import without a look at what is declared; false if JShell has to do it.
  boolean add(String text) {
    return ask(declarations, false, part -> part.add(text));
  }

  /// Has JShell look for documentation in these places too.
  ///
  /// @return all the places, those of the JDK's own sources included where they are there
  List<Path> sources(List<Path> more) {
    return ask(compiler, more, part -> part.sources(more));
  }

  /// The snippets that a class was made of.
  List<Snippet> snippets(String className) {
    return ask(places, List.of(), part -> part.snippets(className));
  }

  /// Where a line of a class, counted from 1, stands; null where unknown.
  SnippetPlaces.@Nullable Place place(String className, int classFileLine) {
    return ask(places, null, part -> part.place(className, classFileLine));
  }
}
