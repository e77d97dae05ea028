package dev.brigade.session.engine;

import dev.brigade.session.weave.StopPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A thread that was asked to stop.
///
/// @param atWork whether it still does what it is to stop
record Aim(Thread thread, StopPoint.Wish wish, BooleanSupplier atWork) {
  /// The stop is thrown once; a loop that swallows it needs another press.
  static final long GIVE_UP = 60_000_000_000L;

  private static final long LOOK = 5_000_000;
  private static final long SELDOM = 20_000_000;

  static Aim at(Thread thread, BooleanSupplier atWork) {
    return new Aim(thread, StopPoint.stop(thread), atWork);
  }

  /// Takes each wish to stop back as soon as it was followed, or the thread does something else: a
  /// pool's thread would throw it in its next job.
  static void spareAll(List<Aim> aimed) {
    long start = System.nanoTime();
    var open = new ArrayList<>(aimed);
    while (!open.isEmpty() && System.nanoTime() - start < GIVE_UP) {
      LockSupport.parkNanos(LOOK);
      open.removeIf(
          aim -> {
            boolean over = !aim.wish().isOpen() || !aim.atWork().getAsBoolean();
            if (over) aim.wish().spare();
            return over;
          });
    }
    open.forEach(aim -> aim.wish().spare());
  }

  /// Stops a thread that was left behind when it comes back, on a thread of its own. Not before:
  /// while a stop is out, all code of cells is slower, and a lock may be held for ever.
  static void whenBack(Thread left) {
    inBackground(() -> awaitBack(left));
  }

  private static void awaitBack(Thread left) {
    StopPoint.@Nullable Wish wish = null;
    while (left.isAlive()) {
      if (isWaiting(left)) {
        if (wish != null) wish.spare();
        wish = null;
      } else if (wish == null) {
        wish = StopPoint.stop(left);
      } else if (!wish.isOpen()) {
        return; // met, or out of user code
      }
      LockSupport.parkNanos(SELDOM);
    }
    if (wish != null) wish.spare();
  }

  /// Whether a thread stands still, and has no use for the processor.
  static boolean isWaiting(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> true;
      case NEW, RUNNABLE, TERMINATED -> false;
    };
  }

  static void inBackground(Runnable work) {
    Thread.ofPlatform().name("brigade-interrupt").daemon().start(work);
  }
}
