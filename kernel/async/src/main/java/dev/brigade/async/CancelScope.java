package dev.brigade.async;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A block of code that can be cancelled as a whole, the task groups in it included. Trio and
/// AnyIO: `CancelScope`.
///
/// Where `task.cancel()` is an edge, thrown once, this is a level: once the scope is cancelled,
/// every await in it that would wait throws [CancelledError], until the block has ended. The block
/// then ends quietly, and [#cancelledCaught()] tells. A value that has arrived is never lost: a
/// task that is due to go on with one goes on.
///
/// | state | enters by | next |
/// |---|---|---|
/// | active | [Async#cancelScope], [Async#moveOnAfter], [Async#failAfter] | cancelled, exited |
/// | cancelled | [#cancel()], the deadline | exited |
/// | exited | the block ended | - |
///
/// For the thread of control of its loop.
public final class CancelScope {
  private final Task<?> host;
  private final EventLoop loop;
  private final @Nullable CancelScope outer;
  private final int cancellingBefore;
  private final Set<Task<?>> adopted = new LinkedHashSet<>();
  private final Set<CancelScope> inner = new LinkedHashSet<>();
  private long deadline = Long.MAX_VALUE;
  private @Nullable TimerHandle timer;
  private boolean shield;
  private boolean cancelCalled;
  private boolean cancelledCaught;
  private boolean exited;

  private CancelScope(String what) {
    this.host = Running.requireTask(what);
    this.loop = host.loop();
    this.outer = host.cancelScope();
    this.cancellingBefore = host.cancelling();
  }

  static CancelScope run(String what, ScopedAction<CancelScope> body) {
    return run(new CancelScope(what), body);
  }

  static CancelScope runUntil(String what, long nanos, ScopedAction<CancelScope> body) {
    var scope = new CancelScope(what);
    scope.deadlineNanos(scope.loop.nanos() + nanos);
    return run(scope, body);
  }

  private static CancelScope run(CancelScope scope, ScopedAction<CancelScope> body) {
    scope.enter();
    Throwable thrown = null;
    try {
      body.run(scope);
    } catch (Throwable t) { // thrown on, unless it is this scope's own cancellation
      thrown = t;
    }
    boolean caught = scope.exit(thrown);
    if (thrown != null && !caught) throw Throwing.asIs(thrown);
    return scope;
  }

  static <T> T failAfter(long nanos, ScopedCall<CancelScope, T> body) {
    @SuppressWarnings("unchecked")
    T[] value = (T[]) new Object[1];
    CancelScope scope = runUntil("failAfter(...)", nanos, s -> value[0] = body.call(s));
    if (scope.cancelledCaught) {
      throw new TimeoutError("the block did not end within its time limit");
    }
    return value[0];
  }

  /// Runs code that the cancellation of scopes around it does not reach: for cleanup that must
  /// wait. Give it an end of its own, for example by [Async#moveOnAfter].
  public static <T> T shielded(Callable<T> body) {
    @SuppressWarnings("unchecked")
    T[] value = (T[]) new Object[1];
    var scope = new CancelScope("CancelScope.shielded(...)");
    scope.shield = true;
    run(scope, _ -> value[0] = body.call());
    return value[0];
  }

  /// As [#shielded(Callable)] for code without a result.
  public static void shielded(Action body) {
    shielded(Actions.callable(body));
  }

  private void enter() {
    host.cancelScope(this);
    if (outer != null) outer.inner.add(this);
  }

  /// @return whether the cancellation ends here
  private boolean exit(@Nullable Throwable thrown) {
    exited = true;
    if (timer != null) timer.cancel();
    host.cancelScope(outer);
    if (outer != null) outer.inner.remove(this);
    if (!cancelCalled || !(thrown instanceof CancelledError)) return false;
    // A plain task.cancel() that was delivered in here, or an outer scope's, goes on.
    if (host.cancelling() > cancellingBefore && !host.hasPendingCancel()) return false;
    if (outer != null && !shield && outer.isEffectivelyCancelled()) return false;
    cancelledCaught = true;
    return true;
  }

  /// Cancels the block and all tasks of the task groups in it, now and at every later await.
  public void cancel() {
    loop.requireInside("scope.cancel()", "loop.callSoonThreadsafe(scope::cancel)");
    if (cancelCalled || exited) return;
    cancelCalled = true;
    if (timer != null) timer.cancel();
    deliver();
  }

  private void deliver() {
    if (host.cancelScope() == this) host.cancelWait();
    for (Task<?> task : List.copyOf(adopted)) if (task.cancelScope() == this) task.cancelWait();
    for (CancelScope scope : List.copyOf(inner)) if (!scope.shield) scope.deliver();
  }

  /// A task of a group in this scope.
  void adopt(Task<?> task) {
    adopted.add(task);
  }

  void release(Task<?> task) {
    adopted.remove(task);
  }

  /// Whether an await in this scope would throw: it was cancelled, or one around it that no shield
  /// keeps out.
  public boolean isEffectivelyCancelled() {
    for (CancelScope scope = this; scope != null; scope = scope.shield ? null : scope.outer) {
      if (scope.cancelCalled) return true;
    }
    return false;
  }

  /// Whether [#cancel()] was called or the deadline has passed.
  public boolean cancelCalled() {
    return cancelCalled;
  }

  /// Whether the block ended because this scope was cancelled.
  public boolean cancelledCaught() {
    return cancelledCaught;
  }

  /// The deadline on [EventLoop#time()], in seconds; infinity for none.
  public double deadline() {
    return deadline == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : deadline / 1e9;
  }

  /// Sets or moves the deadline.
  ///
  /// @param when on [EventLoop#time()], in seconds; infinity for none
  public void deadline(double when) {
    loop.requireInside("scope.deadline(...)", "loop.callSoonThreadsafe(...)");
    if (timer != null) timer.cancel();
    timer = null;
    if (when == Double.POSITIVE_INFINITY) deadline = Long.MAX_VALUE;
    else deadlineNanos(Seconds.toNanos(when));
  }

  private void deadlineNanos(long when) {
    deadline = when;
    if (!exited && !cancelCalled) timer = loop.callAtNanos(when, this::cancel, host);
  }

  /// Whether cancellation of scopes around this one is kept out.
  public boolean shield() {
    return shield;
  }

  /// Keeps the cancellation of scopes around this one out, or lets it in.
  public void shield(boolean on) {
    shield = on;
    if (!on && !exited && isEffectivelyCancelled()) deliver();
  }

  @Override
  public String toString() {
    return "<CancelScope "
        + (exited ? "exited" : cancelCalled ? "cancelled" : "active")
        + (deadline == Long.MAX_VALUE ? "" : " deadline=" + deadline())
        + (shield ? " shielded" : "")
        + ">";
  }
}
