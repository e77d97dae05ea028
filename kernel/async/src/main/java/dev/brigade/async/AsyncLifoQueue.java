package dev.brigade.async;

/// A queue that gives its newest item first; otherwise as [AsyncQueue]. Python:
/// `asyncio.LifoQueue`.
public final class AsyncLifoQueue<T> extends AsyncQueue<T> {
  /// A queue without a limit.
  public AsyncLifoQueue() {
    this(0);
  }

  /// @param capacity the most items it holds; 0 or less means no limit
  public AsyncLifoQueue(int capacity) {
    super(capacity, null, new QueueItems.Line<>(true));
  }

  /// @param capacity the most items it holds; 0 or less means no limit
  /// @param name for logs and reports
  public AsyncLifoQueue(int capacity, String name) {
    super(capacity, name, new QueueItems.Line<>(true));
  }
}
