package dev.brigade.async;

/// A block of code without a result that is given what surrounds it: a [TaskGroup], a [Timeout], a
/// [CancelScope].
@FunctionalInterface
public interface ScopedAction<S> {
  void run(S scope) throws Exception;
}
