package dev.brigade.async;

import java.util.concurrent.Callable;

/// The runtime's own coroutines.
final class Coroutines {
  static <T> Coroutine<T> of(String name, Callable<T> body) {
    return new Coroutine<>(body, name, null);
  }

  static Coroutine<Void> of(String name, Action body) {
    return new Coroutine<>(Actions.callable(body), name, null);
  }

  private Coroutines() {}
}
