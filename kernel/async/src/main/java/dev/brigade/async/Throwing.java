package dev.brigade.async;

/// Throws what user code threw as it is, checked or not: `await` and `run` declare nothing and wrap
/// nothing.
final class Throwing {
  /// Never returns; written `throw Throwing.asIs(e)` so that the compiler sees the end.
  static RuntimeException asIs(Throwable thrown) {
    return Throwing.<RuntimeException>unchecked(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private Throwing() {}
}
