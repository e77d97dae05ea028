package dev.brigade.async;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Waiting until something about shared state has changed, with a lock that guards the state.
///
/// ```java
/// try (var _ = await(condition.acquire())) {
///   await(condition.waitFor(() -> !items.isEmpty()));   // gives the lock away while it waits
///   use(items.removeFirst());
/// }
/// ```
///
/// Who changes the state holds the lock and signals. A woken waiter first takes the lock again,
/// also when it is cancelled meanwhile; a signal that a cancelled waiter can no longer use goes to
/// the next. A wait may end without a signal, so prefer [#waitFor(Callable)], which looks again.
/// Fair, first come first served. For the loop's thread of control; any thread may ask for
/// [#snapshot()]. Python: `asyncio.Condition`.
public final class AsyncCondition implements Primitive {
  /// How a condition stood at one moment.
  ///
  /// @param lock how its lock stood
  /// @param waiting the tasks that wait for a signal, first come first
  public record Snapshot(String name, AsyncLock.Snapshot lock, List<Task<?>> waiting) {}

  private final LoopBound bound;
  private final AsyncLock lock;
  private final Waiters waiters = new Waiters();
  // The barrier it is a part of, or null.
  private final @Nullable AsyncBarrier whole;

  /// A condition with a lock of its own, named by its loop: `condition-1`, `condition-2`, ...
  public AsyncCondition() {
    this(null, null, null);
  }

  /// @param name for logs and reports
  public AsyncCondition(String name) {
    this(null, name, null);
  }

  /// @param lock guards the state; several conditions may share one
  public AsyncCondition(AsyncLock lock) {
    this(lock, null, null);
  }

  /// @param lock guards the state; several conditions may share one
  /// @param name for logs and reports
  public AsyncCondition(AsyncLock lock, String name) {
    this(lock, name, null);
  }

  /// The inside of a barrier.
  AsyncCondition(AsyncBarrier whole) {
    this(null, "barrier", whole);
  }

  private AsyncCondition(
      @Nullable AsyncLock lock, @Nullable String name, @Nullable AsyncBarrier whole) {
    this.whole = whole;
    this.bound = new LoopBound(this, "condition", name, waiters::isEmpty);
    this.lock = lock != null ? lock : new AsyncLock(this);
  }

  /// What a task waits for that waits for one of its parts.
  Primitive shownFor(Primitive part) {
    return whole == null ? part : whole;
  }

  /// Takes the lock; [AsyncLock#acquire()].
  public Coroutine<Held> acquire() {
    return lock.acquire();
  }

  Held take() {
    return lock.take();
  }

  /// Gives the lock back; [AsyncLock#release()].
  public void release() {
    lock.release();
  }

  /// Whether the lock is taken, by whomever.
  public boolean isLocked() {
    return lock.isLocked();
  }

  /// Gives the lock back, waits for a signal, and takes the lock again. Python: `Condition.wait`.
  ///
  /// @throws MisuseError the lock is not taken
  public Coroutine<Void> await() {
    return Coroutines.of("AsyncCondition.await", this::awaitSignal);
  }

  /// Waits until something is true, looking again after each signal. Does not wait if it is true at
  /// once. Python: `Condition.wait_for`.
  ///
  /// @throws MisuseError it would have to wait, and the lock is not taken
  public Coroutine<Void> waitFor(Callable<Boolean> predicate) {
    return Coroutines.of(
        "AsyncCondition.waitFor",
        () -> {
          awaitTrue(predicate);
          return null;
        });
  }

  void awaitTrue(Callable<Boolean> predicate) throws Exception {
    while (!predicate.call()) awaitSignal();
  }

  private void awaitSignal() {
    EventLoop loop = bound.use("condition.await()");
    Task<?> task = Running.requireTask("await(condition.await())");
    requireLocked("await(condition.await())");
    Primitive shown = shownFor(this);
    Promise<Boolean> signal = loop.createPromise();
    lock.release();
    try {
      try {
        waiters.await(task, signal, shown, shown.name());
      } finally {
        takeAgain(task);
      }
    } catch (Throwable t) { // perhaps signalled meanwhile: the signal goes to the next
      waiters.wakeFirst();
      throw t;
    }
  }

  /// Who leaves holds the lock, whatever happens. A cancellation on the way is thrown once it is
  /// held, the last one in place of those before.
  private void takeAgain(Task<?> task) {
    CancelledError cancelled = null;
    while (true) {
      try {
        // In a cancelled scope every wait throws at once: there the lock could never be taken.
        if (task.cancelScope() == null) lock.take();
        else CancelScope.shielded(lock::take);
        break;
      } catch (CancelledError e) {
        cancelled = e;
      }
    }
    if (cancelled != null) throw cancelled;
  }

  /// Wakes the first waiter; it goes on when it gets the lock. Python: `Condition.notify`.
  ///
  /// @throws MisuseError the lock is not taken, or this is another thread than the loop's
  public void signal() {
    signal(1);
  }

  /// Wakes up to so many waiters, in the order in which they came.
  ///
  /// @throws MisuseError the lock is not taken, or this is another thread than the loop's
  public void signal(int most) {
    bound.change("signal()");
    requireLocked("condition.signal()");
    waiters.wake(most);
  }

  /// Wakes all waiters; they go on one by one, as they get the lock. Python:
  /// `Condition.notify_all`.
  ///
  /// @throws MisuseError the lock is not taken, or this is another thread than the loop's
  public void signalAll() {
    bound.change("signalAll()");
    requireLocked("condition.signalAll()");
    waiters.wakeAll();
  }

  private void requireLocked(String call) {
    if (lock.isLocked()) return;
    throw new MisuseError(
        call
            + " needs the condition's lock, and nobody holds it: "
            + this
            + ". The lock keeps the state from changing between the look and the wait."
            + "\n  wrong: "
            + call
            + ";"
            + "\n  right: try (var _ = await(condition.acquire())) { "
            + call
            + "; }");
  }

  /// The name it was given, or the one it has from its loop.
  @Override
  public String name() {
    return bound.name();
  }

  /// How it stands now. Any thread.
  @Override
  public Snapshot snapshot() {
    return new Snapshot(name(), lock.snapshot(), waiting());
  }

  /// Nobody holds a condition: anybody may signal.
  @Override
  public List<Task<?>> holders() {
    return List.of();
  }

  /// The tasks that wait for a signal; those that have it and wait for the lock are at the lock.
  @Override
  public List<Task<?>> waiting() {
    return waiters.tasks();
  }

  @Override
  public boolean isPart() {
    return whole != null;
  }

  List<Task<?>> waitingForLock() {
    return lock.waiting();
  }

  @Override
  public String toString() {
    Snapshot now = snapshot();
    Task<?> holder = now.lock.holder();
    return "<AsyncCondition "
        + now.name
        + (holder == null ? " unlocked" : " locked by " + holder.name())
        + Names.tasks(", waiting: ", now.waiting)
        + Names.tasks(", waiting for the lock: ", now.lock.waiting())
        + ">";
  }
}
