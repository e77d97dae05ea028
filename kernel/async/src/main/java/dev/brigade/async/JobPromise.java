package dev.brigade.async;

import java.util.concurrent.Future;

/// A promise of what a job in another thread or process gives. Reports say which job that is.
final class JobPromise<T> extends Promise<T> {
  private final Object job;

  /// @param job its number in the log, or its future
  JobPromise(EventLoop loop, Object job) {
    super(loop);
    this.job = job;
  }

  /// `job 3`, as the log calls it, or the future's own name.
  String what() {
    return switch (job) {
      case Long number -> "job " + number;
      case PoolFuture<?> future -> future.what();
      case Future<?> _ -> "future";
      default -> "promise";
    };
  }
}
