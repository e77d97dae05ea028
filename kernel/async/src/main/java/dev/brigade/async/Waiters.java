package dev.brigade.async;

import java.util.List;

/// Tasks that wait for a primitive, first in, first out, each by a promise of its own. Changed in
/// the loop's thread of control only; [#tasks()] may be asked from any.
final class Waiters {
  private static final class Waiter extends TaskChain.Link<Waiter> {
    final Promise<Boolean> promise;

    Waiter(Task<?> task, Promise<Boolean> promise) {
      super(task);
      this.promise = promise;
    }

    boolean isWoken() {
      return promise.isDone();
    }
  }

  private final TaskChain<Waiter> chain = new TaskChain<>();

  boolean isEmpty() {
    return chain.isEmpty();
  }

  /// Whether somebody waits who was not cancelled meanwhile; also who is woken and did not run yet.
  boolean anyLive() {
    return chain.find(waiter -> !waiter.promise.isCancelled()) != null;
  }

  /// Suspends the calling task at the end of the queue until its promise is done.
  ///
  /// A cancelled wait throws; the task has left the queue in any case.
  ///
  /// @param at what the task waits for
  /// @param what the same in words, for the log
  void await(Task<?> task, Promise<Boolean> mine, Primitive at, String what) {
    task.waitingFor(at, what);
    await(task, mine);
  }

  /// As [#await(Task, Promise, Primitive, String)] where the wait is at no primitive.
  void await(Promise<Boolean> mine, String what) {
    Task<?> task = Running.requireTask(what);
    task.waitingFor(what);
    await(task, mine);
  }

  private void await(Task<?> task, Promise<Boolean> mine) {
    var waiter = new Waiter(task, mine);
    chain.add(waiter);
    try {
      Awaiting.promise(mine);
    } finally {
      chain.remove(waiter);
    }
  }

  /// Wakes the first that was not woken yet.
  ///
  /// @return false if there is none
  boolean wakeFirst() {
    return wake(1) == 1;
  }

  /// Wakes up to so many that were not woken yet, the first come first.
  ///
  /// @return how many
  int wake(int most) {
    int woken = 0;
    Waiter waiter = chain.first();
    while (waiter != null && woken < most) {
      if (!waiter.isWoken()) {
        waiter.promise.setResult(true);
        woken++;
      }
      waiter = TaskChain.next(waiter);
    }
    return woken;
  }

  /// Wakes only the head, if it was not woken yet.
  void wakeHead() {
    Waiter head = chain.first();
    if (head != null && !head.isWoken()) head.promise.setResult(true);
  }

  void wakeAll() {
    wake(Integer.MAX_VALUE);
  }

  /// Who waits and was not woken yet, first come first. Any thread.
  List<Task<?>> tasks() {
    return chain.tasks(waiter -> !waiter.isWoken());
  }
}
