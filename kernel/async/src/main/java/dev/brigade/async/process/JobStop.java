package dev.brigade.async.process;

/// Makes code that does not listen to interrupts stop, found in a worker through
/// [java.util.ServiceLoader].
public interface JobStop {
  /// Asks a thread to stop.
  void stop(Thread thread);

  /// Takes it back.
  void spare(Thread thread);
}
