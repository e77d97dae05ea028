package dev.brigade.async;

/// A block of code with a result that is given what surrounds it.
///
/// It is a [ScopedAction] too, so that of two methods that differ only in taking one or the other
/// the compiler prefers this one wherever a lambda fits both.
@FunctionalInterface
public interface ScopedCall<S, T> extends ScopedAction<S> {
  T call(S scope) throws Exception;

  @Override
  default void run(S scope) throws Exception {
    call(scope);
  }
}
