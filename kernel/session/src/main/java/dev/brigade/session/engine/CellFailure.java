package dev.brigade.session.engine;

import dev.brigade.session.CellError;

/// Ends a cell with an error that is ready to show: it did not compile, or a magic refused.
final class CellFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CellError error;

  CellFailure(CellError error) {
    super(error.name() + ": " + error.message(), null, false, false);
    this.error = error;
  }

  /// A failure without a place in the source.
  static CellFailure of(String name, String message) {
    return new CellFailure(Traceback.plain(name, message));
  }

  CellError error() {
    return error;
  }
}
