package dev.brigade.async;

/// A semaphore that refuses more releases than acquires: a release too many is a mistake in the
/// program, and here it is found where it is made. Everything else is as in [AsyncSemaphore].
/// Python: `asyncio.BoundedSemaphore`.
public final class AsyncBoundedSemaphore extends AsyncSemaphore {
  /// A semaphore named by its loop: `semaphore-1`, `semaphore-2`, ...
  ///
  /// @param permits how many may hold it at once; 0 or more
  public AsyncBoundedSemaphore(int permits) {
    super(permits);
  }

  /// @param permits how many may hold it at once; 0 or more
  /// @param name for logs and reports
  public AsyncBoundedSemaphore(int permits, String name) {
    super(permits, name);
  }

  @Override
  void requireTaken() {
    if (permits() < initial()) return;
    throw new MisuseError(
        "release() of a semaphore whose permits are all back: "
            + this
            + ". A bounded semaphore never has more permits than it started with, "
            + initial()
            + ".\n"
            + "  wrong: await(semaphore.acquire()); semaphore.release(); semaphore.release();\n"
            + "  right: try (var _ = await(semaphore.acquire())) { ... }   // releases it itself");
  }
}
