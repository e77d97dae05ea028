package dev.brigade.async;

import java.util.List;

/// What all primitives between coroutines have in common, for reports: a name, the tasks that hold
/// it and the tasks that wait for it. Any thread may ask, also while the loop is stuck.
sealed interface Primitive
    permits AsyncLock, AsyncSemaphore, AsyncEvent, AsyncCondition, AsyncBarrier, AsyncQueue {
  /// For example `lock-1`, or the name it was given.
  String name();

  /// How it stands now.
  Record snapshot();

  /// The tasks that must do something before a waiter can go on, as far as that is known.
  List<Task<?>> holders();

  /// Whether it is the inside of another one, and nothing for its users.
  default boolean isPart() {
    return false;
  }

  /// The tasks that wait for it, first come first.
  List<Task<?>> waiting();
}
