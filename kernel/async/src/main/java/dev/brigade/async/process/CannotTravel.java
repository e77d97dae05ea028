package dev.brigade.async.process;

import org.jspecify.annotations.Nullable;

/// Something cannot be sent to another process; the message says what, where it hangs, and what to
/// do.
public final class CannotTravel extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotTravel(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
