package dev.brigade.session.engine;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/// Evaluates one snippet in the calling thread.
final class Evaluator {
  /// What a snippet came to.
  ///
  /// @param isExpression whether it is one whose value a cell shows
  /// @param type the static type of an expression, as in source
  /// @param unresolved declarations that name something nobody has declared yet
  /// @param broken earlier declarations that no longer compile because of this one
  record Evaluated(
      boolean isExpression,
      @Nullable Object value,
      String type,
      List<Snippet> unresolved,
      List<Snippet> broken) {}

  private final Shell shell;
  private final CompileErrors compileErrors;
  private final CompileTime compileTime;

  Evaluator(Shell shell, CompileErrors compileErrors, CompileTime compileTime) {
    this.shell = shell;
    this.compileErrors = compileErrors;
    this.compileTime = compileTime;
  }

  CompileTime compileTime() {
    return compileTime;
  }

  /// Evaluates a snippet.
  ///
  /// @throws CellFailure it does not compile
  /// @throws Throwable whatever its code throws
  Evaluated eval(String text, SourceMap.Chunk chunk) throws Throwable {
    shell.entry().lock();
    try {
      shell.internals().forgetDeadTypes();
      return evalAlone(text, chunk);
    } catch (CellFailure e) {
      String again = RecordText.withPublicConstructors(text);
      if (!e.isRejected() || again.equals(text)) throw e;
      return evalAgain(again, chunk, e);
    } finally {
      shell.entry().unlock();
    }
  }

  private Evaluated evalAgain(String text, SourceMap.Chunk chunk, CellFailure first)
      throws Throwable {
    try {
      return evalAlone(text, chunk);
    } catch (CellFailure e) {
      throw e.isRejected() ? first : e;
    }
  }

  private Evaluated evalAlone(String text, SourceMap.Chunk chunk) throws Throwable {
    var result = new CellControl.Result();
    Internals internals = shell.internals();
    shell.sourceMap().compiling(chunk);
    shell.control().expect(result);
    compileTime.begin(chunk.source().label());
    List<SnippetEvent> events;
    try {
      Set<String> names = JavaText.names(text);
      StatementCompiler.Parsed parsed = internals.parse(text);
      internals.narrow(names, Set.of());
      if (parsed != null && parsed.shape() != null) {
        StatementCompiler.Statement statement = internals.compile(text, parsed.shape());
        if (statement != null) return run(statement, text, chunk, result);
      } else if (parsed != null) {
        DeclarationCompiler.Declared declared = internals.declare(text);
        if (declared != null) return run(declared, text, chunk, result);
      }
      internals.narrow(names, parsed == null ? null : declared(text, parsed));
      events = shell.jshell().eval(text);
    } finally {
      internals.widen();
      compileTime.end();
    }
    var unresolved = new ArrayList<Snippet>();
    var broken = new ArrayList<Snippet>();
    boolean isExpression = false;
    String type = "";
    for (SnippetEvent event : events) {
      Snippet snippet = event.snippet();
      if (event.causeSnippet() != null) {
        if (isBroken(event)) broken.add(snippet);
        continue;
      }
      shell.sourceMap().remember(snippet, chunk);
      if (event.status() == Status.REJECTED) {
        throw CellFailure.rejected(compileErrors.of(snippet, text, chunk));
      }
      if (event.status() == Status.RECOVERABLE_DEFINED
          || event.status() == Status.RECOVERABLE_NOT_DEFINED) unresolved.add(snippet);
      if (event.exception() instanceof UnresolvedReferenceException reference) {
        throw new CellFailure(compileErrors.unresolved(reference.getSnippet(), text, chunk));
      }
      switch (snippet) {
        case VarSnippet variable
            when variable.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND -> {
          isExpression = true;
          type = variable.typeName();
          drop(variable, result);
        }
        case VarSnippet variable -> forgetUnnamed(variable);
        case ExpressionSnippet expression -> {
          isExpression = expression.subKind() == Snippet.SubKind.VAR_VALUE_SUBKIND;
          type = expression.typeName();
        }
        default -> {}
      }
    }
    if (result.error != null) throw result.error;
    return new Evaluated(isExpression, result.value, type, unresolved, broken);
  }

