package dev.brigade.async;

/// A promise was asked for what its state does not have: a result before it is done, or a second
/// result. Python: `asyncio.InvalidStateError`.
public final class InvalidStateError extends AsyncError {
  private static final long serialVersionUID = 1L;

  public InvalidStateError(String message) {
    super(message);
  }
}
