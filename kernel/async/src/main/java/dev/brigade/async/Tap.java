package dev.brigade.async;

/// The tap of a receiving end: closed while whoever reads has enough. Loop thread only.
interface Tap {
  void pauseReading();

  void resumeReading();
}
