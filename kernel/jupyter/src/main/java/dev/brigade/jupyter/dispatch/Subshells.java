package dev.brigade.jupyter.dispatch;

import dev.brigade.jupyter.output.Publisher;
import dev.brigade.session.Session;
import dev.brigade.session.Subshell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The queues of cells: the main shell's and those of subshells, each with a thread of its own.
/// Protocol: JEP 91. Any thread.
final class Subshells implements AutoCloseable {
  private final CompletableFuture<? extends Session> session;
  private final Publisher publisher;
  private final Exchange exchange;
  private final ExecuteQueue main;
  // Guarded by this; the oldest first.
  private final Map<String, ExecuteQueue> queues = new LinkedHashMap<>();

  Subshells(CompletableFuture<? extends Session> session, Publisher publisher, Exchange exchange) {
    this.session = session;
    this.publisher = publisher;
    this.exchange = exchange;
    this.main = new ExecuteQueue(session, this::interrupt, publisher, exchange, "brigade-execute");
  }

  private void interrupt() {
    session.join().interrupt();
  }

  /// One press of the interrupt key.
  void press() {
    boolean others;
    synchronized (this) {
      others = !queues.isEmpty();
    }
    main.press(others);
  }

  /// @return the id of a new subshell
  synchronized String create() {
    String id = UUID.randomUUID().toString();
    CompletableFuture<Subshell> shell = session.thenApply(Session::subshell);
    String thread = "brigade-subshell-" + id.substring(0, 8);
    queues.put(id, new ExecuteQueue(shell, this::interrupt, publisher, exchange, thread));
    return id;
  }

  /// Cells that a subshell was given before run to their end.
  ///
  /// @return false if there is none of that id
  synchronized boolean delete(String id) {
    ExecuteQueue queue = queues.remove(id);
    if (queue != null) queue.end();
    return queue != null;
  }

  /// The ids, without the main shell, which has none.
  synchronized List<String> ids() {
    return List.copyOf(queues.keySet());
  }

  /// @param id null for the main shell
  /// @return null if there is none of that id
  synchronized @Nullable ExecuteQueue find(@Nullable String id) {
    return id == null ? main : queues.get(id);
  }

  /// Gives an answer to the subshell that it names; clients that name none mean whoever asks.
  synchronized void answer(@Nullable String id, String line) {
    if (id != null) {
      ExecuteQueue named = queues.get(id);
      if (named != null) named.stdin().answer(line);
    } else if (!main.stdin().answer(line)) {
      for (ExecuteQueue each : queues.values()) if (each.stdin().answer(line)) return;
    }
  }

  @Override
  public void close() {
    List<ExecuteQueue> all;
    synchronized (this) {
      all = List.copyOf(queues.values());
    }
    all.forEach(ExecuteQueue::abort);
    main.close();
    all.forEach(ExecuteQueue::close);
  }
}
