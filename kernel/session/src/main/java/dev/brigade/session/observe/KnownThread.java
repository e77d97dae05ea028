package dev.brigade.session.observe;

import dev.brigade.async.Origin;
import org.jspecify.annotations.Nullable;

/// A thread that works for cells.
///
/// @param origin whose work it does, or null while it has none
public record KnownThread(Thread thread, Role role, @Nullable Origin origin) {
  /// Why it is known.
  public enum Role {
    /// It runs the event loop, or the coroutine that has it now.
    LOOP("event loop"),
    /// A cell has started it.
    CELL("thread of a cell"),
    /// It runs a job for a cell.
    JOB("runs a job"),
    /// It belongs to a pool and has nothing to do.
    IDLE("idle pool thread");

    private final String text;

    Role(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
