package dev.brigade.session;

/// How code ended.
public sealed interface Outcome {
  /// Ended with a value to show.
  ///
  /// @param type the static type, as in source
  record Value(MimeBundle bundle, String type) implements Outcome {}

  /// Ended with nothing to show.
  record Done() implements Outcome {}

  /// Did not compile, threw, or was stopped (then the error's name is `Interrupted`).
  record Failed(CellError error) implements Outcome {}
}
