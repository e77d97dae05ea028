package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A time limit on a block of code. Python: `asyncio.Timeout`.
///
/// | state | enters by | next |
/// |---|---|---|
/// | active | [Async#timeout] | expiring, exited |
/// | expiring | the deadline: the task is cancelled | expired |
/// | expired | the block ended while expiring | - |
/// | exited | the block ended in time | - |
///
/// For the task that made it only.
public final class Timeout {
  private enum State {
    ACTIVE,
    EXPIRING,
    EXPIRED,
    EXITED
  }

  /// The body of a block with a time limit.
  @FunctionalInterface
  public interface Body<T> {
    T run(Timeout timeout) throws Exception;
  }

  private final Task<?> task = Running.requireTask("timeout(...)");
  private final int cancellingBefore = task.cancelling();
  private State state = State.ACTIVE;
  private long deadline;
  private @Nullable Handle timer;

  private Timeout() {}

  static <T> T run(long nanos, Body<T> body) {
    var timeout = new Timeout();
    timeout.set(timeout.task.loop().nanos() + nanos);
    Throwable thrown = null;
    try {
      return body.run(timeout);
    } catch (Throwable t) { // it is thrown again, perhaps as a TimeoutError
      thrown = t;
      throw Throwing.asIs(t);
    } finally {
      timeout.exit(thrown);
    }
  }

  /// Throws the [TimeoutError] in place of the cancellation it stands for.
  @SuppressWarnings("Finally") // called from finally on purpose: it replaces what was thrown
  private void exit(@Nullable Throwable thrown) {
    if (timer != null) timer.cancel();
    timer = null;
    if (state != State.EXPIRING) {
      state = State.EXITED;
      return;
    }
    state = State.EXPIRED;
    boolean ours = task.uncancel() <= cancellingBefore;
    if (thrown == null) return;
    var error = new TimeoutError("the block did not end within its time limit");
    if (thrown instanceof CancelledError && ours) {
      error.initCause(thrown);
      throw error;
    }
    // The body's own error wins; that the time was up stays visible on it.
    if (!(thrown instanceof CancelledError)) thrown.addSuppressed(error);
  }

  /// Moves the deadline.
  ///
  /// @param when on [EventLoop#time()]
  /// @throws MisuseError the block has expired or ended
  public void reschedule(double when) {
    if (state != State.ACTIVE) {
      throw new MisuseError(
          "a time limit can be moved only while its block runs, and this one is "
              + state.name().toLowerCase(java.util.Locale.ROOT));
    }
    set(Seconds.toNanos(when));
  }

  private void set(long when) {
    if (timer != null) timer.cancel();
    deadline = when;
    EventLoop loop = task.loop();
    timer =
        when <= loop.nanos()
            ? loop.callSoon(this::expire)
            : loop.callAtNanos(when, this::expire, task);
  }

  private void expire() {
    if (state != State.ACTIVE) return;
    state = State.EXPIRING;
    timer = null;
    task.cancel("time limit");
  }

  /// The deadline on [EventLoop#time()].
  public double when() {
    return deadline / 1e9;
  }

  /// Whether the deadline has passed while the block ran.
  public boolean expired() {
    return state == State.EXPIRING || state == State.EXPIRED;
  }
}
