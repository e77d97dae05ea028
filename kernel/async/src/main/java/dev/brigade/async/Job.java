package dev.brigade.async;

import java.io.Serializable;
import java.util.concurrent.Callable;

/// Code with a result for a pool of threads or processes: `pool.submit(() -> fib(35))`.
///
/// It is serialisable, and so is every lambda written where a job is expected: that is how the code
/// reaches another process. What it captures travels with it, by value.
@FunctionalInterface
public interface Job<T> extends Callable<T>, Serializable {
  @Override
  T call() throws Exception;
}
