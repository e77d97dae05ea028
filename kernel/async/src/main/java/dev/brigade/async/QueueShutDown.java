package dev.brigade.async;

/// A `put` or `get` met a queue that was shut down. Python: `asyncio.QueueShutDown`.
public final class QueueShutDown extends AsyncError {
  private static final long serialVersionUID = 1L;

  public QueueShutDown(String message) {
    super(message);
  }
}
