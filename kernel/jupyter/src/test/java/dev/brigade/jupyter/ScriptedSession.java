package dev.brigade.jupyter;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Origin;
import dev.brigade.session.Cell;
import dev.brigade.session.CellError;
import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.Completeness;
import dev.brigade.session.Completions;
import dev.brigade.session.Emission;
import dev.brigade.session.EmissionListener;
import dev.brigade.session.Execution;
import dev.brigade.session.History;
import dev.brigade.session.InterruptReport;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import dev.brigade.session.Session;
import dev.brigade.session.Subshell;
import dev.brigade.session.comm.CommData;
import dev.brigade.session.comm.CommMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session whose cells do what the test says.
final class ScriptedSession implements Session {
  /// What a cell does.
  @FunctionalInterface
  interface Script {
    Outcome run(Scene scene) throws Exception;
  }

  /// What a running script may do.
  final class Scene {
    final Cell cell;
    final CellRequest request;

    Scene(Cell cell, CellRequest request) {
      this.cell = cell;
      this.request = request;
    }

    void print(String text) {
      listener.emit(new Emission.Text(cell, Emission.Stream.STDOUT, text, false));
    }

    void printError(String text) {
      listener.emit(new Emission.Text(cell, Emission.Stream.STDERR, text, false));
    }

    void emit(Emission emission) {
      listener.emit(emission);
    }

    @Nullable String read(String prompt, boolean password) throws Exception {
      return Objects.requireNonNull(request.stdin()).readLine(prompt, password);
    }
  }

  final Map<String, Script> scripts = new ConcurrentHashMap<>();
  final Map<String, Outcome> expressions = new HashMap<>();
  final List<History.Entry> entries = new CopyOnWriteArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  volatile Completions completions = new Completions(0, 0, List.of());
  volatile Optional<MimeBundle> inspection = Optional.empty();
  volatile Completeness completeness = new Completeness(Completeness.Status.COMPLETE, "");
  volatile @Nullable String nextInput;
  volatile @Nullable MimeBundle page;

  private final EmissionListener listener;
  private final ExecutorService cells = Executors.newSingleThreadExecutor();
  private volatile @Nullable Thread running;
  private volatile int count;
  private long ids;

  ScriptedSession(EmissionListener listener) {
    this.listener = listener;
    scripts.put("1+1", _ -> new Outcome.Value(MimeBundle.text("2"), "int"));
    scripts.put("fail", _ -> failed("ArithmeticException", "/ by zero"));
  }

  static Outcome.Failed failed(String name, String message) {
    return new Outcome.Failed(
        new CellError(name, message, List.of("\u001b[1;31m" + name + "\u001b[0m: " + message)));
  }

  @Override
  public synchronized Execution execute(CellRequest request) {
    if (request.code().equals("engine dies")) throw new IllegalStateException("JShell is gone");
    if (request.storeHistory()) count++;
    int number = count;
    var cell = new Cell(++ids, number, Origin.of("In [" + number + "]"), request.tag());
    var result = new CompletableFuture<CellResult>();
    cells.execute(() -> result.complete(run(cell, request)));
    return new Execution(cell, result);
  }

  @Override
  public Subshell subshell() {
    var own = Executors.newSingleThreadExecutor();
    var numbers = new AtomicInteger();
    return new Subshell() {
      @Override
      public Execution execute(CellRequest request) {
        int number = request.storeHistory() ? numbers.incrementAndGet() : numbers.get();
        var origin = Origin.of("In [" + number + "] of subshell 1");
        var cell = new Cell(1000 + number, number, origin, request.tag());
        var result = new CompletableFuture<CellResult>();
        own.execute(() -> result.complete(ScriptedSession.this.run(cell, request)));
        return new Execution(cell, result);
      }

      @Override
      public int executionCount() {
        return numbers.get();
      }

      @Override
      public void close() {
        own.shutdown();
      }
    };
  }

  private CellResult run(Cell cell, CellRequest request) {
    running = Thread.currentThread();
    Outcome outcome;
    try {
      Script script = scripts.getOrDefault(request.code(), _ -> new Outcome.Done());
      outcome = script.run(new Scene(cell, request));
    } catch (InterruptedException e) {
      outcome = failed("Interrupted", "the cell was stopped");
    } catch (Exception e) {
      outcome = failed(e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
    } finally {
      running = null;
    }
    var values = new HashMap<String, Outcome>();
    request
        .userExpressions()
        .forEach(
            (name, code) ->
                values.put(name, expressions.getOrDefault(code, failed("CompileError", code))));
    return new CellResult(cell, outcome, values, nextInput, page);
  }

  @Override
  public boolean observes(CellRequest request) {
    return request.code().startsWith("%tasks") || request.code().startsWith("%cancel");
  }

  @Override
  public CellResult observe(CellRequest request) {
    var cell = new Cell(0, count, Origin.of("In [" + count + "]"), request.tag());
    Outcome outcome;
    try {
      Script script = scripts.getOrDefault(request.code(), _ -> new Outcome.Done());
      outcome = script.run(new Scene(cell, request));
    } catch (Exception e) {
      outcome = failed(e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
    }
    return new CellResult(cell, outcome, Map.of(), null, null);
  }

  @Override
  public InterruptReport interrupt() {
    calls.add("interrupt");
    Thread thread = running;
    if (thread != null) thread.interrupt();
    return new InterruptReport("", List.of(), List.of());
  }

  final List<CommMessage> heard = new CopyOnWriteArrayList<>();
  final Map<String, String> comms = new ConcurrentHashMap<>();

  @Override
  public boolean receive(CommMessage message, Consumer<CommMessage> answer) {
    if (message instanceof CommMessage.Opened opened && !opened.target().equals("known")) {
      return false;
    }
    heard.add(message);
    if (message.content().get("ask") != null) {
      answer.accept(new CommMessage.Sent(message.id(), CommData.of(Map.of("told", 1))));
    }
    return true;
  }

  @Override
  public Map<String, String> comms() {
    return comms;
  }

  @Override
  public Completions complete(String code, int cursor) {
    calls.add("complete " + code + " " + cursor);
    return completions;
  }

  @Override
  public Optional<MimeBundle> inspect(String code, int cursor, int detailLevel) {
    if (code.equals("throw")) throw new StackOverflowError("inspection went too deep");
    calls.add("inspect " + code + " " + cursor + " " + detailLevel);
    return inspection;
  }

  @Override
  public Completeness isComplete(String code) {
    return completeness;
  }

  @Override
  public History history() {
    return new History() {
      @Override
      public List<Entry> tail(int n) {
        calls.add("tail " + n);
        return entries;
      }

      @Override
      public List<Entry> range(int session, int start, int stop) {
        calls.add("range " + session + " " + start + " " + stop);
        return entries;
      }

      @Override
      public List<Entry> search(String glob, int n, boolean unique) {
        calls.add("search " + glob + " " + n + " " + unique);
        return entries;
      }
    };
  }

  @Override
  public int executionCount() {
    return count;
  }

  @Override
  public EventLoop loop() {
    throw new UnsupportedOperationException("a scripted session has no loop");
  }

  @Override
  public CompletableFuture<Void> ready() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    cells.shutdownNow();
  }
}
