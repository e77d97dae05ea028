package dev.brigade.session;

/// Where a front end receives what running code shows. Called on the thread that made the emission;
/// an implementation queues and returns.
@FunctionalInterface
public interface EmissionListener {
  void emit(Emission emission);
}
