package dev.brigade.session.weave;

import dev.brigade.async.KeyboardInterrupt;

/// Thrown in a thread that was told to stop, at its next stop point.
///
/// An [Error], so that `catch (Exception e)` in a loop cannot eat it.
public final class Stopped extends KeyboardInterrupt {
  private static final long serialVersionUID = 1L;

  Stopped() {
    super("stopped by an interrupt");
  }
}
