package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// An error that reached nobody, for a loop's exception handler. Python: the `context` dictionary
/// of `loop.call_exception_handler`.
///
/// @param message what went wrong, in a sentence
/// @param error what was thrown, or null
/// @param promise the task or promise it happened in, or null
/// @param origin whose work it was, or null
/// @param notice what is shown where no handler is set
public record ErrorContext(
    String message,
    @Nullable Throwable error,
    @Nullable Promise<?> promise,
    @Nullable Origin origin,
    Notice notice) {

  /// An error of the caller's own.
  public static ErrorContext of(String message, Throwable error) {
    return failed(Running.origin(), message, error);
  }

  static ErrorContext failed(@Nullable Origin origin, String message, Throwable error) {
    return new ErrorContext(
        message, error, null, origin, new Notice.CallbackFailed(origin, message, error));
  }

  static ErrorContext neverRetrieved(Task<?> task, Throwable error) {
    return new ErrorContext(
        task.name() + " failed, and nobody awaited it",
        error,
        task,
        task.origin(),
        new Notice.NeverRetrieved(task.origin(), task.name(), task.site(), error));
  }
}
