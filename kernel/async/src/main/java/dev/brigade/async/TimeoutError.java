package dev.brigade.async;

/// A time limit passed before the work was done. One class for every time limit of the runtime, as
/// in Python since 3.11.
public final class TimeoutError extends AsyncError {
  private static final long serialVersionUID = 1L;

  public TimeoutError(String message) {
    super(message);
  }
}
