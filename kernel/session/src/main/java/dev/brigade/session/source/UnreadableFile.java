package dev.brigade.session.source;

/// A file that cannot be run; the message is one sentence for the person who asked.
public final class UnreadableFile extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableFile(String message) {
    super(message);
  }
}
