package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// The stream ended before all that was asked for had come. Python: `asyncio.IncompleteReadError`.
public final class IncompleteReadError extends AsyncError {
  private static final long serialVersionUID = 1L;

  private final byte[] partial;
  private final @Nullable Integer expected;

  IncompleteReadError(byte[] partial, @Nullable Integer expected) {
    super(
        "the stream ended after "
            + partial.length
            + (expected == null
                ? " bytes, before the separator came"
                : " of " + expected + " bytes")
            + ". What came is in partial().");
    this.partial = partial;
    this.expected = expected;
  }

  /// The bytes that came.
  public byte[] partial() {
    return partial.clone();
  }

  /// How many bytes were asked for, or null if it was a separator that was waited for.
  public @Nullable Integer expected() {
    return expected;
  }
}
