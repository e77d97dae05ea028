package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A lock between coroutines: one holds it, the others wait their turn without blocking the loop.
///
/// Fair: first come, first served. Not re-entrant, and not owned: any task may release it. A waiter
/// that is cancelled passes its turn on. For the loop's thread of control; guards against other
/// coroutines, never against threads. Python: `asyncio.Lock`.
public final class AsyncLock {
  private final LoopBound bound = new LoopBound(this);
  private final Waiters waiters = new Waiters();
  private boolean locked;
  private @Nullable Task<?> holder;

  /// Takes the lock, waiting for it if need be.
  ///
  /// ```java
  /// try (var _ = await(lock.acquire())) {
  ///   // alone in here
  /// }
  /// ```
  ///
  /// Cancelling the wait leaves the lock as it was.
  public Coroutine<Held> acquire() {
    return Coroutines.of("AsyncLock.acquire", this::take);
  }

  private Held take() {
    EventLoop loop = bound.use(!locked && waiters.isEmpty(), "lock.acquire()");
    Task<?> task = Running.requireTask("await(lock.acquire())");
    if (locked || waiters.anyLive()) waitForTurn(loop, task);
    locked = true;
    holder = task;
    loop.trace().lockAcquired(task, name());
    return new Held(this::release);
  }

  private void waitForTurn(EventLoop loop, Task<?> task) {
    loop.trace().lockWait(task, name(), holder);
    try {
      waiters.await(loop.createPromise(), "lock");
    } catch (CancelledError e) {
      if (!locked) waiters.wakeHead();
      throw e;
    }
  }

  /// Gives the lock back and wakes the first waiter.
  ///
  /// @throws MisuseError it is not locked
  public void release() {
    if (!locked) {
      throw new MisuseError(
          "release() of a lock that nobody holds. Release once for each acquire, best by\n"
              + "  try (var _ = await(lock.acquire())) { ... }");
    }
    EventLoop loop = bound.use(false, "lock.release()");
    locked = false;
    holder = null;
    loop.trace().lockReleased(name());
    waiters.wakeHead();
  }

  public boolean isLocked() {
    return locked;
  }

  private String name() {
    return "lock@" + Integer.toHexString(System.identityHashCode(this));
  }

  @Override
  public String toString() {
    return "<AsyncLock "
        + (locked ? "locked" : "unlocked")
        + (holder == null ? "" : " by " + holder.name())
        + (waiters.isEmpty() ? "" : ", waiters: " + waiters.size())
        + ">";
  }
}
