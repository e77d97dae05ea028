package dev.brigade.async;

/// `putNowait` found no room. Python: `asyncio.QueueFull`.
public final class QueueFull extends AsyncError {
  private static final long serialVersionUID = 1L;

  public QueueFull(String message) {
    super(message);
  }
}
