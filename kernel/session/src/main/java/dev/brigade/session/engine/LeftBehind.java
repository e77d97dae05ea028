package dev.brigade.session.engine;

import dev.brigade.session.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of a task whose code has the loop and hears of no interrupt: a call into the JDK that
/// goes on and on.
final class LeftBehind extends Error {
  private static final long serialVersionUID = 1L;

  /// @param what the call, or null where no line of a cell has made one
  /// @param line where it was called, or null
  LeftBehind(@Nullable String what, @Nullable String line) {
    super(
        (line == null ? "the code" : line)
            + (what == null ? "" : " is inside " + what + ", which")
            + " hears of no interrupt: it goes on in a thread of its own until it returns, and is"
            + " stopped then. The event loop, your variables and your other tasks live on; restart"
            + " to be rid of it at once",
        null,
        false,
        false);
  }

  Outcome outcome() {
    return new Outcome.Failed(Traceback.plain("Interrupted", String.valueOf(getMessage())));
  }

  /// From where a thread is now.
  static LeftBehind in(List<StackTraceElement> stack, SourceMap lines) {
    StackTraceElement called = null;
    for (StackTraceElement frame : stack) {
      SourceMap.Position position = lines.find(frame);
      if (position != null) return new LeftBehind(name(called), position.toString());
      if (!frame.getClassName().startsWith("dev.brigade.")) called = frame;
    }
    return new LeftBehind(null, null);
  }

  private static @Nullable String name(@Nullable StackTraceElement call) {
    if (call == null) return null;
    String type = call.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + call.getMethodName();
  }
}
