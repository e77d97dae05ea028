package dev.brigade.session.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/// Takes a declaration into JShell in one run of the compiler, where JShell needs two, and three
/// for a method: the class is made of what was analysed, instead of compiling it once more.
///
/// It does what JShell itself does with a declaration of a new name that compiles, by JShell's own
/// steps in their order. Everything else is left to JShell: errors, names that are taken or that
/// something waits for. Nothing has changed then. Held entry only.
final class DeclarationCompiler {
  /// A declaration that JShell knows from now on.
  ///
  /// @param runs the class to call, for a variable's initial value; null if nothing is to be run
  record Declared(Snippet snippet, @Nullable String runs) {}

  private static final Set<SubKind> VARIABLES =
      Set.of(SubKind.VAR_DECLARATION_SUBKIND, SubKind.VAR_DECLARATION_WITH_INITIALIZER_SUBKIND);

  private static final Set<Status> UNRESOLVED =
      Set.of(Status.RECOVERABLE_DEFINED, Status.RECOVERABLE_NOT_DEFINED);

  private final JShell jshell;
  private final CompilerRuns runs;
  private final CellControl control;
  private final Object eval;
  private final Object tracker;
  private final MethodHandle snippets;
  private final MethodHandle diagnostics;
  private final MethodHandle unit;
  private final MethodHandle initialise;
  private final MethodHandle setWrap;
  private final MethodHandle setDiagnostics;
  private final MethodHandle setStatus;
  private final MethodHandle classesToLoad;
  private final MethodHandle redefine;
  private final MethodHandle finish;
  private final MethodHandle outer;
  private final MethodHandle className;
  private final MethodHandle unresolvedSelf;
  private final MethodHandle setBytes;
  private final MethodHandle markLoaded;

  DeclarationCompiler(JShell jshell, CellControl control, CompilerRuns runs, Lookup lookup)
      throws Throwable {
    this.jshell = jshell;
    this.control = control;
    this.runs = runs;
    Class<?> evals = lookup.findClass("jdk.jshell.Eval");
    Class<?> trackers = lookup.findClass("jdk.jshell.ClassTracker");
    Class<?> units = lookup.findClass("jdk.jshell.Unit");
    Class<?> diags = lookup.findClass("jdk.jshell.DiagList");
    Class<?> analysed = lookup.findClass("jdk.jshell.TaskFactory$AnalyzeTask");
    Class<?> outers = lookup.findClass("jdk.jshell.OuterWrap");
    eval = lookup.findGetter(JShell.class, "eval", evals).invoke(jshell);
    tracker = lookup.findGetter(JShell.class, "classTracker", trackers).invoke(jshell);
    snippets =
        CompilerRuns.in(evals)
            .findVirtual(evals, "sourceToSnippets", CompilerRuns.type(List.class, String.class));
    diagnostics = lookup.findVirtual(Snippet.class, "syntheticDiags", CompilerRuns.type(diags));
    unit =
        lookup.findConstructor(
            units,
            CompilerRuns.type(void.class, JShell.class, Snippet.class, Snippet.class, diags));
    initialise = lookup.findVirtual(units, "initialize", CompilerRuns.type(void.class));
    setWrap =
        lookup.findVirtual(
            units, "setWrap", CompilerRuns.type(void.class, Collection.class, Collection.class));
    setDiagnostics =
        lookup.findVirtual(units, "setDiagnostics", CompilerRuns.type(void.class, analysed));
    setStatus = lookup.findVirtual(units, "setStatus", CompilerRuns.type(void.class, analysed));
    classesToLoad =
        lookup.findVirtual(units, "classesToLoad", CompilerRuns.type(Stream.class, List.class));
    redefine = lookup.findVirtual(units, "doRedefines", CompilerRuns.type(boolean.class));
    finish = lookup.findVirtual(units, "finish", CompilerRuns.type(void.class));
    outer = lookup.findVirtual(Snippet.class, "outerWrap", CompilerRuns.type(outers));
    className = lookup.findVirtual(Snippet.class, "classFullName", CompilerRuns.type(String.class));
    unresolvedSelf = lookup.findGetter(MethodSnippet.class, "unresolvedSelf", String.class);
    setBytes =
        lookup.findVirtual(
            trackers, "setCurrentBytes", CompilerRuns.type(void.class, String.class, byte[].class));
    markLoaded =
        lookup.findVirtual(
            trackers, "markLoaded", CompilerRuns.type(void.class, ClassBytecodes[].class));
  }

