package dev.brigade.async;

import java.util.List;

/// A lock, semaphore, event, condition, barrier or queue between coroutines as it stood at one
/// moment, for reports.
///
/// @param name for example `lock-1`
/// @param kind the class, for example `AsyncLock`
/// @param holders the tasks of which one must do something before a waiter can go on, as far as
///     known
/// @param waiting the tasks that wait for it, first come first
public record PrimitiveView(
    String name, String kind, List<Task<?>> holders, List<Task<?>> waiting) {
  public PrimitiveView {
    holders = List.copyOf(holders);
    waiting = List.copyOf(waiting);
  }

  static PrimitiveView of(Primitive primitive) {
    return new PrimitiveView(
        primitive.name(),
        primitive.getClass().getSimpleName(),
        primitive.holders(),
        primitive.waiting());
  }

  /// Whether it keeps somebody waiting, or somebody has it.
  public boolean isInUse() {
    return !holders.isEmpty() || !waiting.isEmpty();
  }
}
