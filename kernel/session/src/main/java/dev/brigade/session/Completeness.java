package dev.brigade.session;

/// Whether input is ready to run.
///
/// @param indent for incomplete input, what the next line starts with
public record Completeness(Status status, String indent) {
  public enum Status {
    COMPLETE,
    INCOMPLETE,
    INVALID,
    UNKNOWN
  }
}
