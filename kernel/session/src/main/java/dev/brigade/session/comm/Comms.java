package dev.brigade.session.comm;

import dev.brigade.async.Origin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The open comms of a session. Any thread.
public final class Comms {
  /// Runs a handler as a task of the session's loop, for a cell; tasks start in the order of the
  /// calls.
  @FunctionalInterface
  public interface Turn {
    void next(@Nullable Origin cell, String name, Runnable handler);
  }

  /// @param atOnce whether it opens in the thread that reads the message, or at the loop's turn
  private record Target(@Nullable Origin cell, Consumer<Comm> onOpen, boolean atOnce) {}

  private final Consumer<CommMessage> out;
  private final Turn turn;
  private final Map<String, Comm> open = new ConcurrentHashMap<>();
  private final Map<String, Target> targets = new ConcurrentHashMap<>();

  /// @param out sends to the front end
  public Comms(Consumer<CommMessage> out, Turn turn) {
    this.out = out;
    this.turn = turn;
  }

  /// The targets of the open comms by their ids.
  public Map<String, String> targets() {
    var found = new TreeMap<String, String>();
    open.forEach((id, comm) -> found.put(id, comm.target()));
    return found;
  }

  /// A message of the front end arrived.
  ///
  /// @param answer sends what answers this message
  /// @return false if it opens a comm of an unknown target, which must be closed then
  public boolean receive(CommMessage message, Consumer<CommMessage> answer) {
    switch (message) {
      case CommMessage.Opened opened -> {
        return opened(opened, answer);
      }
      case CommMessage.Sent sent -> {
        Comm comm = open.get(sent.id());
        if (comm != null) heard(comm, sent.content(), answer);
      }
      case CommMessage.Closed closed -> {
        Comm comm = open.remove(closed.id());
        if (comm != null) handle(comm, comm.closeHandlers(), closed.content());
      }
    }
    return true;
  }

  private boolean opened(CommMessage.Opened opened, Consumer<CommMessage> answer) {
    Target target = targets.get(opened.target());
    if (target == null) return false;
    var comm = new Comm(this, opened.id(), opened.target());
    open.put(comm.id(), comm);
    if (target.atOnce()) {
      target.onOpen().accept(comm);
      heard(comm, opened.content(), answer);
      return true;
    }
    // Its handlers are looked for when the loop has made them.
    turn.next(
        target.cell(),
        "comm " + comm.target(),
        () -> {
          target.onOpen().accept(comm);
          heard(comm, opened.content(), out);
        });
    return true;
  }

  private void heard(Comm comm, CommData content, Consumer<CommMessage> answer) {
    Consumer<CommData> back =
        data -> {
          if (isOpen(comm)) answer.accept(new CommMessage.Sent(comm.id(), data));
        };
    comm.listeners().forEach(listener -> listener.heard(content, back));
    handle(comm, comm.messageHandlers(), content);
  }

  private void handle(Comm comm, List<Comm.Handler> handlers, CommData content) {
    for (Comm.Handler each : handlers) {
      turn.next(each.cell(), "comm " + comm.target(), () -> each.code().accept(content));
    }
  }

  Comm open(String id, String target, CommData content) {
    var comm = new Comm(this, id, target);
    open.put(id, comm);
    out.accept(new CommMessage.Opened(id, target, content));
    return comm;
  }

  void target(String name, @Nullable Origin cell, Consumer<Comm> onOpen) {
    targets.put(name, new Target(cell, onOpen, false));
  }

  /// From now on pages may open comms of a target that is ours: it opens in the thread that reads
  /// the message, also while a cell holds the loop, and must not block.
  public void targetAtOnce(String name, Consumer<Comm> onOpen) {
    targets.put(name, new Target(null, onOpen, true));
  }

  boolean isOpen(Comm comm) {
    return open.get(comm.id()) == comm;
  }

  void send(Comm comm, CommData content) {
    if (isOpen(comm)) out.accept(new CommMessage.Sent(comm.id(), content));
  }

  void close(Comm comm) {
    if (open.remove(comm.id(), comm)) {
      out.accept(new CommMessage.Closed(comm.id(), CommData.EMPTY));
    }
  }
}
