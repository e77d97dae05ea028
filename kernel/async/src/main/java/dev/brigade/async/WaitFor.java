package dev.brigade.async;

/// Waiting for one awaitable for a limited time. Python: `asyncio.wait_for`, in the form it has
/// since 3.12: a time limit around an await.
final class WaitFor {
  static <T> T run(Awaitable<T> awaitable, long nanos) {
    if (awaitable instanceof Promise<T> promise && promise.isDone()) return promise.result();
    if (nanos > 0) return Timeout.run(nanos, _ -> Awaiting.awaitable(awaitable));
    Promise<T> promise =
        Running.requireTask("await(waitFor(...))").loop().registry().ensurePromise(awaitable, null);
    if (promise.isDone()) return promise.result();
    // Out of time already: a coroutine is cancelled before its first step and never starts.
    Waits.cancelAndWait(promise);
    try {
      return promise.result();
    } catch (CancelledError e) {
      var error = new TimeoutError("the time limit was 0 seconds or less, and it was not done yet");
      error.initCause(e);
      throw error;
    }
  }

  private WaitFor() {}
}
