package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// The loop a primitive is used on. An idle one moves to the loop that uses it next; one with
/// waiters or a holder stays.
final class LoopBound {
  private final Object primitive;
  private @Nullable EventLoop loop;

  LoopBound(Object primitive) {
    this.primitive = primitive;
  }

  /// The running loop, after making sure that the primitive may be used on it.
  ///
  /// @param idle whether nobody waits for it or holds it
  /// @throws MisuseError it is in use on another loop
  EventLoop use(boolean idle, String what) {
    EventLoop running = Running.requireLoop(what);
    if (loop != null && loop != running && !idle) {
      throw new MisuseError(
          primitive
              + " is in use on loop "
              + loop
              + ", and this is "
              + running
              + ": make one for each loop, or wait until it is free.");
    }
    loop = running;
    return running;
  }
}
