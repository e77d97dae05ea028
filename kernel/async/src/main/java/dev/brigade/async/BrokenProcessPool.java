package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A worker of a [ProcessPool] died, or could not be started, so its jobs have no result. Python:
/// `concurrent.futures.process.BrokenProcessPool`.
public final class BrokenProcessPool extends BrokenPool {
  private static final long serialVersionUID = 1L;

  BrokenProcessPool(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
