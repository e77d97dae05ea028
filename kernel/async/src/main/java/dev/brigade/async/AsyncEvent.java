package dev.brigade.async;

/// A flag that coroutines wait for. Setting it wakes all who wait then, even if it is cleared again
/// before they run. For the loop's thread of control. Python: `asyncio.Event`.
public final class AsyncEvent {
  private final LoopBound bound = new LoopBound(this);
  private final Waiters waiters = new Waiters();
  private boolean set;

  /// Waits until the flag is set; does not wait if it is.
  public Coroutine<Void> await() {
    return Coroutines.of("AsyncEvent.await", this::awaitSet);
  }

  private void awaitSet() {
    if (set) return;
    EventLoop loop = bound.use(waiters.isEmpty(), "event.await()");
    waiters.await(loop.createPromise(), "event");
  }

  /// Sets the flag and wakes everybody, in the order in which they came.
  public void set() {
    if (set) return;
    set = true;
    waiters.wakeAll();
  }

  public void clear() {
    set = false;
  }

  public boolean isSet() {
    return set;
  }

  @Override
  public String toString() {
    return "<AsyncEvent "
        + (set ? "set" : "unset")
        + (waiters.isEmpty() ? "" : ", waiters: " + waiters.size())
        + ">";
  }
}
