package dev.brigade.session;

import dev.brigade.async.EventLoop;
import dev.brigade.session.comm.CommMessage;
import dev.brigade.session.engine.JShellSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// One JShell session on one persistent event loop: cells in, outcomes and emissions out.
///
/// Every method may be called from any thread. None but [#awaitReady()] and [#close()] waits for
/// user code, so completion and inspection answer while a cell runs.
public interface Session extends Subshell {

  /// Opens a session. Returns at once: the loop runs, JShell warms on a thread of its own, and the
  /// first cell waits for it.
  ///
  /// @param listener gets every emission, in order for each cell, on the thread that made it; it
  ///     must not block
  static Session open(SessionOptions options, EmissionListener listener) {
    return JShellSession.open(options, listener);
  }

  /// Queues a cell. Cells run one at a time, in the order of the calls.
  @Override
  Execution execute(CellRequest request);

  /// Opens another queue of cells, which run beside this one's.
  default Subshell subshell() {
    throw new UnsupportedOperationException("this session has no subshells");
  }

  /// Whether a cell holds nothing but magics that only look, such as `%tasks` and `%why`, so that
  /// [#observe] can answer it.
  default boolean observes(CellRequest request) {
    return false;
  }

  /// Answers a cell that [#observes] only: at once, in the calling thread, beside whatever runs or
  /// is stuck, without JShell, the loop, a number or a place in the history. What it shows are
  /// emissions of a cell of its own, made before it returns.
  default CellResult observe(CellRequest request) {
    throw new UnsupportedOperationException("this session cannot be looked at from outside");
  }

  /// Asks the running cells to stop, of subshells too, as one press of the interrupt key: their
  /// task trees are cancelled, and what still holds the loop 100 ms later is stopped. Answers at
  /// once. With no cell running the press is aimed at whatever holds the loop.
  InterruptReport interrupt();

  /// A message of the front end's side of a comm arrived. Listeners hear of it before this returns,
  /// handlers at the loop's next turn.
  ///
  /// @param answer sends what answers this very message before this returns; everything else that
  ///     comms send are emissions
  /// @return false if it opens a comm of an unknown target, which must be closed then
  default boolean receive(CommMessage message, Consumer<CommMessage> answer) {
    return !(message instanceof CommMessage.Opened);
  }

  /// The targets of the open comms by their ids.
  default Map<String, String> comms() {
    return Map.of();
  }

  /// Candidates at a cursor given in UTF-16 units.
  Completions complete(String code, int cursor);

  /// What is known about the name at a cursor given in UTF-16 units; detail level 1 asks for the
  /// source as well.
  Optional<MimeBundle> inspect(String code, int cursor, int detailLevel);

  /// Whether a front end should send this input or ask for more of it.
  Completeness isComplete(String code);

  History history();

  /// The number of the newest numbered cell; 0 before the first.
  @Override
  int executionCount();

  EventLoop loop();

  /// The living threads that cells have started themselves.
  default List<Thread> threads() {
    return List.of();
  }

  /// Completes when JShell is warm and the preload has run.
  CompletableFuture<Void> ready();

  /// Waits until JShell is warm and the preload has run.
  default void awaitReady() {
    ready().join();
  }

  /// Cancels what still runs, waits briefly for its cleanup, and stops the loop.
  @Override
  void close();
}
