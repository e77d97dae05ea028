package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// How one awaitable of [Async#gatherSettled] ended, in the place it was given.
///
/// Python: an element of `gather(..., return_exceptions=True)`.
public sealed interface Settled<T> {
  /// Ended with a value.
  record Succeeded<T>(T value) implements Settled<T> {}

  /// Ended with an exception.
  record Failed<T>(Throwable error) implements Settled<T> {}

  /// Was cancelled.
  record Cancelled<T>(CancelledError error) implements Settled<T> {}

  default boolean isSuccess() {
    return this instanceof Succeeded;
  }

  default boolean isCancelled() {
    return this instanceof Cancelled;
  }

  /// The value.
  ///
  /// @throws InvalidStateError it did not succeed; the error is the cause
  default T value() {
    return switch (this) {
      case Succeeded<T>(T value) -> value;
      case Failed<T>(Throwable error) -> throw noValue("it failed", error);
      case Cancelled<T>(CancelledError error) -> throw noValue("it was cancelled", error);
    };
  }

  /// The exception, the [CancelledError] of a cancelled one, or null after success.
  default @Nullable Throwable error() {
    return switch (this) {
      case Succeeded<T> _ -> null;
      case Failed<T>(Throwable error) -> error;
      case Cancelled<T>(CancelledError error) -> error;
    };
  }

  private static InvalidStateError noValue(String why, Throwable cause) {
    var error =
        new InvalidStateError("no value: " + why + ". Ask isSuccess() first, or read error().");
    error.initCause(cause);
    return error;
  }
}
