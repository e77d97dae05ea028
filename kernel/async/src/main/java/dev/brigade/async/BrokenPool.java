package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A pool can run nothing any more: what was handed in and had no result fails with this, and so
/// does every later submit. Python: `concurrent.futures.BrokenExecutor`.
public abstract sealed class BrokenPool extends AsyncError
    permits BrokenThreadPool, BrokenProcessPool {
  private static final long serialVersionUID = 1L;

  BrokenPool(String message, @Nullable Throwable cause) {
    super(message);
    if (cause != null) initCause(cause);
  }
}
