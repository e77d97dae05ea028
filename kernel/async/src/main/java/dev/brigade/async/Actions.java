package dev.brigade.async;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Code without a result as code whose result is null.
final class Actions {
  static Callable<Void> callable(Action action) {
    return () -> {
      action.run();
      return nothing();
    };
  }

  static <S> ScopedCall<S, Void> call(ScopedAction<S> action) {
    return scope -> {
      action.run(scope);
      return nothing();
    };
  }

  /// The value of a `Void`.
  @SuppressWarnings("NullAway") // the one value a Void has
  static Void nothing() {
    return Actions.<Void>cast(null);
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  private static <T> T cast(@Nullable Object value) {
    return (T) value;
  }

  private Actions() {}
}
