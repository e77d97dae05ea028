package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.async.CancelledError;
import dev.brigade.async.Coroutine;
import dev.brigade.async.Task;
import dev.brigade.session.Cell;
import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import dev.brigade.session.display.Displayed;
import dev.brigade.session.engine.CellSource.Part;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/// Runs cells, each inside its own coroutine: magics and snippets in order, then what was asked for
/// besides.
final class CellRunner implements CellQueue.Runner {
  private static final int TURNS = 20;

  private final Workshop workshop;

  CellRunner(Workshop workshop) {
    this.workshop = workshop;
  }

  @Override
  public CellResult run(Running running) {
    CellRequest request = running.request();
    Cell cell = running.cell();
    var state = new CellState(running, SourceMap.Source.of(cell.label(), request.code()));
    workshop.cells().began(cell);
    workshop.shell().ownThread();
    workshop.stdin().connect(cell.origin(), request.stdin());
    Outcome outcome;
    if (!request.silent()) workshop.log().began(cell, request.code());
    try (var _ = workshop.tracing().watch(cell)) {
      outcome = workshop.compileTime().during(cell.label(), () -> outcome(state));
      // Left behind: its end is old news.
      if (running.result().isDone()) return new CellResult(cell, outcome, Map.of(), null, null);
      letHandlersRun(cell);
      Task<?> root = running.root();
      if (root != null) {
        if (running.isInterrupted()) workshop.notices().interrupted(running);
        else workshop.notices().leftRunning(cell, root, state.pending);
      }
    }
    workshop.widgets().flush();
    workshop.output().endOf(cell);
    if (!request.silent()) workshop.log().ended(outcome);
    Map<String, Outcome> expressions = expressions(state, outcome);
    workshop.stdin().disconnect(cell.origin());
    workshop.compileTime().forget(cell.origin());
    if (request.storeHistory() && running.isMain()) {
      String output = outcome instanceof Outcome.Value value ? value.bundle().plain() : null;
      workshop.history().add(cell.number(), request.code(), output);
    }
    if (request.silent() && outcome instanceof Outcome.Value) outcome = new Outcome.Done();
    return new CellResult(cell, outcome, expressions, state.nextInput, state.page);
  }

  /// A cell that changes a widget shows what its handlers print, which front ends that save
  /// notebooks would not wait for. Handlers may cause others, and two each other without end.
  private void letHandlersRun(Cell cell) {
    try {
      for (int i = 0; i < TURNS && workshop.widgets().hasCaused(cell.origin()); i++) {
        Async.await(Async.sleep(0));
      }
    } catch (CancelledError _) {
      // The press comes too late for the cell; its handlers hear of it themselves.
    }
    workshop.widgets().forget(cell.origin());
  }

  private Outcome outcome(CellState state) {
    try {
      runParts(state, state.running.request().code(), 0);
      refuseUnresolved(state);
      return state.outcome;
    } catch (Throwable e) {
      return failed(state, e);
    }
  }

  private Outcome failed(CellState state, Throwable thrown) {
    Running running = state.running;
    Task<?> body = running.body();
    SourceMap.Position awaited = body == null ? null : state.source.position(body.awaitSite());
    String kept = running.isInterrupted() ? running.kept() : null;
    return new Outcome.Failed(workshop.errors().of(thrown, kept, awaited));
  }

  /// Runs a cell's text, or a part of it for a magic.
  ///
  /// @param firstLine the line of the cell it begins in, counted from 0
  void runParts(CellState state, String code, int firstLine) throws Throwable {
    MagicTable magics = workshop.magics();
    for (Part part : CellSource.parts(code, magics::has)) {
      state.outcome = new Outcome.Done();
      int line = firstLine + part.line();
      switch (part) {
        case Part.Code java -> runJava(state, java.text(), line);
        case Part.LineMagic magic ->
            magics
                .find(magic.name())
                .run(new MagicCall(this, state, magic.arguments(), null, line));
        case Part.CellMagic magic ->
            magics
                .find(magic.name())
                .run(new MagicCall(this, state, magic.arguments(), magic.body(), line + 1));
        case Part.Help help -> help(state, help);
      }
    }
  }

  private void runJava(CellState state, String code, int firstLine) throws Throwable {
    List<Splitter.Piece> pieces =
        workshop
            .compileTime()
            .during(
                state.source.label(),
                () -> workshop.splitter().split(code, state.source, firstLine));
    prepare(code);
    for (int i = 0; i < pieces.size(); i++) {
      if (state.running.isInterrupted()) throw new CancelledError("interrupted");
      Splitter.Piece piece = pieces.get(i);
      Evaluator.Evaluated evaluated = eval(piece);
      state.unresolved.addAll(evaluated.unresolved());
      evaluated.broken().forEach(broken -> workshop.notices().broken(state.running.cell(), broken));
      if (!evaluated.isExpression()) continue;
      if (i == pieces.size() - 1) show(state, evaluated);
      else if (evaluated.value() instanceof Coroutine<?> coroutine) {
        workshop.notices().dropped(state.running.cell(), coroutine, line(piece));
      }
    }
  }

  /// Evaluates what the code needs of the preload and of earlier values.
  void prepare(String code) throws Throwable {
    Set<String> names = JavaText.names(code);
    workshop.preload().prepare(names, workshop.evaluator(), workshop.names()::isDeclared);
    workshop.values().declare(names, workshop.evaluator());
  }

