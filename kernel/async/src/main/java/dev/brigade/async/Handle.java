package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A callback in the loop's queue. Python: `asyncio.Handle`.
public class Handle {
  private final @Nullable Runnable callback;
  private final @Nullable Origin origin;
  private final @Nullable Context context;
  // May be set by another thread for a handle of callSoonThreadsafe.
  private volatile boolean cancelled;

  /// The runtime's own work, which has no origin.
  Handle(@Nullable Runnable callback) {
    this(callback, null, null);
  }

  Handle(@Nullable Runnable callback, @Nullable Origin origin, @Nullable Context context) {
    this.callback = callback;
    this.origin = origin;
    this.context = context;
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
    if (callback != null) loop.runCallback(callback, origin, context);
  }

  /// The task this entry belongs to, for reports of who was delayed, or null.
  @Nullable Task<?> task() {
    return null;
  }
}
