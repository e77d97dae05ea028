package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A callback in the loop's queue. Python: `asyncio.Handle`.
public class Handle {
  private final @Nullable Runnable callback;
  private final @Nullable Origin origin;
  // May be set by another thread for a handle of callSoonThreadsafe.
  private volatile boolean cancelled;

  Handle(@Nullable Runnable callback, @Nullable Origin origin) {
    this.callback = callback;
    this.origin = origin;
  }

  /// Keeps it from running, if it has not run yet. It stays in the queue and is skipped. Any thread
  /// may call this for a handle of [EventLoop#callSoonThreadsafe(Runnable)].
  public void cancel() {
    cancelled = true;
  }

  public final boolean isCancelled() {
    return cancelled;
  }

  /// Loop thread only.
  void run(EventLoop loop) {
    if (callback != null) loop.runCallback(callback, origin);
  }

  /// The task this entry belongs to, for reports of who was delayed, or null.
  @Nullable Task<?> task() {
    return null;
  }
}
