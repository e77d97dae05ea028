package dev.brigade.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The inputs of this session and of earlier ones, kept on disk for its owner only.
public interface History {
  /// One input.
  ///
  /// @param session counts sessions from 1; the current one is the highest
  /// @param line the n of `In [n]`
  /// @param output the text of the value, or null
  record Entry(int session, int line, String input, @Nullable String output) {}

  /// The newest `count` entries of all sessions, oldest first; a negative count is no limit. Those
  /// of other sessions are read from disk in the asking thread, and no more of them than that.
  List<Entry> tail(int count);

  /// Entries of one session with `start <= line < stop`; session 0 is the current one, a negative
  /// one counts back from it.
  List<Entry> range(int session, int start, int stop);

  /// Entries whose input matches a glob (`*` and `?`), the newest `count` of them, oldest first; a
  /// negative count is no limit. Reads from the newest back until it has as many.
  List<Entry> search(String glob, int count, boolean unique);
}
