package dev.brigade.async;

import java.util.List;

/// A flag that coroutines wait for. Setting it wakes all who wait then, even if it is cleared again
/// before they run. For the loop's thread of control; any thread may ask for [#snapshot()]. Python:
/// `asyncio.Event`.
public final class AsyncEvent implements Primitive {
  /// How an event stood at one moment.
  ///
  /// @param waiting the tasks that wait for it, first come first
  public record Snapshot(String name, boolean set, List<Task<?>> waiting) {}

  private final LoopBound bound;
  private final Waiters waiters = new Waiters();
  private volatile boolean set;

  /// An event that is not set, named by its loop: `event-1`, `event-2`, ...
  public AsyncEvent() {
    bound = new LoopBound(this, "event", null, waiters::isEmpty);
  }

  /// @param name for logs and reports
  public AsyncEvent(String name) {
    bound = new LoopBound(this, "event", name, waiters::isEmpty);
  }

  /// Waits until the flag is set; does not wait if it is. Cancelling the wait changes nothing.
  /// Python: `Event.wait`.
  public Coroutine<Void> await() {
    return Coroutines.of("AsyncEvent.await", this::awaitSet);
  }

  private void awaitSet() {
    if (set) return;
    EventLoop loop = bound.use("event.await()");
    Task<?> task = Running.requireTask("await(event.await())");
    waiters.await(task, loop.createPromise(), this, name());
  }

  /// Sets the flag and wakes everybody, in the order in which they came.
  ///
  /// @throws MisuseError this is another thread than the loop's
  public void set() {
    bound.change("set()");
    if (set) return;
    set = true;
    waiters.wakeAll();
  }

  /// Takes the flag down: who comes from now on waits.
  ///
  /// @throws MisuseError this is another thread than the loop's
  public void clear() {
    bound.change("clear()");
    set = false;
  }

  public boolean isSet() {
    return set;
  }

  /// The name it was given, or the one it has from its loop.
  @Override
  public String name() {
    return bound.name();
  }

  /// How it stands now. Any thread.
  @Override
  public Snapshot snapshot() {
    return new Snapshot(name(), set, waiting());
  }

  /// Nobody holds an event: anybody may set it.
  @Override
  public List<Task<?>> holders() {
    return List.of();
  }

  @Override
  public List<Task<?>> waiting() {
    return waiters.tasks();
  }

  @Override
  public String toString() {
    Snapshot now = snapshot();
    return "<AsyncEvent "
        + now.name
        + (now.set ? " set" : " unset")
        + Names.tasks(", waiting: ", now.waiting)
        + ">";
  }
}
