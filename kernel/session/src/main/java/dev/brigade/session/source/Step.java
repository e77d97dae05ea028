package dev.brigade.session.source;

/// One cell of a file to run.
///
/// @param name as an error names it: `cell 3`, `demo.jsh`, `main`
/// @param silent prepares the ground: gets no number
/// @param mayFail the author expects an error here (`raises-exception`)
public record Step(String name, String code, boolean silent, boolean mayFail) {
  /// One that is numbered and must succeed.
  public static Step of(String name, String code) {
    return new Step(name, code, false, false);
  }
}
