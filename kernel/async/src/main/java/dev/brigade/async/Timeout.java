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

  private final Task<?> task = Running.requireTask("timeout(...)");
  private final int cancellingBefore = task.cancelling();
  private State state = State.ACTIVE;
  private long deadline;
  private @Nullable Handle timer;

  private Timeout() {}

  static <T> T run(long nanos, ScopedCall<Timeout, T> body) {
    var timeout = new Timeout();
    long when = Seconds.isNever(nanos) ? nanos : timeout.task.loop().nanos() + nanos;
    return timeout.around(when, body);
  }

  /// @param when the deadline on the loop's clock
  static <T> T runUntil(long when, ScopedCall<Timeout, T> body) {
    return new Timeout().around(when, body);
  }

  private <T> T around(long when, ScopedCall<Timeout, T> body) {
    set(when);
    Throwable thrown = null;
    try {
      return body.call(this);
    } catch (Throwable t) { // it is thrown again, perhaps as a TimeoutError
      thrown = t;
      throw Throwing.asIs(t);
    } finally {
      exit(thrown);
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
  /// @param when on [EventLoop#time()], in seconds; infinity for no limit
  /// @throws MisuseError the block has expired or ended
  public void reschedule(double when) {
    if (state != State.ACTIVE) {
      throw new MisuseError(
          "a time limit can be moved only while its block runs and has time left, and this one is "
              + state.name().toLowerCase(java.util.Locale.ROOT)
              + "."
              + "\n  wrong: timeout(1, limit -> { kept = limit; }); kept.reschedule(...);"
              + "\n  right: timeout(1, limit -> { limit.reschedule(eventLoop().time() + 5); work();"
              + " });");
    }
    set(Seconds.toNanos(when));
  }

  private void set(long when) {
    if (timer != null) timer.cancel();
    timer = null;
    deadline = when;
    if (Seconds.isNever(when)) return;
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

  /// The deadline on [EventLoop#time()], in seconds; infinity for none.
  public double when() {
    return Seconds.isNever(deadline) ? Double.POSITIVE_INFINITY : deadline / 1e9;
  }

  /// Whether the deadline has passed while the block ran.
  public boolean expired() {
    return state == State.EXPIRING || state == State.EXPIRED;
  }
}
