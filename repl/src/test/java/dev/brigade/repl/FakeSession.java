package dev.brigade.repl;

import static java.util.Objects.requireNonNull;

import dev.brigade.async.EventLoop;
import dev.brigade.async.LoopOptions;
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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A session whose cells do what a test says.
public final class FakeSession implements Session {
  /// Every request, in order.
  public final List<CellRequest> requests = new CopyOnWriteArrayList<>();

  /// How often the interrupt key reached the session.
  public final AtomicInteger presses = new AtomicInteger();

  private final ExecutorService cells = Executors.newSingleThreadExecutor();
  private final EventLoop loop = EventLoop.host(LoopOptions.defaults());
  private final EmissionListener listener;
  private final Script script;
  private final AtomicInteger count = new AtomicInteger();

  /// What a cell does and how it ends.
  @FunctionalInterface
  public interface Script {
    Outcome run(Running running) throws Exception;
  }

  /// A cell while it runs.
  public record Running(Cell cell, CellRequest request, EmissionListener listener) {
    public String code() {
      return request.code();
    }

    public @Nullable String readLine(String prompt) throws IOException, InterruptedException {
      return requireNonNull(request.stdin()).readLine(prompt, false);
    }

    public void print(String text) {
      listener.emit(new Emission.Text(cell, Emission.Stream.STDOUT, text, false));
    }

    public void printError(String text) {
      listener.emit(new Emission.Text(cell, Emission.Stream.STDERR, text, false));
    }

    public void display(MimeBundle bundle) {
      listener.emit(new Emission.Display(cell, bundle, null, false));
    }
  }

  public FakeSession(EmissionListener listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  public static Outcome failed(String name, String message) {
    return new Outcome.Failed(
        new CellError(name, message, List.of("\u001b[31m" + name + "\u001b[0m: " + message)));
  }

  @Override
  public Execution execute(CellRequest request) {
    requests.add(request);
    if (request.storeHistory()) count.incrementAndGet();
    var cell =
        new Cell(requests.size(), count.get(), Origin.of("In [" + count + "]"), request.tag());
    var result = new CompletableFuture<CellResult>();
    cells.execute(
        () -> {
          Outcome outcome;
          try {
            outcome = script.run(new Running(cell, request, listener));
          } catch (Exception failure) {
            outcome =
                failed(failure.getClass().getSimpleName(), String.valueOf(failure.getMessage()));
          }
          result.complete(new CellResult(cell, outcome, Map.of(), null, null));
        });
    return new Execution(cell, result);
  }

  @Override
  public InterruptReport interrupt() {
    presses.incrementAndGet();
    return new InterruptReport("In [" + count + "]", List.of("main"), List.of("ticker (In [1])"));
  }

  @Override
  public Completions complete(String code, int cursor) {
    int start = cursor;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) start--;
    if (code.startsWith("%")) {
      return new Completions(
          0, cursor, List.of(new Completions.Candidate("%preload", "magic", "")));
    }
    return new Completions(
        start, cursor, List.of(new Completions.Candidate("gather", "method", "gather(...)")));
  }

  @Override
  public Optional<MimeBundle> inspect(String code, int cursor, int detailLevel) {
    return code.equals("gather")
        ? Optional.of(MimeBundle.text("gather, level " + detailLevel))
        : Optional.empty();
  }

  @Override
  public Completeness isComplete(String code) {
    boolean open =
        code.chars().filter(c -> c == '{').count() > code.chars().filter(c -> c == '}').count();
    return open
        ? new Completeness(Completeness.Status.INCOMPLETE, "  ")
        : new Completeness(Completeness.Status.COMPLETE, "");
  }

  @Override
  public History history() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int executionCount() {
    return count.get();
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public CompletableFuture<Void> ready() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    cells.shutdownNow();
    loop.shutdown();
  }
}
