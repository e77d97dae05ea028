package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// Thrown out of `await` in a task that was asked to stop. An [Error], so that
/// `catch (Exception e)` does not swallow it by accident; clean up in `finally`, and if you catch
/// it, throw it again.
///
/// Python: `asyncio.CancelledError`, a BaseException since 3.8 for the same reason.
public final class CancelledError extends Error {
  private static final long serialVersionUID = 1L;

  public CancelledError() {
    this(null);
  }

  public CancelledError(@Nullable String message) {
    super(message);
  }
}
