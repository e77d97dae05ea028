package dev.brigade.jupyter;

import dev.brigade.jupyter.protocol.KernelInfo;

/// What the kernel says of itself, from the jar's manifest.
final class Version {
  private Version() {}

  static KernelInfo info() {
    String version = Version.class.getPackage().getImplementationVersion();
    String shown = version == null ? "dev" : version;
    return new KernelInfo(
        shown,
        "Brigade "
            + shown
            + " on Java "
            + Runtime.version().feature()
            + ". An event loop is running: await(...) works at top level.");
  }
}
