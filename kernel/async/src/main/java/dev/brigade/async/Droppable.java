package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A queued job that a pool may give up before it begins.
interface Droppable extends Runnable {
  /// It will never run.
  ///
  /// @param why what to fail with, or null if it was cancelled
  void drop(@Nullable Throwable why);
}
