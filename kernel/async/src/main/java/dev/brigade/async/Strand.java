package dev.brigade.async;

/// One coroutine's thread of control, passed back and forth with the loop.
///
/// | state | who runs | next |
/// |---|---|---|
/// | new | loop | `resume` starts it |
/// | running | the strand | `suspend`, or blocks, or ends |
/// | suspended | loop | `resume` |
/// | blocked | nobody (strict), or the loop once lifted | its thread is unblocked |
/// | ended | loop | - |
abstract class Strand {
  /// Runs the coroutine until it suspends, ends, or blocks after it was lifted. Loop thread only.
  ///
  /// @return false if it is blocked and the loop may go on: it will come back through
  ///     [EventLoop#callSoonThreadsafe(Runnable)]
  abstract boolean resume();

  /// Gives control back to the loop until the next `resume`. The strand's own thread only. An
  /// interrupt does not end it: cancellation is the task's business. The interrupt stays pending.
  abstract void suspend();

  abstract Thread thread();

  abstract boolean hasEnded();

  /// The thread waits in `suspend` but could not leave the loop's thread: it fails instead. Any
  /// thread.
  abstract void pinned();

  /// From now on blocking outside `suspend` gives control back to the loop. Any thread.
  abstract void lift();
}
