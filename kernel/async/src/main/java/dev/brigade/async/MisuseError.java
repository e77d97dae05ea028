package dev.brigade.async;

/// The runtime was used against its rules; the message shows the rule and the right code. Python
/// raises RuntimeError for these.
public final class MisuseError extends AsyncError {
  private static final long serialVersionUID = 1L;

  public MisuseError(String message) {
    super(message);
  }
}
