package dev.brigade.session;

/// The session on JShell.
final class JShellSession {
  static Session open(SessionOptions options, EmissionListener listener) {
    throw new UnsupportedOperationException(options + " " + listener);
  }

  private JShellSession() {}
}
