package dev.brigade.async;

/// `getNowait` found no item. Python: `asyncio.QueueEmpty`.
public final class QueueEmpty extends AsyncError {
  private static final long serialVersionUID = 1L;

  public QueueEmpty(String message) {
    super(message);
  }
}
