package dev.brigade.session.engine;

import dev.brigade.session.Cell;
import dev.brigade.session.CellError;
import dev.brigade.session.Emission;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.spi.Magic;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One use of a magic in a cell.
final class MagicCall implements Magic.Call {
  private final CellRunner runner;
  private final CellRunner.CellState state;
  private final String arguments;
  private final @Nullable String body;
  private final int line;

  /// @param line the line of the cell that code of this call begins in, counted from 0
  MagicCall(
      CellRunner runner,
      CellRunner.CellState state,
      String arguments,
      @Nullable String body,
      int line) {
    this.runner = runner;
    this.state = state;
    this.arguments = arguments;
    this.body = body;
    this.line = line;
  }

  /// The cell it is used in.
  Cell cell() {
    return state.running.cell();
  }

  @Override
  public String arguments() {
    return arguments;
  }

  @Override
  public String body() {
    return body == null ? "" : body;
  }

  @Override
  public boolean wholeCell() {
    return body != null;
  }

  @Override
  public void show(MimeBundle bundle) {
    runner.workshop().output().show(cell(), bundle);
  }

  @Override
  public void print(String text) {
    runner.workshop().output().print(cell(), Emission.Stream.STDOUT, text);
  }

  @Override
  public void live(Supplier<String> frame, double seconds) {
    LiveView.during(runner.workshop().output(), cell(), frame, (long) (seconds * 1e9));
  }

  @Override
  public void runCode(String code) throws Exception {
    try {
      runner.runParts(state, code, line);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new java.lang.reflect.UndeclaredThrowableException(e);
    }
  }

  /// Runs a text that comes from elsewhere, such as a file, as part of this cell. Errors name it
  /// and its own lines; its value is not shown.
  ///
  /// @param name what it is known by, for example `demo.jsh`
  void runText(String name, String text) throws Exception {
    CellRunner.CellState inner = state.of(SourceMap.Source.of(cell().label() + ", " + name, text));
    new MagicCall(runner, inner, "", null, 0).runCode(text);
  }

  /// What the cell is known by while it runs.
  Running running() {
    return state.running;
  }

  Workshop workshop() {
    return runner.workshop();
  }

  /// Evaluates what code needs of the preload and of earlier values.
  void prepare(String code) {
    try {
      runner.prepare(code);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new java.lang.reflect.UndeclaredThrowableException(e);
    }
  }

  /// Evaluates one snippet for the magic itself: what the cell shows does not change.
  Evaluator.Evaluated eval(String text, SourceMap.Chunk chunk) {
    try {
      return runner.eval(new Splitter.Piece(text, chunk));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new java.lang.reflect.UndeclaredThrowableException(e);
    }
  }

  SourceMap.Source source() {
    return state.source;
  }

  /// The line of the cell that code of this call begins in, counted from 0.
  int line() {
    return line;
  }

  /// Runs code of the user's that was compiled before.
  <T> T inUserCode(Callable<T> work) throws Exception {
    Workshop workshop = workshop();
    workshop.compileTime().pause();
    workshop.userCode().enter();
    try {
      return work.call();
    } finally {
      workshop.userCode().leave();
      workshop.compileTime().resume();
    }
  }

  /// Does work of the session's own for user code that was entered by [#inUserCode].
  <T> T outsideUserCode(Callable<T> work) throws Exception {
    Workshop workshop = workshop();
    workshop.userCode().leave();
    workshop.compileTime().resume();
    try {
      return work.call();
    } finally {
      workshop.compileTime().pause();
      workshop.userCode().enter();
    }
  }

  /// Makes something the cell's value, `$n` for later cells, without showing it.
  void keep(Object value, Class<?> type) {
    if (state.running.request().silent() || !state.running.isMain()) return;
    workshop().values().keep(cell().number(), value, type.getName());
  }

  /// Does something that awaits, for which nobody is to blame the compiler.
  <T> T outsideCompileTime(Supplier<T> work) {
    CompileTime time = runner.workshop().compileTime();
    time.pause();
    try {
      return work.get();
    } finally {
      time.resume();
    }
  }

  @Override
  public void nextInput(String text) {
    state.nextInput = text;
  }

  @Override
  public RuntimeException failure(CellError error) {
    return new CellFailure(error);
  }
}
