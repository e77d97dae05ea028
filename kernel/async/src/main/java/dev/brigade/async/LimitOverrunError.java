package dev.brigade.async;

/// The reader's limit was reached before the separator came. The bytes stay in the reader. Python:
/// `asyncio.LimitOverrunError`.
public final class LimitOverrunError extends AsyncError {
  private static final long serialVersionUID = 1L;

  private final int consumed;

  LimitOverrunError(String message, int consumed) {
    super(message);
    this.consumed = consumed;
  }

  /// How many bytes stand in the reader that hold no separator for certain.
  public int consumed() {
    return consumed;
  }
}
