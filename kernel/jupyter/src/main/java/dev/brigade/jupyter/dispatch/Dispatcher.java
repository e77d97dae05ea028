package dev.brigade.jupyter.dispatch;

import dev.brigade.jupyter.output.Publisher;
import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.Codec;
import dev.brigade.jupyter.protocol.ErrorContent;
import dev.brigade.jupyter.protocol.Inbox;
import dev.brigade.jupyter.protocol.Incoming;
import dev.brigade.jupyter.protocol.KernelInfo;
import dev.brigade.jupyter.protocol.Parent;
import dev.brigade.jupyter.protocol.ProtocolException;
import dev.brigade.jupyter.protocol.Publication;
import dev.brigade.jupyter.protocol.RawMessage;
import dev.brigade.jupyter.protocol.Reply;
import dev.brigade.jupyter.protocol.Request;
import dev.brigade.session.Session;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Hands each request to the thread that may answer it.
///
/// | thread | requests | may wait for |
/// |---|---|---|
/// | the shell channel's own | kernel_info, comms, unknown ones; queues the others | nothing |
/// | `brigade-analysis` | complete, inspect, history | JShell's analysis |
/// | `brigade-input` | is_complete | JShell's analysis, but not for long |
/// | `brigade-execute`, `brigade-subshell-...` | execute | the cell |
/// | `brigade-observe` | execute of nothing but magics that look | nothing that cells do |
/// | `brigade-control` | interrupt, shutdown, subshells, usage, kernel_info on control | nothing |
///
/// So completion answers while a cell runs, `%tasks` while it is stuck, and kernel_info before
/// JShell is warm.
public final class Dispatcher implements Inbox, AutoCloseable {
  /// Consoles wait a second for the answer to a line, and ask no more if it comes late.
  private static final long LINE_MILLIS = 400;

  private final Codec codec;
  private final KernelInfo info;
  private final CompletableFuture<? extends Session> session;
  private final Publisher publisher;
  private final Consumer<String> log;
  private final Consumer<Boolean> stop;

  private final Exchange exchange;
  private final Subshells subshells;
  private final CommDesk comms;
  private final CellEnds cellEnds;
  // Held while a message of the shell or the stdin channel is handled, in that channel's thread.
  private final Object shell = new Object();
  private final ExecutorService analysis = thread("brigade-analysis");
  private final ExecutorService input = thread("brigade-input");
  private final ExecutorService observe = thread("brigade-observe");
  private final ExecutorService control = thread("brigade-control");
  private volatile boolean closing;

