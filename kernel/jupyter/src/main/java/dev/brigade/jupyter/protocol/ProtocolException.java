package dev.brigade.jupyter.protocol;

/// Something from outside is not what the protocol asks for. The message is one sentence for its
/// sender.
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String complaint;

  public ProtocolException(String complaint) {
    super(complaint);
    this.complaint = complaint;
  }

  /// The message, never null.
  public String complaint() {
    return complaint;
  }
}
