package dev.brigade.async;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Permits for a limited number of coroutines at a time.
///
/// Strictly fair: while anybody waits, a late comer queues, even if a permit is free. A waiter that
/// is cancelled passes its permit on. For the loop's thread of control; any thread may ask for
/// [#snapshot()]. Python: `asyncio.Semaphore`.
///
/// Any task may give a permit back, also one that took none. So who holds one is known only as long
/// as each is given back by its `Held` or by the task that took it: the first release by another
/// ends the book-keeping, and [Snapshot#holdersKnown()] says so.
public sealed class AsyncSemaphore implements Primitive permits AsyncBoundedSemaphore {
  /// How a semaphore stood at one moment.
  ///
  /// @param permits how many are free
  /// @param initial how many it started with
  /// @param holdersKnown false once a task gave back a permit that it did not take
  /// @param holders the tasks that hold one, once for each; empty if they are not known
  /// @param waiting the tasks that wait for one, first come first
  public record Snapshot(
      String name,
      int permits,
      int initial,
      boolean holdersKnown,
      List<Task<?>> holders,
      List<Task<?>> waiting) {}

  private final LoopBound bound;
  private final Waiters waiters = new Waiters();
  private final int initial;
  // Written in the loop's thread of control.
  private final AtomicInteger permits;
  // Who holds the permits that were taken; null when it is not known any more.
  private volatile @Nullable TaskChain<Permit> taken = new TaskChain<>();

  /// A semaphore named by its loop: `semaphore-1`, `semaphore-2`, ...
  ///
  /// @param permits how many may hold it at once; 0 or more
  public AsyncSemaphore(int permits) {
    this(null, permits);
  }

  /// @param permits how many may hold it at once; 0 or more
  /// @param name for logs and reports
  public AsyncSemaphore(int permits, String name) {
    this(name, permits);
  }

  private AsyncSemaphore(@Nullable String name, int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException(
          "a semaphore starts with 0 permits or more, and it was given " + permits);
    }
    this.initial = permits;
    this.permits = new AtomicInteger(permits);
    this.bound = new LoopBound(this, "semaphore", name, this::isIdle);
  }

  private boolean isIdle() {
    return permits.get() >= initial && waiters.isEmpty();
  }

  /// Takes a permit, waiting for one if need be. Cancelling the wait takes none.
  ///
  /// ```java
  /// try (var _ = await(semaphore.acquire())) {
  ///   // at most so many in here
  /// }
  /// ```
  public final Coroutine<Held> acquire() {
    return Coroutines.of("AsyncSemaphore.acquire", this::take);
  }

  private Held take() {
    EventLoop loop = bound.use("semaphore.acquire()");
    Task<?> task = Running.requireTask("await(semaphore.acquire())");
    if (isLocked()) awaitPermit(loop, task);
    else permits.getAndDecrement();
    var permit = new Permit(task);
    TaskChain<Permit> book = taken;
    if (book != null) book.add(permit);
    loop.trace().lockAcquired(task, name());
    return new Held(() -> giveBack(permit));
  }

  /// The permit is handed over by the promise: [#wakeNext()] has already taken it for the waiter.
  private void awaitPermit(EventLoop loop, Task<?> task) {
    List<Task<?>> holders = loop.trace().isOn() ? holders() : List.of();
    loop.trace().lockWait(task, name(), holders.isEmpty() ? null : holders.getFirst());
    Promise<Boolean> mine = loop.createPromise();
    try {
      waiters.await(task, mine, this, name());
    } catch (CancelledError e) {
      // Granted and cancelled in the same turn: the permit must not get lost.
      if (mine.isDone() && !mine.isCancelled()) permits.getAndIncrement();
      throw e;
    } finally {
      while (permits.get() > 0 && wakeNext()) {}
    }
  }

  /// Gives a permit back and wakes the next waiter. Any task may do it; best is the one that took
  /// the permit.
  ///
  /// @throws MisuseError this is another thread than the loop's; or the semaphore is bounded and
  ///     all its permits are back
  public final void release() {
    giveBack(null);
  }

  /// @param permit the one that is given back; null for any of the calling task's
  private void giveBack(@Nullable Permit permit) {
    EventLoop loop = bound.change("release()");
    requireTaken();
    strikeOut(permit);
    permits.getAndIncrement();
    if (loop != null) loop.trace().lockReleased(name());
    wakeNext();
  }

  /// Refuses a release where there are as many permits as there may be.
  void requireTaken() {}

  private void strikeOut(@Nullable Permit permit) {
    TaskChain<Permit> book = taken;
    if (book == null) return;
    Permit out = permit;
    if (out == null || out.returned) {
      Task<?> by = permit == null ? Running.task() : permit.task;
      out = by == null ? null : book.find(other -> other.task == by);
    }
    if (out == null) {
      taken = null;
      return;
    }
    out.returned = true;
    book.remove(out);
  }

  private boolean wakeNext() {
    if (!waiters.wakeFirst()) return false;
    permits.getAndDecrement();
    return true;
  }

  /// Whether an acquire would have to wait: no permit is free, or others wait already.
  public final boolean isLocked() {
    return permits.get() == 0 || waiters.anyLive();
  }

  /// The name it was given, or the one it has from its loop.
  @Override
  public final String name() {
    return bound.name();
  }

  final int permits() {
    return permits.get();
  }

  final int initial() {
    return initial;
  }

  /// How it stands now. Any thread.
  @Override
  public final Snapshot snapshot() {
    return new Snapshot(name(), permits.get(), initial, taken != null, holders(), waiting());
  }

  @Override
  public final List<Task<?>> holders() {
    TaskChain<Permit> book = taken;
    return book == null ? List.of() : book.tasks(_ -> true);
  }

  @Override
  public final List<Task<?>> waiting() {
    return waiters.tasks();
  }

  @Override
  public final String toString() {
    Snapshot now = snapshot();
    return "<"
        + getClass().getSimpleName()
        + " "
        + now.name
        + (isLocked() ? " locked" : " unlocked")
        + ", permits: "
        + now.permits
        + " of "
        + now.initial
        + Names.tasks(", held by ", now.holders)
        + Names.tasks(", waiting: ", now.waiting)
        + ">";
  }
}
