package dev.brigade.async;

import java.util.ArrayDeque;

/// Tasks that wait for a primitive, first in, first out, each by a promise of its own.
final class Waiters {
  private final ArrayDeque<Promise<Boolean>> queue = new ArrayDeque<>();

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int size() {
    return queue.size();
  }

  /// Whether somebody waits who was not cancelled meanwhile.
  boolean anyLive() {
    for (Promise<Boolean> waiter : queue) if (!waiter.isCancelled()) return true;
    return false;
  }

  /// Suspends the calling task at the end of the queue until its promise is done.
  ///
  /// @return the promise, done and removed; a cancelled wait throws, with the promise removed too
  void await(Promise<Boolean> mine, String what) {
    queue.add(mine);
    try {
      Running.requireTask(what).waitingFor(what);
      Awaiting.promise(mine);
    } finally {
      queue.remove(mine);
    }
  }

  /// Wakes the first that was not woken yet.
  ///
  /// @return false if there is none
  boolean wakeFirst() {
    for (Promise<Boolean> waiter : queue) {
      if (!waiter.isDone()) {
        waiter.setResult(true);
        return true;
      }
    }
    return false;
  }

  /// Wakes only the head, if it was not woken yet.
  void wakeHead() {
    Promise<Boolean> head = queue.peek();
    if (head != null && !head.isDone()) head.setResult(true);
  }

  void wakeAll() {
    for (Promise<Boolean> waiter : queue) if (!waiter.isDone()) waiter.setResult(true);
  }
}
