package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A coroutine's thread of control, passed back and forth with the loop.
///
/// | state | who runs | next |
/// |---|---|---|
/// | new, spare | loop | `carry` gives it a task |
/// | carrying | loop | `resume` starts the task's body |
/// | running | the strand | `suspend`, or blocks, or its body ends |
/// | suspended | loop | `resume` |
/// | blocked | nobody (strict), or the loop once lifted | its thread is unblocked |
/// | ended | loop | spare, if it can carry another task |
///
/// One strand may carry many tasks, one after the other: see [Strands].
abstract class Strand {
  // What its thread is to the runtime: the task it carries, or what the task's code works for.
  private @Nullable Object running;
  // Its thread is known outside the runtime, by more than its task.
  private volatile boolean exposed;

  /// Gives it a task to run. Loop thread only.
  abstract void carry(Task<?> task);

  /// Runs the coroutine until it suspends, ends, or blocks after it was lifted. Loop thread only.
  ///
  /// @return false if it is blocked and the loop may go on: it will come back through
  ///     [EventLoop#callSoonThreadsafe(Runnable)]
  abstract boolean resume();

  /// Gives control back to the loop until the next `resume`. The strand's own thread only. An
  /// interrupt does not end it: cancellation is the task's business. The interrupt stays pending.
  abstract void suspend();

  abstract Thread thread();

  /// Whether the body of the task it carries has ended.
  abstract boolean hasEnded();

  /// Whether it waits for another task. Loop thread, after the end.
  abstract boolean isSpare();

  /// Ends a spare strand's thread. Loop thread, or any once the loop does not run.
  abstract void retire();

  /// The thread waits in `suspend` but could not leave the loop's thread: it fails instead. Any
  /// thread.
  abstract void pinned();

  /// From now on blocking outside `suspend` gives control back to the loop. Any thread.
  abstract void lift();

  /// The loop goes on without it while it runs: its code is any thread's work for an origin from
  /// now on. Any thread.
  void abandon(@Nullable Origin origin) {
    running(origin);
  }

  /// As [#abandon(Origin)] for one that is blocked while the loop goes on beside it. Loop thread
  /// only.
  ///
  /// @return false if it is not, or about to come back
  boolean abandonBlocked(@Nullable Origin origin) {
    return false;
  }

  final @Nullable Object running() {
    return running;
  }

  final void running(@Nullable Object what) {
    running = what;
  }

  /// Its thread is its task's alone: it will not carry another one. Who knows the thread may
  /// interrupt it, or holds a lock by its name, and must not meet the next task there. Any thread.
  final void expose() {
    exposed = true;
  }

  final boolean isExposed() {
    return exposed;
  }
}
