package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// The user has asked to stop, for example by Ctrl-C. No [Exception], so that only code that means
/// it catches it; a [TaskGroup] throws it as it is and never inside an [ExceptionGroup].
///
/// Python: `KeyboardInterrupt`.
public class KeyboardInterrupt extends Error {
  private static final long serialVersionUID = 1L;

  public KeyboardInterrupt() {
    this(null);
  }

  public KeyboardInterrupt(@Nullable String message) {
    super(message);
  }
}
