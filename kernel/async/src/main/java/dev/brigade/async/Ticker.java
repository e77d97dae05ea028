package dev.brigade.async;

/// What puts ticks into code: the weaver of a notebook. Nothing for learners.
public interface Ticker {
  /// Woven code calls [Gil#tick()] at method entries and backward branches from now on, or no
  /// longer.
  void ticking(boolean on);

  /// Throws if the calling thread was asked to stop; called now and then by a thread that waits for
  /// the [Gil].
  void checkStop();
}
