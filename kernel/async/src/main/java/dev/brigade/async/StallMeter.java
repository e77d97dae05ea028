package dev.brigade.async;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Times each step of a hosted loop, and reports the ones that kept others waiting.
///
/// A step is reported from 100 ms on, and only if another task was ready or due meanwhile: a cell
/// that blocks with nothing else to run harms nobody. All for the loop's thread.
final class StallMeter {
  /// As CPython's `slow_callback_duration`.
  static final long THRESHOLD_NANOS = 100_000_000;

  private final EventLoop loop;
  private long began;
  private boolean blocked;
  private List<StackTraceElement> stack = List.of();

  StallMeter(EventLoop loop) {
    this.loop = loop;
  }

  void begin() {
    began = System.nanoTime();
    blocked = false;
    stack = List.of();
  }

  /// The running coroutine's thread is blocked, or (where that cannot be told) still busy.
  ///
  /// @return how long to park before asking again, in nanoseconds
  long stillOut(Thread thread) {
    if (System.nanoTime() - began < THRESHOLD_NANOS) return THRESHOLD_NANOS;
    if (stack.isEmpty()) {
      stack = List.of(thread.getStackTrace());
      blocked = thread.getState() != Thread.State.RUNNABLE;
    }
    return Long.MAX_VALUE;
  }

  void end(Task<?> task) {
    long nanos = System.nanoTime() - began;
    if (nanos < THRESHOLD_NANOS) return;
    List<String> delayed = loop.delayedBeside(task);
    if (delayed.isEmpty()) return;
    String where = where(task);
    loop.trace().stalled(task, nanos, where);
    loop.notices()
        .notice(
            new Notice.Stalled(
                task.origin(), task.name(), where, stack, nanos / 1_000_000, blocked, delayed));
  }

  private @Nullable String where(Task<?> task) {
    for (StackTraceElement frame : stack) {
      if (isUsers(frame)) return frame.toString();
    }
    return task.site();
  }

  private static boolean isUsers(StackTraceElement frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.")
        && !name.startsWith("jdk.")
        && !name.startsWith("sun.")
        && !name.startsWith("dev.brigade.async.");
  }
}
