package dev.brigade.async;

/// The initializer of a [ThreadPool] failed, so none of its threads can run jobs. Python:
/// `concurrent.futures.thread.BrokenThreadPool`.
public final class BrokenThreadPool extends BrokenPool {
  private static final long serialVersionUID = 1L;

  BrokenThreadPool(String pool, Throwable cause) {
    super(
        "the initializer of "
            + pool
            + " threw "
            + cause
            + ", so its threads cannot run jobs: repair the initializer and make a new pool",
        cause);
  }
}
