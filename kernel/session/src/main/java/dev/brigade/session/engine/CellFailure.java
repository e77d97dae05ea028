package dev.brigade.session.engine;

import dev.brigade.session.CellError;

/// Ends a cell with an error that is ready to show: it did not compile, or a magic refused.
final class CellFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CellError error;
  private final boolean rejected;

  CellFailure(CellError error) {
    this(error, false);
  }

  private CellFailure(CellError error, boolean rejected) {
    super(error.name() + ": " + error.message(), null, false, false);
    this.error = error;
    this.rejected = rejected;
  }

  /// The failure of a snippet that did not compile, so that nothing of it has run.
  static CellFailure rejected(CellError error) {
    return new CellFailure(error, true);
  }

  boolean isRejected() {
    return rejected;
  }

  /// A failure without a place in the source.
  static CellFailure of(String name, String message) {
    return new CellFailure(Traceback.plain(name, message));
  }

  CellError error() {
    return error;
  }
}
