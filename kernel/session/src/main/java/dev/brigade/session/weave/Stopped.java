package dev.brigade.session.weave;

/// Thrown in a thread that was told to stop, at its next stop point.
///
/// An [Error], so that `catch (Exception e)` in a loop cannot eat it.
public final class Stopped extends Error {
  private static final long serialVersionUID = 1L;

  Stopped() {
    super("stopped by an interrupt");
  }
}
