package dev.brigade.jupyter.dispatch;

import dev.brigade.jupyter.output.Publisher;
import dev.brigade.jupyter.protocol.ErrorContent;
import dev.brigade.jupyter.protocol.Parent;
import dev.brigade.jupyter.protocol.Publication;
import dev.brigade.jupyter.protocol.Reply;
import dev.brigade.jupyter.protocol.Reply.ExecuteEnd;
import dev.brigade.jupyter.protocol.Request.ExecuteRequest;
import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.Execution;
import dev.brigade.session.LineInput;
import dev.brigade.session.Subshell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/// Runs cells one after the other on a thread of its own. After a failed cell that asked for it,
/// the cells that wait are answered as aborted.
final class ExecuteQueue implements AutoCloseable {
  private record Waiting(Parent parent, ExecuteRequest request) {
    /// No request is without a type. The JVM would make classes to compare records, while the first
    /// cell waits.
    private boolean isEnd() {
      return parent.type().isEmpty();
    }
  }

  /// How long the running cell gets to end when the kernel does.
  private static final long LAST_CELL_MILLIS = 700;

  private static final Waiting END =
      new Waiting(Parent.NONE, new ExecuteRequest("", true, false, Map.of(), false, false, ""));

  private final CompletableFuture<? extends Subshell> shell;
  private final Runnable interrupt;
  private final Publisher publisher;
  private final CellEnds ends;
  private final Exchange exchange;
  private final Stdin stdin;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closing;
  // Held while a cell is handed to the session and while a press finds its cell.
  private final Object handing = new Object();
  // Cells that were added and have not ended; guarded by handing, as the two below are.
  private int pending;
  private boolean handed;
  private boolean pressed;

  /// @param shell there when the session is open; what runs the cells
  /// @param interrupt presses the interrupt key of the session, which is open then
  /// @param name of its thread
  ExecuteQueue(
      CompletableFuture<? extends Subshell> shell,
      Runnable interrupt,
      Publisher publisher,
      Exchange exchange,
      String name) {
    this.shell = shell;
    this.interrupt = interrupt;
    this.publisher = publisher;
    this.ends = new CellEnds(publisher);
    this.exchange = exchange;
    this.stdin = new Stdin(publisher);
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
    thread.start();
  }

  /// Where its cells ask for input.
  Stdin stdin() {
    return stdin;
  }

  void add(Parent parent, ExecuteRequest request) {
    synchronized (handing) {
      pending++;
    }
    queue.add(new Waiting(parent, request));
  }

  /// Aims a press of the interrupt key: at the cell that is on its way to the session, as soon as
  /// it is there, or else at what the session runs. A client sends both at once, on two channels.
  ///
  /// @param others whether cells of other queues may run
  void press(boolean others) {
    synchronized (handing) {
      boolean isOnItsWay = pending > 0 && !handed;
      if (isOnItsWay) pressed = true;
      // Still opening: nothing of the user's runs yet.
      if (!shell.isDone() || isOnItsWay && !others) return;
      interrupt.run();
    }
  }

  private void ended() {
    synchronized (handing) {
      pending--;
      handed = false;
      if (pending == 0) pressed = false;
    }
  }

  private void work() {
    while (true) {
      Waiting next;
      try {
        next = queue.take();
      } catch (InterruptedException _) {
        // Only user code that interrupts every thread it finds gets here; the queue goes on.
        continue;
      }
      if (next.isEnd()) return;
      if (closing) abort(next);
      else run(next);
    }
  }

  private void run(Waiting next) {
    List<Waiting> aborted = new ArrayList<>();
    exchange.answer(
        next.parent(),
        () -> {
          Reply.ExecuteReply reply = attempt(next.parent(), next.request());
          // Before the reply leaves: a cell sent in answer to it is not one that waited.
          if (reply.end() instanceof ExecuteEnd.Failed && next.request().stopOnError()) {
            queue.drainTo(aborted);
          }
          ended();
          return reply;
        });
    for (Waiting each : aborted) {
      if (each.isEnd()) queue.add(each);
      else abort(each);
    }
  }

  private Reply.ExecuteReply attempt(Parent parent, ExecuteRequest request) {
    Instant started = Instant.now();
    try {
      return execute(parent, request, started);
    } catch (Throwable t) {
      // Brigade's own failure; what the user's code throws is an outcome.
      ErrorContent error = exchange.failure(parent, t);
      publisher.send(parent, new Publication.ErrorPublication(error));
      return new Reply.ExecuteReply(
          count(), started, new ExecuteEnd.Failed(error), request.cellId());
    }
  }

  private Reply.ExecuteReply execute(Parent parent, ExecuteRequest request, Instant started)
      throws Exception {
    Subshell open = shell.join();
    if (!request.silent()) {
      // Before the cell can print: the number is known, because cells start nowhere else.
      int number = open.executionCount() + (request.storeHistory() ? 1 : 0);
      publisher.send(parent, new Publication.ExecuteInput(request.code(), number));
    }
    LineInput keys = request.allowStdin() ? stdin.of(parent) : null;
    CellResult result = hand(open, CellEnds.request(parent, request, keys)).result().get();
    return ends.reply(parent, request, result, started);
  }

  private Execution hand(Subshell open, CellRequest request) {
    synchronized (handing) {
      Execution execution = open.execute(request);
      handed = true;
      if (pressed) interrupt.run();
      pressed = false;
      return execution;
    }
  }

  private void abort(Waiting waiting) {
    ended();
    exchange.answer(
        waiting.parent(),
        () ->
            new Reply.ExecuteReply(
                count(), Instant.now(), new ExecuteEnd.Aborted(), waiting.request().cellId()));
  }

  private int count() {
    return shell.state() == Future.State.SUCCESS ? shell.join().executionCount() : 0;
  }

  /// Runs what waits, and ends the thread then. Returns at once.
  void end() {
    queue.add(END);
  }

  /// From now on what waits is answered as aborted. Returns at once.
  void abort() {
    closing = true;
    queue.add(END);
  }

  /// Answers what waits as aborted and ends the thread, after the running cell.
  @Override
  public void close() {
    abort();
    try {
      thread.join(LAST_CELL_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