  /// @param session may still be opening; what needs it waits for it
  /// @param log gets a line for each message that is dropped and each handler that fails
  /// @param stop is told, once, to end the kernel; true asks for a restart
  public Dispatcher(
      Codec codec,
      KernelInfo info,
      CompletableFuture<? extends Session> session,
      Publisher publisher,
      Consumer<String> log,
      Consumer<Boolean> stop) {
    this.codec = codec;
    this.info = info;
    this.session = session;
    this.publisher = publisher;
    this.log = log;
    this.stop = stop;
    this.exchange = new Exchange(publisher, log);
    this.cellEnds = new CellEnds(publisher);
    this.subshells = new Subshells(session, publisher, exchange);
    this.comms = new CommDesk(session, publisher);
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  /// Says once that the kernel is there.
  public void announceStart() {
    publisher.send(Parent.NONE, new Publication.Status(Publication.ExecutionState.STARTING));
  }

  @Override
  public void receive(Channel channel, RawMessage message) {
    if (channel == Channel.CONTROL) {
      if (!control.isShutdown()) control.execute(() -> handle(channel, message));
      return;
    }
    synchronized (shell) {
      if (!closing) handle(channel, message);
    }
  }

  @Override
  public void subscribed(String topic) {
    publisher.send(Parent.NONE, new Publication.IopubWelcome(topic));
  }

  private void handle(Channel channel, RawMessage message) {
    Incoming incoming;
    try {
      incoming = codec.decode(channel, message);
    } catch (ProtocolException e) {
      log.accept("A message on the " + channel + " channel was dropped: " + e.complaint() + ".");
      return;
    }
    handle(incoming.parent(), incoming.request());
  }

  private void handle(Parent parent, Request request) {
    if (subshells.find(parent.subshell()) == null && !(request instanceof Request.InputReply)) {
      refuse(
          parent,
          "NoSuchSubshell",
          "there is no subshell \"" + parent.subshell() + "\": create_subshell_request makes one.");
      return;
    }
    switch (request) {
      case Request.ExecuteRequest execute -> execute(parent, execute);
      case Request.CompleteRequest complete ->
          analyse(parent, () -> Answers.complete(session.join(), complete));
      case Request.InspectRequest inspect ->
          analyse(parent, () -> Answers.inspect(session.join(), inspect));
      case Request.IsCompleteRequest isComplete -> checkLine(parent, isComplete);
      case Request.HistoryRequest history ->
          analyse(parent, () -> Answers.history(session.join(), history));
      case Request.KernelInfoRequest _ ->
          exchange.answer(parent, () -> new Reply.KernelInfoReply(info));
      case Request.CommInfoRequest info -> exchange.answer(parent, () -> comms.info(info));
      case Request.CommOpen open -> exchange.hear(parent, () -> comms.open(parent, open));
      case Request.CommMessage message ->
          exchange.hear(parent, () -> comms.message(parent, message));
      case Request.CommClose close -> exchange.hear(parent, () -> comms.close(parent, close));
      case Request.InterruptRequest _ -> exchange.answer(parent, this::interrupt);
      case Request.ShutdownRequest shutdown -> shutdown(parent, shutdown.restart());
      case Request.CreateSubshellRequest _ ->
          exchange.answer(parent, () -> new Reply.CreateSubshellReply(subshells.create()));
      case Request.DeleteSubshellRequest delete -> delete(parent, delete.subshellId());
      case Request.ListSubshellRequest _ ->
          exchange.answer(parent, () -> new Reply.ListSubshellReply(subshells.ids()));
      case Request.UsageRequest _ ->
          exchange.answer(parent, () -> new Reply.UsageReply(Usage.now()));
      case Request.InputReply reply -> subshells.answer(parent.subshell(), reply.value());
      case Request.MalformedRequest malformed -> {
        refuse(parent, "MalformedRequest", parent.type() + ": " + malformed.complaint() + ".");
        // The cell that asked has an empty line, and does not wait for an answer that never comes.
        if (parent.type().equals("input_reply")) subshells.answer(parent.subshell(), "");
      }
      case Request.UnknownRequest unknown ->
          refuse(parent, "UnknownRequest", "Brigade does not serve \"" + unknown.type() + "\".");
    }
  }

  /// Who only looks has its answer at once, also while a cell is stuck; the others keep their
  /// order.
  private void execute(Parent parent, Request.ExecuteRequest request) {
    if (!observes(parent, request)) {
      ExecuteQueue queue = subshells.find(parent.subshell());
      if (queue != null) queue.add(parent, request);
    } else if (!observe.isShutdown()) {
      observe.execute(
          () -> exchange.answer(parent, () -> cellEnds.observe(session.join(), parent, request)));
    }
  }

  private boolean observes(Parent parent, Request.ExecuteRequest request) {
    return session.state() == Future.State.SUCCESS
        && session.join().observes(CellEnds.request(parent, request, null));
  }

  private void analyse(Parent parent, Callable<Reply> handler) {
    if (!analysis.isShutdown()) analysis.execute(() -> exchange.answer(parent, handler));
  }

  private void checkLine(Parent parent, Request.IsCompleteRequest request) {
    if (analysis.isShutdown() || input.isShutdown()) return;
    Future<Reply> checked = analysis.submit(() -> Answers.isComplete(session.join(), request));
    input.execute(() -> exchange.answer(parent, () -> soon(checked, request)));
  }

  private static Reply soon(Future<Reply> checked, Request.IsCompleteRequest request)
      throws Exception {
    try {
      return checked.get(LINE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      checked.cancel(false);
      return Answers.guess(request);
    }
  }

  private void delete(Parent parent, String id) {
    if (subshells.delete(id)) exchange.answer(parent, Reply.DeleteSubshellReply::new);
    else refuse(parent, "NoSuchSubshell", "there is no subshell \"" + id + "\".");
  }

  /// A request gets an error reply; any other message a log line.
  private void refuse(Parent parent, String name, String complaint) {
    log.accept(complaint);
    if (parent.type().endsWith("_request")) {
      ErrorContent error = ErrorContent.of(name, complaint);
      exchange.answer(parent, () -> refusal(parent, error));
    } else {
      exchange.hear(parent, () -> {});
    }
  }

  /// Clients read a count from every answer to a cell.
  private static Reply refusal(Parent parent, ErrorContent error) {
    return parent.type().equals("execute_request")
        ? new Reply.ExecuteReply(0, Instant.now(), new Reply.ExecuteEnd.Failed(error), "")
        : new Reply.ErrorReply(error);
  }

  private Reply interrupt() {
    // A cell that came in before it is in its queue then.
    synchronized (shell) {
      subshells.press();
    }
    return new Reply.InterruptReply();
  }

  private void shutdown(Parent parent, boolean restart) {
    exchange.answer(parent, () -> new Reply.ShutdownReply(restart));
    stop.accept(restart);
  }

  /// Takes no more requests, answers those that wait, and gives the running cell, which somebody
  /// has interrupted, a moment to end.
  @Override
  public void close() {
    control.shutdown();
    closing = true;
    analysis.shutdown();
    input.shutdown();
    observe.shutdown();
    subshells.close();
    try {
      boolean _ = analysis.awaitTermination(200, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
