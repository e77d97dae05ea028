package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// The tasks of one `run(main)`, or of one cell: its main task, those that made, and those they
/// made.
///
/// Tasks inherit the scope of the task that creates them.
final class RunScope {
  private final boolean allowsRun;
  // Set once, right after the main task is made.
  private @Nullable Task<?> main;

  /// @param allowsRun whether the main task may use `run(...)`: a cell's may
  RunScope(boolean allowsRun) {
    this.allowsRun = allowsRun;
  }

  boolean allowsRunIn(Task<?> task) {
    return allowsRun && main == task;
  }

  void main(Task<?> task) {
    main = task;
  }

  /// Whether the main task is still on its way, so that it may yet await what it started.
  boolean isOpen() {
    return main != null && !main.isDone();
  }
}
