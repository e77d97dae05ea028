package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// The runtime's own exceptions, all unchecked. What user code throws is never wrapped in one.
public abstract sealed class AsyncError extends RuntimeException
    permits IncompleteReadError,
        LimitOverrunError,
        BrokenBarrierError,
        BrokenPool,
        ExceptionGroup,
        InvalidStateError,
        MisuseError,
        QueueEmpty,
        QueueFull,
        QueueShutDown,
        TimeoutError {
  private static final long serialVersionUID = 1L;

  AsyncError(@Nullable String message) {
    super(message);
  }
}
