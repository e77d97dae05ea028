package dev.brigade.session.comm;

import dev.brigade.async.Origin;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A line between code of cells and a front end's page: either side opens it, both send.
///
/// ```java
/// Comm.target("clock", comm -> comm.onMessage(asked -> comm.send(Map.of("now", "noon"))));
/// ```
///
/// Any thread may call any method; none waits. Handlers run as tasks of the session's loop, in the
/// order of the messages, for the cell that has registered them: what they print is that cell's,
/// and they may `await`. While a cell holds the loop they wait for its next turn. Python:
/// `comm.create_comm`, `comm_manager.register_target`.
public final class Comm implements AutoCloseable {
  /// A handler and the cell it belongs to.
  record Handler(@Nullable Origin cell, Consumer<CommData> code) {}

  /// Hears of a message of the page and may answer it.
  @FunctionalInterface
  public interface Listener {
    /// @param back sends to the page; what is sent before this returns counts as the answer to this
    ///     very message, for which some pages wait
    void heard(CommData content, Consumer<CommData> back);
  }

  // Static because user code calls static methods; set when a session opens.
  private static volatile @Nullable Comms registry;

  private final Comms comms;
  private final String id;
  private final String target;
  private final List<Handler> onMessage = new CopyOnWriteArrayList<>();
  private final List<Handler> onClose = new CopyOnWriteArrayList<>();
  private final List<Listener> atOnce = new CopyOnWriteArrayList<>();

  Comm(Comms comms, String id, String target) {
    this.comms = comms;
    this.id = id;
    this.target = target;
  }

  /// Sets the session whose comms these are.
  public static void registry(@Nullable Comms next) {
    registry = next;
  }

  private static Comms comms() {
    Comms now = registry;
    if (now == null) throw new IllegalStateException("there are no comms: no session is open");
    return now;
  }

  /// Opens a comm from this side.
  ///
  /// @param target what the page is to do with it, for example `jupyter.widget`
  public static Comm open(String target, Map<String, ?> data) {
    return open(target, CommData.of(data));
  }

  public static Comm open(String target, CommData content) {
    return comms().open(UUID.randomUUID().toString(), target, content);
  }

  /// From now on pages may open comms of a target. One that opens another is closed at once.
  ///
  /// @param onOpen gets the comm before its first message is handled; what it was opened with is
  ///     the first message
  public static void target(String target, Consumer<Comm> onOpen) {
    comms().target(target, Origin.current(), onOpen);
  }

  public String id() {
    return id;
  }

  public String target() {
    return target;
  }

  /// Whether neither side has closed it.
  public boolean isOpen() {
    return comms.isOpen(this);
  }

  /// Sends data to the page. On a comm that is closed nothing happens.
  public void send(Map<String, ?> data) {
    send(CommData.of(data));
  }

  /// Sends data with bytes beside it.
  public void send(Map<String, ?> data, List<byte[]> buffers) {
    send(CommData.of(data, buffers));
  }

  public void send(CommData content) {
    comms.send(this, content);
  }

  /// Handles each message of the page.
  public Comm onMessage(Consumer<CommData> handler) {
    onMessage.add(new Handler(Origin.current(), handler));
    return this;
  }

  /// Is called once, when the page closes it.
  public Comm onClose(Consumer<CommData> handler) {
    onClose.add(new Handler(Origin.current(), handler));
    return this;
  }

  /// Hears of each message of the page before the handlers: at once, in the thread that reads it,
  /// also while a cell holds the loop. It must not block.
  public Comm atOnce(Consumer<CommData> listener) {
    return answerAtOnce((content, _) -> listener.accept(content));
  }

  /// As [#atOnce], for one that answers.
  public Comm answerAtOnce(Listener listener) {
    atOnce.add(listener);
    return this;
  }

  /// Closes it on both sides.
  @Override
  public void close() {
    comms.close(this);
  }

  List<Handler> messageHandlers() {
    return onMessage;
  }

  List<Handler> closeHandlers() {
    return onClose;
  }

  List<Listener> listeners() {
    return atOnce;
  }

  @Override
  public String toString() {
    return "<Comm " + target + (isOpen() ? "" : " closed") + " " + id + ">";
  }
}
