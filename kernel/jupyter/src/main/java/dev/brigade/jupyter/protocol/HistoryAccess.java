package dev.brigade.jupyter.protocol;

/// Which part of the history is asked for.
public sealed interface HistoryAccess {
  record Tail(int count) implements HistoryAccess {}

  /// Entries of one session with `start <= line < stop`; session 0 is the current one.
  record Range(int session, int start, int stop) implements HistoryAccess {}

  record Search(String pattern, int count, boolean unique) implements HistoryAccess {}
}
