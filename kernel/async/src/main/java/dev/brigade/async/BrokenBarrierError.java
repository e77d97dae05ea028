package dev.brigade.async;

/// A barrier was reset while a task waited at it, or aborted. Python: `asyncio.BrokenBarrierError`.
public final class BrokenBarrierError extends AsyncError {
  private static final long serialVersionUID = 1L;

  public BrokenBarrierError(String message) {
    super(message);
  }
}
