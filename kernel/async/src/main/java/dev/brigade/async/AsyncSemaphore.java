package dev.brigade.async;

/// Permits for a limited number of coroutines at a time.
///
/// Strictly fair: while anybody waits, a late comer queues, even if a permit is free. A waiter that
/// is cancelled passes its permit on. For the loop's thread of control. Python:
/// `asyncio.Semaphore`.
public final class AsyncSemaphore {
  private final LoopBound bound = new LoopBound(this);
  private final Waiters waiters = new Waiters();
  private final int initial;
  private int permits;

  /// @param permits how many may hold it at once; 0 or more
  public AsyncSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException(
          "a semaphore starts with 0 permits or more, and it was given " + permits);
    }
    this.initial = permits;
    this.permits = permits;
  }

  /// Takes a permit, waiting for one if need be.
  ///
  /// ```java
  /// try (var _ = await(semaphore.acquire())) {
  ///   // at most so many in here
  /// }
  /// ```
  public Coroutine<Held> acquire() {
    return Coroutines.of("AsyncSemaphore.acquire", this::take);
  }

  private Held take() {
    EventLoop loop = bound.use(permits == initial && waiters.isEmpty(), "semaphore.acquire()");
    Task<?> task = Running.requireTask("await(semaphore.acquire())");
    if (isLocked()) waitForPermit(loop, task);
    else permits--;
    loop.trace().lockAcquired(task, name());
    return new Held(this::release);
  }

  /// The permit is handed over by the promise: [#wakeNext()] has already taken it for the waiter.
  private void waitForPermit(EventLoop loop, Task<?> task) {
    loop.trace().lockWait(task, name(), null);
    Promise<Boolean> mine = loop.createPromise();
    try {
      waiters.await(mine, "semaphore");
    } catch (CancelledError e) {
      // Granted and cancelled in the same turn: the permit must not get lost.
      if (mine.isDone() && !mine.isCancelled()) permits++;
      throw e;
    } finally {
      while (permits > 0 && wakeNext()) {}
    }
  }

  /// Gives a permit back and wakes the next waiter.
  public void release() {
    EventLoop loop = bound.use(permits == initial && waiters.isEmpty(), "semaphore.release()");
    permits++;
    loop.trace().lockReleased(name());
    wakeNext();
  }

  private boolean wakeNext() {
    if (!waiters.wakeFirst()) return false;
    permits--;
    return true;
  }

  /// Whether an acquire would have to wait.
  public boolean isLocked() {
    return permits == 0 || waiters.anyLive();
  }

  private String name() {
    return "semaphore@" + Integer.toHexString(System.identityHashCode(this));
  }

  @Override
  public String toString() {
    return "<AsyncSemaphore "
        + (isLocked() ? "locked" : "unlocked, permits: " + permits)
        + (waiters.isEmpty() ? "" : ", waiters: " + waiters.size())
        + ">";
  }
}