  Evaluator.Evaluated eval(Splitter.Piece piece) throws Throwable {
    try {
      return workshop.evaluator().eval(piece.text(), piece.chunk());
    } catch (CellFailure e) {
      // Perhaps for want of an import that nothing in the text points at. Nothing of it has run.
      boolean more =
          e.isRejected()
              && workshop.compileTime().during("preload", () -> workshop.preload().loadAll());
      if (!more) throw e;
      return workshop.evaluator().eval(piece.text(), piece.chunk());
    }
  }

  private static String line(Splitter.Piece piece) {
    return piece.chunk().source().label() + " line " + (piece.chunk().firstLine() + 1);
  }

  private static boolean isVoid(Evaluator.Evaluated evaluated) {
    return evaluated.type().equals("Void") || evaluated.type().equals("java.lang.Void");
  }

  private void show(CellState state, Evaluator.Evaluated evaluated) {
    Object value = evaluated.value();
    // System.out.printf(...) gives the stream back, which nobody wants to see; what is displayed is
    // seen already.
    if (isVoid(evaluated) || value instanceof PrintStream || value instanceof Displayed) return;
    if (value instanceof Coroutine<?> coroutine && !coroutine.isStarted()) {
      String text =
          "<Coroutine "
              + coroutine.name()
              + ", not started: write await("
              + coroutine.name()
              + "(...)) to run it>";
      coroutine.close();
      state.outcome =
          new Outcome.Value(MimeBundle.text(text), Preload.simplified(evaluated.type()));
      return;
    }
    if (!state.running.request().silent() && state.running.isMain()) {
      workshop.values().keep(state.running.cell().number(), value, evaluated.type());
    }
    if (value != null && Settling.settles(value) && !state.running.request().silent()) {
      settle(state, value, Preload.simplified(evaluated.type()));
      return;
    }
    state.outcome = new Outcome.Value(bundle(value), Preload.simplified(evaluated.type()));
  }

  /// Front ends replace what was displayed, and no result: so what is pending is display data.
  private void settle(CellState state, Object value, String type) {
    Settling settling = workshop.output().settling();
    MimeBundle outcome = asUserCode(() -> settling.outcome(value));
    if (outcome != null) {
      state.outcome = new Outcome.Value(outcome, type);
      return;
    }
    Cell cell = state.running.cell();
    String id = UUID.randomUUID().toString();
    Map<String, Object> metadata = Map.of(MimeBundle.VALUE, cell.number());
    MimeBundle pending = new MimeBundle(Settling.pending(value).data(), metadata);
    workshop.output().show(cell, pending, id, false);
    state.pending = value;
    settling.follow(value, cell, id, metadata);
  }

  /// Rendering runs the value's own code, so it can be interrupted like any user code.
  private MimeBundle bundle(@Nullable Object value) {
    return asUserCode(() -> workshop.renderers().bundle(value));
  }

  private <T extends @Nullable Object> T asUserCode(Supplier<T> code) {
    workshop.compileTime().pause();
    workshop.userCode().enter();
    try {
      return code.get();
    } finally {
      workshop.userCode().leave();
      workshop.compileTime().resume();
    }
  }

  /// A forward reference is fine within a cell; one that is still open at its end is a mistake.
  private void refuseUnresolved(CellState state) {
    if (!state.unresolved.isEmpty()) workshop.preload().loadAll();
    for (Snippet snippet : state.unresolved) {
      SourceMap.Chunk chunk = workshop.sourceMap().chunkOf(snippet);
      if (chunk != null && workshop.evaluator().isUnresolved(snippet)) {
        throw new CellFailure(
            workshop
                .shell()
                .enter(
                    () -> workshop.compileErrors().unresolved(snippet, snippet.source(), chunk)));
      }
    }
  }

  private void help(CellState state, Part.Help help) {
    String name = help.expression();
    state.page =
        workshop
            .compileTime()
            .during(
                state.source.label(),
                () -> workshop.inspection().inspect(name, name.length(), help.level()))
            .orElseThrow(
                () -> CellFailure.of("NothingKnown", "nothing is known of `" + name + "`"));
  }

  private Map<String, Outcome> expressions(CellState state, Outcome outcome) {
    var results = new LinkedHashMap<String, Outcome>();
    if (outcome instanceof Outcome.Failed) return results;
    state
        .running
        .request()
        .userExpressions()
        .forEach((name, expression) -> results.put(name, expression(state, expression)));
    return results;
  }

  private Outcome expression(CellState state, String expression) {
    var source = SourceMap.Source.of("expression", expression);
    var chunk = new SourceMap.Chunk(source, 0, 0);
    try {
      prepare(expression);
      Evaluator.Evaluated evaluated = eval(new Splitter.Piece(expression, chunk));
      if (!evaluated.isExpression() || isVoid(evaluated)) return new Outcome.Done();
      return new Outcome.Value(bundle(evaluated.value()), Preload.simplified(evaluated.type()));
    } catch (Throwable e) {
      return failed(state, e);
    }
  }

  /// What is known of a cell while it runs. The cell's thread only.
  static final class CellState {
    final Running running;
    final SourceMap.Source source;
    final List<Snippet> unresolved;
    Outcome outcome = new Outcome.Done();
    @Nullable String nextInput;
    @Nullable MimeBundle page;
    // What the cell ended in and shows later.
    @Nullable Object pending;

    CellState(Running running, SourceMap.Source source) {
      this(running, source, new ArrayList<>());
    }

    private CellState(Running running, SourceMap.Source source, List<Snippet> unresolved) {
      this.running = running;
      this.source = source;
      this.unresolved = unresolved;
    }

    /// The state of another text that runs as part of the cell.
    CellState of(SourceMap.Source other) {
      return new CellState(running, other, unresolved);
    }
  }

  Workshop workshop() {
    return workshop;
  }
}
