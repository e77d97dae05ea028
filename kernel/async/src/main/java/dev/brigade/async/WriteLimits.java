package dev.brigade.async;

/// When a writer is to wait: [StreamWriter#drain] waits once more than `high` bytes are unsent, and
/// goes on when `low` or fewer are. Python: the arguments of
/// `asyncio.WriteTransport.set_write_buffer_limits`.
///
/// @param high in bytes; 0 means that each drain waits for all
/// @param low in bytes, at most `high`
public record WriteLimits(long high, long low) {
  /// @throws IllegalArgumentException not `high >= low >= 0`
  public WriteLimits {
    if (high < low || low < 0) {
      throw new IllegalArgumentException(
          "a writer goes on below the mark at which it began to wait: the high mark is at least the"
              + " low one, and that at least 0. Here high is "
              + high
              + " and low is "
              + low
              + ".\n  right: new WriteLimits(64 * 1024, 16 * 1024)");
    }
  }

  /// 64 KiB and 16 KiB.
  public static WriteLimits defaults() {
    return ofHigh(64 * 1024);
  }

  /// The low mark is a quarter of the high one.
  public static WriteLimits ofHigh(long high) {
    return new WriteLimits(high, high / 4);
  }

  /// The high mark is four times the low one.
  public static WriteLimits ofLow(long low) {
    return new WriteLimits(Math.multiplyExact(4L, low), low);
  }
}