  /// Declares what a text declares.
  ///
  /// @return null if JShell has to do it
  @Nullable Declared declare(String text, CompilerView view) throws Throwable {
    var parsed = (List<?>) snippets.invoke(eval, text);
    if (parsed.size() != 1 || !(parsed.getFirst() instanceof Snippet snippet)) return null;
    boolean variable = VARIABLES.contains(snippet.subKind());
    switch (snippet.kind()) {
      case VAR -> {
        if (!variable) return null;
      }
      case METHOD -> {
        if ((String) unresolvedSelf.invoke(snippet) != null) return null;
      }
      case TYPE_DECL -> {}
      case ERRONEOUS, EXPRESSION, IMPORT, STATEMENT -> {
        return null;
      }
    }
    if (!view.isFree(snippet)) return null;
    Object unit = alone(snippet);
    List<ClassBytecodes> classes = analyse(snippet, unit, runs::classes);
    if (classes == null) return null;
    load(unit, classes);
    finish.invoke(unit);
    return new Declared(snippet, variable ? (String) className.invoke(snippet) : null);
  }

  /// Adds an import. JShell compiles every declaration again for one on demand, which may make
  /// types of living objects anew; that is of use only where something is not resolved yet.
  ///
  /// @return false if JShell has to do it
  boolean add(String text) throws Throwable {
    boolean open = jshell.snippets().map(jshell::status).anyMatch(UNRESOLVED::contains);
    if (open) return false;
    var parsed = (List<?>) snippets.invoke(eval, text);
    if (parsed.size() != 1 || !(parsed.getFirst() instanceof ImportSnippet snippet)) return false;
    Object unit = alone(snippet);
    Boolean valid = analyse(snippet, unit, _ -> true);
    if (!Boolean.TRUE.equals(valid)) return false;
    finish.invoke(unit);
    return true;
  }

  /// JShell's unit of a snippet that is compiled with no other.
  private Object alone(Snippet snippet) throws Throwable {
    Object made = unit.invoke(jshell, snippet, null, diagnostics.invoke(snippet));
    Set<Object> alone = Set.of(made);
    initialise.invoke(made);
    setWrap.invoke(made, alone, alone);
    return made;
  }

  /// Tells a unit what the compiler says of its snippet.
  ///
  /// @param then asked about the analysis while it lasts
  /// @return null if there are errors; the unit has heard nothing then
  private <T> @Nullable T analyse(
      Snippet snippet, Object unit, CompilerRuns.Question<Object, @Nullable T> then)
      throws Throwable {
    return runs.analyse(
        outer.invoke(snippet),
        CompilerRuns.OPTIONS,
        analysed -> {
          if (runs.hasErrors(analysed)) return null;
          setDiagnostics.invoke(unit, analysed);
          setStatus.invoke(unit, analysed);
          return then.ask(analysed);
        });
  }

  private void load(Object unit, List<ClassBytecodes> classes) throws Throwable {
    for (ClassBytecodes each : classes) setBytes.invoke(tracker, each.name(), each.bytecodes());
    List<String> names = classes.stream().map(ClassBytecodes::name).toList();
    ClassBytecodes[] fresh =
        ((Stream<?>) classesToLoad.invoke(unit, names)).toArray(ClassBytecodes[]::new);
    control.load(fresh);
    markLoaded.invoke(tracker, fresh);
    boolean _ = (boolean) redefine.invoke(unit);
  }
}
