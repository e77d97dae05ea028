package dev.brigade.repl;

/// The version, from the jar's manifest.
public final class Version {
  private Version() {}

  public static String brigade() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }
}