  private @Nullable Set<String> declared(String text, StatementCompiler.Parsed parsed) {
    Set<String> known = parsed.declares();
    return known == null ? shell.internals().declares(text) : known;
  }

  /// Runs what JShell does not have to know.
  private Evaluated run(
      StatementCompiler.Statement statement,
      String text,
      SourceMap.Chunk chunk,
      CellControl.Result result)
      throws Throwable {
    shell.sourceMap().begins(statement.name(), statement.header());
    shell.control().load(statement.classes().toArray(ClassBytecodes[]::new));
    invoke(statement.name(), text, chunk, result);
    return new Evaluated(statement.shown(), result.value, statement.type(), List.of(), List.of());
  }

  private Evaluated run(
      DeclarationCompiler.Declared declared,
      String text,
      SourceMap.Chunk chunk,
      CellControl.Result result)
      throws Throwable {
    shell.sourceMap().remember(declared.snippet(), chunk);
    forgetUnnamed(declared.snippet());
    if (declared.runs() != null) invoke(declared.runs(), text, chunk, result);
    return new Evaluated(false, null, "", List.of(), List.of());
  }

  /// Nobody can name `var _ = ...` again, and JShell stumbles over it when it compiles others anew.
  private void forgetUnnamed(Snippet snippet) {
    if (snippet instanceof VarSnippet variable && variable.name().isEmpty()) {
      shell.jshell().drop(variable);
    }
  }

  private void invoke(
      String className, String text, SourceMap.Chunk chunk, CellControl.Result result)
      throws Throwable {
    try {
      shell.control().invoke(className, "do_it$");
    } catch (ExecutionControl.ResolutionException e) {
      throw new CellFailure(compileErrors.unresolved(snippet(e.id()), text, chunk));
    }
    if (result.error != null) throw result.error;
  }

  private DeclarationSnippet snippet(int id) {
    return shell
        .jshell()
        .snippets()
        .filter(each -> each.id().equals(String.valueOf(id)))
        .map(DeclarationSnippet.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isBroken(SnippetEvent event) {
    return event.previousStatus() == Status.VALID
        && switch (event.status()) {
          case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED, REJECTED -> true;
          case VALID, DROPPED, OVERWRITTEN, NONEXISTENT -> false;
        };
  }

  /// JShell imports every living variable into every later snippet, which makes a thousandth cell
  /// many times slower than the first: temporaries go at once.
  private void drop(VarSnippet temporary, CellControl.Result result) throws IllegalAccessException {
    Class<?> type = result.type;
    Field field = type == null ? null : CellControl.field(type, temporary.name());
    if (field != null && !field.getType().isPrimitive()) field.set(null, null);
    shell.jshell().drop(temporary);
  }

  /// Declares a variable that holds a value.
  ///
  /// @return whether its type can be written in source
  boolean declare(String type, String name, @Nullable Object value, SourceMap.Chunk chunk) {
    return shell.enter(
        () -> {
          var result = new CellControl.Result();
          shell.sourceMap().compiling(chunk);
          shell.control().expect(result);
          boolean valid =
              shell.jshell().eval(type + " " + name + ";").stream()
                  .allMatch(event -> event.status() != Status.REJECTED);
          Class<?> owner = result.type;
          Field field = owner == null ? null : CellControl.field(owner, name);
          if (!valid || field == null) return false;
          try {
            field.set(null, value);
            return true;
          } catch (IllegalAccessException | IllegalArgumentException e) {
            return false;
          }
        });
  }

  /// Whether a declaration still names something nobody has declared.
  boolean isUnresolved(Snippet snippet) {
    JShell jshell = shell.jshell();
    return shell.enter(
        () -> {
          Status status = jshell.status(snippet);
          return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
        });
  }
}
