package dev.brigade.async;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lock between coroutines: one holds it, the others wait their turn without blocking the loop.
///
/// Fair: first come, first served. Not re-entrant, and not owned: any task may release it. A waiter
/// that is cancelled passes its turn on. For the loop's thread of control; guards against other
/// coroutines, never against threads. Any thread may ask for [#snapshot()]. Python: `asyncio.Lock`.
public final class AsyncLock implements Primitive {
  /// How a lock stood at one moment.
  ///
  /// @param holder the task that took it, or null where it is free
  /// @param waiting the tasks that wait for it, first come first
  public record Snapshot(
      String name, boolean locked, @Nullable Task<?> holder, List<Task<?>> waiting) {}

  private final LoopBound bound;
  private final Waiters waiters = new Waiters();
  // The condition whose own lock it is, or null.
  private final @Nullable AsyncCondition owner;
  // The lock is taken exactly while this is not null. Written in the loop's thread of control.
  private volatile @Nullable Task<?> holder;

  /// A free lock, named by its loop: `lock-1`, `lock-2`, ...
  public AsyncLock() {
    owner = null;
    bound = new LoopBound(this, "lock", null, this::isIdle);
  }

  /// @param name for logs and reports
  public AsyncLock(String name) {
    owner = null;
    bound = new LoopBound(this, "lock", name, this::isIdle);
  }

  /// A condition's own lock is named after it.
  AsyncLock(AsyncCondition owner) {
    this.owner = owner;
    bound = new LoopBound(this, "lock", "lock", this::isIdle);
  }

  private boolean isIdle() {
    return holder == null && waiters.isEmpty();
  }

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

  Held take() {
    EventLoop loop = bound.use("lock.acquire()");
    Task<?> task = Running.requireTask("await(lock.acquire())");
    if (holder != null || waiters.anyLive()) awaitTurn(loop, task);
    holder = task;
    if (isShown()) loop.trace().lockAcquired(task, name());
    return new Held(this::release);
  }

  private void awaitTurn(EventLoop loop, Task<?> task) {
    Primitive shown = owner == null ? this : owner.shownFor(this);
    if (isShown()) loop.trace().lockWait(task, name(), holder);
    try {
      waiters.await(task, loop.createPromise(), shown, shown.name());
    } catch (CancelledError e) {
      if (holder == null) waiters.wakeHead();
      throw e;
    }
  }

  /// Gives the lock back and wakes the first waiter. Any task may do it; best is the one that took
  /// it.
  ///
  /// @throws MisuseError it is not locked, or this is another thread than the loop's
  public void release() {
    EventLoop loop = bound.change("release()");
    if (holder == null) {
      throw new MisuseError(
          "release() of a lock that nobody holds: "
              + this
              + ". Each acquire is released once."
              + "\n  wrong: await(lock.acquire()); lock.release(); lock.release();"
              + "\n  right: try (var _ = await(lock.acquire())) { ... }   // releases it itself");
    }
    holder = null;
    if (loop != null && isShown()) loop.trace().lockReleased(name());
    waiters.wakeHead();
  }

  public boolean isLocked() {
    return holder != null;
  }

  /// The inside of a barrier is nothing for its users.
  private boolean isShown() {
    return owner == null || owner.shownFor(this) == this;
  }

  @Override
  public boolean isPart() {
    return !isShown();
  }

  /// The name it was given, or the one it has from its loop.
  @Override
  public String name() {
    return owner == null ? bound.name() : owner.name() + ".lock";
  }

  /// How it stands now. Any thread.
  @Override
  public Snapshot snapshot() {
    Task<?> by = holder;
    return new Snapshot(name(), by != null, by, waiting());
  }

  @Override
  public List<Task<?>> holders() {
    Task<?> by = holder;
    return by == null ? List.of() : List.of(by);
  }

  @Override
  public List<Task<?>> waiting() {
    return waiters.tasks();
  }

  @Override
  public String toString() {
    Snapshot now = snapshot();
    return "<AsyncLock "
        + now.name
        + (now.holder == null ? " unlocked" : " locked by " + now.holder.name())
        + Names.tasks(", waiting: ", now.waiting)
        + ">";
  }
}
