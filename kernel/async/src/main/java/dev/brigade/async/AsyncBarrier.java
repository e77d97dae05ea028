package dev.brigade.async;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A meeting point: a fixed number of tasks wait for each other and then go on together.
///
/// | state | enters by | next |
/// |---|---|---|
/// | filling | creation, `reset` of an empty one, the last has left | draining, resetting, broken |
/// | draining | the last party has come: all go on | filling, resetting, broken |
/// | resetting | `reset` while tasks are in it: they fail | filling, broken |
/// | broken | `abort`: all fail, now and later | filling, resetting |
///
/// Who comes while it drains or resets waits until that is over. A waiter that is cancelled only
/// leaves: the others wait for one more. For the loop's thread of control; any thread may ask for
/// [#snapshot()]. Python: `asyncio.Barrier`, whose `async with barrier:` is
/// `await(barrier.await())` here: leaving the block does nothing.
public final class AsyncBarrier implements Primitive {
  /// What a barrier is doing.
  public enum State {
    FILLING,
    DRAINING,
    RESETTING,
    BROKEN
  }

  /// How a barrier stood at one moment.
  ///
  /// @param parties how many tasks it waits for
  /// @param inside how many have come and not left yet
  /// @param waiting the tasks that wait at it, inside or for its next round, first come first
  public record Snapshot(
      String name, State state, int parties, int inside, List<Task<?>> waiting) {}

  private final LoopBound bound;
  // Told of every change of the state, and its lock is held for each.
  private final AsyncCondition changed = new AsyncCondition(this);
  private final int parties;
  private volatile State state = State.FILLING;
  private final AtomicInteger inside = new AtomicInteger();

  /// A barrier named by its loop: `barrier-1`, `barrier-2`, ...
  ///
  /// @param parties how many tasks it waits for; 1 or more
  public AsyncBarrier(int parties) {
    this.parties = requirePositive(parties);
    this.bound = new LoopBound(this, "barrier", null, this::isIdle);
  }

  /// @param parties how many tasks it waits for; 1 or more
  /// @param name for logs and reports
  public AsyncBarrier(int parties, String name) {
    this.parties = requirePositive(parties);
    this.bound = new LoopBound(this, "barrier", name, this::isIdle);
  }

  private static int requirePositive(int parties) {
    if (parties >= 1) return parties;
    throw new IllegalArgumentException(
        "a barrier waits for 1 task or more, and it was given " + parties);
  }

  private boolean isIdle() {
    return inside.get() == 0 && !changed.isLocked() && waiting().isEmpty();
  }

  /// Waits until all parties have come. Cancelling the wait leaves the barrier as if the task had
  /// not come. Python: `Barrier.wait`.
  ///
  /// @return the task's number in this round, from 0 for the first that came
  /// @throws BrokenBarrierError it was reset or aborted meanwhile, or is broken
  public Coroutine<Integer> await() {
    return Coroutines.of("AsyncBarrier.await", this::awaitParties);
  }

  private int awaitParties() throws Exception {
    bound.use("barrier.await()");
    try (var _ = changed.take()) {
      awaitRound();
      int index = inside.getAndIncrement();
      try {
        if (index + 1 == parties) enter(State.DRAINING);
        else awaitFull();
        return index;
      } finally {
        leave();
      }
    }
  }

  private void awaitRound() throws Exception {
    changed.awaitTrue(() -> state != State.DRAINING && state != State.RESETTING);
    if (state == State.BROKEN) throw broken("is broken: abort() was called");
  }

  private void awaitFull() throws Exception {
    changed.awaitTrue(() -> state != State.FILLING);
    if (state == State.BROKEN) throw broken("was aborted while this task waited");
    if (state == State.RESETTING) throw broken("was reset while this task waited");
  }

  private BrokenBarrierError broken(String what) {
    return new BrokenBarrierError(
        name() + " " + what + ". await(barrier.reset()) makes it usable again.");
  }

  private void leave() {
    if (inside.decrementAndGet() > 0) return;
    enter(state == State.BROKEN ? State.BROKEN : State.FILLING);
  }

  private void enter(State next) {
    state = next;
    changed.signalAll();
  }

  /// Makes it usable again. Tasks that wait in it fail with [BrokenBarrierError].
  public Coroutine<Void> reset() {
    return Coroutines.of(
        "AsyncBarrier.reset",
        () -> {
          bound.use("barrier.reset()");
          try (var _ = changed.take()) {
            enter(inside.get() > 0 ? State.RESETTING : State.FILLING);
          }
        });
  }

  /// Breaks it: tasks that wait in it, and all that come later, fail with [BrokenBarrierError],
  /// until it is reset.
  public Coroutine<Void> abort() {
    return Coroutines.of(
        "AsyncBarrier.abort",
        () -> {
          bound.use("barrier.abort()");
          try (var _ = changed.take()) {
            enter(State.BROKEN);
          }
        });
  }

  /// How many tasks it waits for.
  public int parties() {
    return parties;
  }

  /// How many tasks have come in this round; 0 when it is not filling. Python: `n_waiting`.
  public int waitingCount() {
    return state == State.FILLING ? inside.get() : 0;
  }

  /// Whether it was aborted. Python: `broken`.
  public boolean isBroken() {
    return state == State.BROKEN;
  }

  public State state() {
    return state;
  }

  /// The name it was given, or the one it has from its loop.
  @Override
  public String name() {
    return bound.name();
  }

  /// How it stands now. Any thread.
  @Override
  public Snapshot snapshot() {
    return new Snapshot(name(), state, parties, inside.get(), waiting());
  }

  /// Nobody holds a barrier: who is missing is not known.
  @Override
  public List<Task<?>> holders() {
    return List.of();
  }

  @Override
  public List<Task<?>> waiting() {
    var tasks = new ArrayList<>(changed.waiting());
    tasks.addAll(changed.waitingForLock());
    return List.copyOf(tasks);
  }

  @Override
  public String toString() {
    Snapshot now = snapshot();
    return "<AsyncBarrier "
        + now.name
        + " "
        + now.state.name().toLowerCase(java.util.Locale.ROOT)
        + (now.state == State.FILLING ? ", " + now.inside + " of " + parties + " have come" : "")
        + Names.tasks(", waiting: ", now.waiting)
        + ">";
  }
}
