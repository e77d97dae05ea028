package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A callback set for a time. Python: `asyncio.TimerHandle`.
public final class TimerHandle extends Handle {
  private final long deadline;
  private final long number;
  private final TimerHeap heap;
  private final @Nullable Task<?> task;

  TimerHandle(
      Runnable callback,
      @Nullable Origin origin,
      @Nullable Context context,
      @Nullable Task<?> task,
      long deadline,
      long number,
      TimerHeap heap) {
    super(callback, origin, context);
    this.deadline = deadline;
    this.number = number;
    this.heap = heap;
    this.task = task;
  }

  /// The loop time it is set for, in seconds.
  public double when() {
    return deadline / 1e9;
  }

  @Override
  public void cancel() {
    if (!isCancelled()) {
      super.cancel();
      heap.cancelled();
    }
  }

  long deadline() {
    return deadline;
  }

  long number() {
    return number;
  }

  @Override
  @Nullable Task<?> task() {
    return task;
  }
}
