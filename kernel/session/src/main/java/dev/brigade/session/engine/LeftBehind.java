package dev.brigade.session.engine;

import dev.brigade.session.CellError;
import dev.brigade.session.observe.ThreadNow;
import org.jspecify.annotations.Nullable;

/// The end of a task whose code hears of no interrupt: a call into the JDK that goes on and on, or
/// a lock that nobody gives back.
final class LeftBehind extends Error {
  private static final long serialVersionUID = 1L;

  /// @param does what it does, in words, or null where no line of a cell has called it
  /// @param line where it was called, or null
  /// @param waits whether it stands still
  LeftBehind(@Nullable String does, @Nullable String line, boolean waits) {
    super(
        (line == null ? "the code" : line)
            + (does == null ? "" : " " + does + ", which")
            + " hears of no interrupt: it goes on in a thread of its own until it "
            + (waits ? "need not wait" : "returns")
            + ", and is stopped then. The event loop, your variables and your other tasks live on;"
            + " restart to be rid of it at once",
        null,
        false,
        false);
  }

  CellError error() {
    return Traceback.plain(Errors.INTERRUPTED, String.valueOf(getMessage()));
  }

  /// From what a thread does now.
  static LeftBehind of(ThreadNow thread) {
    boolean waits = thread.waitsFor() != null;
    String doing = thread.doing();
    String does = doing.startsWith("running in ") ? "is inside " + doing.substring(11) : doing;
    boolean known = thread.place() != null && !does.equals("running");
    return new LeftBehind(known ? does : null, thread.place(), waits);
  }
}
