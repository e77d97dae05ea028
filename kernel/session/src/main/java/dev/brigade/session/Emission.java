package dev.brigade.session;

import dev.brigade.session.comm.CommMessage;
import org.jspecify.annotations.Nullable;

/// What running code shows, in order. Each carries the cell that started the work, also after that
/// cell is idle.
public sealed interface Emission {
  Cell cell();

  /// The streams a cell can print to.
  enum Stream {
    STDOUT,
    STDERR
  }

  /// The text of one print call, whole.
  ///
  /// @param guessed the printing thread had no owner: the cell is the best guess, to be marked
  record Text(Cell cell, Stream stream, String text, boolean guessed) implements Emission {}

  /// A rich value.
  ///
  /// @param displayId names the display so that a later emission can replace it
  /// @param update replaces the earlier display of that id
  record Display(Cell cell, MimeBundle bundle, @Nullable String displayId, boolean update)
      implements Emission {}

  /// Clears what the cell has shown so far.
  ///
  /// @param waiting clears only when the next emission arrives
  record Clear(Cell cell, boolean waiting) implements Emission {}

  /// A message to the page's side of a comm.
  record Comm(Cell cell, CommMessage message) implements Emission {}
}
