package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.LoopOptions;
import dev.brigade.async.process.LogLines;
import dev.brigade.session.Cell;
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
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;
import dev.brigade.session.Subshell;
import dev.brigade.session.comm.CommMessage;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The session on JShell: the loop runs at once, JShell warms on a thread of its own, and what
/// needs it waits for it.
public final class JShellSession implements Session {
  /// How long cleanup may take when the session closes.
  private static final long CLEANUP = 2_000_000_000L;

  private static final long LOOK = 2_000_000;

  /// How long a first cell is waited for before the machine is used to get ready for others: that
  /// of a notebook that is run as a whole comes as soon as a kernel has answered.
  private static final long PAUSE_MILLIS = 700;

  private final EventLoop loop;
  private final Cells cells = new Cells();
  private final CellThreads threads = new CellThreads();
  private final Interrupts interrupts;
  private final CellQueue queue;
  private final FileHistory history;
  private final NoticeRelay notices = new NoticeRelay();
  private final CompletableFuture<CellRunner> warm = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;

  private JShellSession(SessionOptions options, EmissionListener listener) {
    loop = EventLoop.host(LoopOptions.defaults().withNotices(notices));
    history = new FileHistory(options.dataDirectory());
    var shellMade = new CompletableFuture<Shell>();
    interrupts = new Interrupts(loop, shellMade, threads);
    queue = new CellQueue(loop, interrupts, warm);
    Thread.ofPlatform()
        .name("brigade-warm-up")
        .daemon()
        .start(() -> warmUp(options, listener, shellMade));
  }

  /// Opens a session.
  public static Session open(SessionOptions options, EmissionListener listener) {
    return new JShellSession(options, listener);
  }

  private void warmUp(
      SessionOptions options, EmissionListener listener, CompletableFuture<Shell> shellMade) {
    try {
      var shell = new Shell(options);
      shellMade.complete(shell);
      Warmth.compiler(shell);
      Workshop workshop =
          Assembly.assemble(loop, shell, cells, threads, interrupts, history, options, listener);
      notices.to(workshop.notices());
      redirect(workshop);
      loop.callSoonThreadsafe(shell::ownThread);
      warm.complete(new CellRunner(workshop));
      ready.complete(null);
      workshop.magics().addServices();
      workshop.renderers().warmUp();
      queue.awaitFirst(PAUSE_MILLIS);
      history.begin();
      Warmth.add(workshop, queue);
    } catch (RuntimeException | Error e) {
      shellMade.completeExceptionally(e);
      warm.completeExceptionally(e);
      ready.completeExceptionally(e);
    }
  }

  private void redirect(Workshop workshop) {
    System.setOut(workshop.output().stream(Emission.Stream.STDOUT, out));
    System.setErr(workshop.output().stream(Emission.Stream.STDERR, err));
    LogLines.inOne();
    System.setIn(workshop.stdin());
    Assembly.connect(workshop, err);
  }

  @Override
  public Execution execute(CellRequest request) {
    return execute(request, cells.main(), queue);
  }

  private Execution execute(CellRequest request, Cells.Lane lane, CellQueue in) {
    Cell cell = cells.add(lane, request.storeHistory(), request.tag());
    var running = new Running(cell, request, lane.isMain());
    in.add(running);
    return new Execution(cell, running.result());
  }

  @Override
  public Subshell subshell() {
    return new OwnSubshell(cells.subshell(), new CellQueue(loop, interrupts, warm));
  }

  /// One that shares everything but its queue and its numbers.
  private final class OwnSubshell implements Subshell {
    private final Cells.Lane lane;
    private final CellQueue ownQueue;
    private volatile boolean closed;

    private OwnSubshell(Cells.Lane lane, CellQueue ownQueue) {
      this.lane = lane;
      this.ownQueue = ownQueue;
    }

    @Override
    public Execution execute(CellRequest request) {
      if (closed) throw new IllegalStateException("this subshell was closed");
      return JShellSession.this.execute(request, lane, ownQueue);
    }

    @Override
    public int executionCount() {
      return cells.count(lane);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Override
  public boolean observes(CellRequest request) {
    // Before it is warm nothing of the user's runs that one could look at.
    return isWarm() && workshop().lookout().observes(request);
  }

  @Override
  public CellResult observe(CellRequest request) {
    return workshop().lookout().observe(request);
  }

  @Override
  public InterruptReport interrupt() {
    return interrupts.press();
  }

  @Override
  public List<Thread> threads() {
    return threads.all();
  }

  private boolean isWarm() {
    return warm.isDone() && !warm.isCompletedExceptionally();
  }

  private Workshop workshop() {
    return warm.join().workshop();
  }

  @Override
  public boolean receive(CommMessage message, Consumer<CommMessage> answer) {
    // Before it is warm no target is there.
    return isWarm()
        ? workshop().comms().receive(message, answer)
        : Session.super.receive(message, answer);
  }

  @Override
  public Map<String, String> comms() {
    return isWarm() ? workshop().comms().targets() : Map.of();
  }

  @Override
  public Completions complete(String code, int cursor) {
    return workshop().completion().complete(code, cursor);
  }

  @Override
  public Optional<MimeBundle> inspect(String code, int cursor, int detailLevel) {
    return workshop().inspection().inspect(code, cursor, detailLevel);
  }

  @Override
  public Completeness isComplete(String code) {
    return workshop().inputCheck().check(code);
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public int executionCount() {
    return cells.count(cells.main());
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public CompletableFuture<Void> ready() {
    return ready.copy();
  }

  @Override
  public void close() {
    loop.shutdown();
    long start = System.nanoTime();
    while (loop.isRunning() && System.nanoTime() - start < CLEANUP) LockSupport.parkNanos(LOOK);
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
    Assembly.disconnect();
    history.flush();
    if (isWarm()) workshop().shell().close();
  }
}
