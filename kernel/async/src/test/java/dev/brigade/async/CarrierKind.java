package dev.brigade.async;

/// The two carriers, for tests that must hold on both.
enum CarrierKind {
  SCHEDULER,
  BATON;

  Carrier carrier() {
    return switch (this) {
      case SCHEDULER -> SchedulerCarrier.open().orElseThrow();
      case BATON -> new BatonCarrier();
    };
  }
}
