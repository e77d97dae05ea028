package dev.brigade.async;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A result that will come. Python: `asyncio.Future`.
///
/// | state | enters by | then |
/// |---|---|---|
/// | pending | - | may change once |
/// | finished | `setResult`, `setError` | final |
/// | cancelled | `cancel` | final |
///
/// Belongs to one loop; its methods are for that loop's thread, the ones that only ask may be
/// called from any. Done-callbacks never run inline: each goes through the loop's queue, in the
/// order of registration. None of the methods blocks.
///
/// @param <T> the result
public sealed class Promise<T> implements Awaitable<T>
    permits Task, GatherPromise, ComposedPromise, JobPromise {
  /// Where it stands.
  private enum State {
    PENDING,
    FINISHED,
    CANCELLED
  }

  private final EventLoop loop;
  private volatile State state = State.PENDING;
  private @Nullable T value;
  private @Nullable Throwable error;
  private @Nullable String cancelMessage;
  // Null, one waiter (a Task, a GatherPromise or a Callback), or a list of them: most promises have
  // one.
  private @Nullable Object waiters;
  // Whether somebody has seen the error.
  private boolean retrieved;

  /// A done-callback and the origin it runs under.
  private record Callback<T>(
      Consumer<? super Promise<T>> action, @Nullable Origin origin, @Nullable Context context) {}

  Promise(EventLoop loop) {
    this.loop = loop;
  }

  public final EventLoop loop() {
    return loop;
  }

  public final boolean isDone() {
    return state != State.PENDING;
  }

  public final boolean isCancelled() {
    return state == State.CANCELLED;
  }

  /// Whether awaiting it throws a [CancelledError].
  final boolean endedCancelled() {
    return state == State.CANCELLED || error instanceof CancelledError;
  }

  /// The result, or what the work threw, as it was thrown.
  ///
  /// @throws CancelledError it was cancelled
  /// @throws InvalidStateError it is not done
  public final T result() {
    return switch (state) {
      case PENDING ->
          throw new InvalidStateError(
              "the result is not there yet: " + this + ". Await it: await(task)");
      case CANCELLED -> throw new CancelledError(cancelMessage);
      case FINISHED -> {
        if (error != null) {
          retrieved = true;
          throw Throwing.asIs(error);
        }
        yield cast(value);
      }
    };
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a Promise<Void> has null for its value
  private static <T> T cast(@Nullable Object value) {
    return (T) value;
  }

  /// What the work threw, or null if it gave a result.
  ///
  /// @throws CancelledError it was cancelled
  /// @throws InvalidStateError it is not done
  public final @Nullable Throwable error() {
    return switch (state) {
      case PENDING ->
          throw new InvalidStateError("not done yet: " + this + ". Await it: await(task)");
      case CANCELLED -> throw new CancelledError(cancelMessage);
      case FINISHED -> {
        retrieved = true;
        yield error;
      }
    };
  }

  /// Gives it its result.
  ///
  /// @throws InvalidStateError it is done already
  public void setResult(T result) {
    requirePending();
    value = result;
    settle(State.FINISHED);
  }

  /// Gives it an error.
  ///
  /// @throws InvalidStateError it is done already
  public void setError(Throwable thrown) {
    requirePending();
    error = thrown;
    settle(State.FINISHED);
    if (!retrieved) loop.failed(this);
  }

  /// Cancels it. Who awaits it gets a [CancelledError].
  ///
  /// @return false if it was done already
  public final boolean cancel() {
    return cancel(null);
  }

  /// Cancels it with a message for the [CancelledError].
  public boolean cancel(@Nullable String message) {
    return settleCancelled(message);
  }

  final boolean settleCancelled(@Nullable String message) {
    if (isDone()) return false;
    cancelMessage = message;
    settle(State.CANCELLED);
    return true;
  }

  /// Calls back once it is done: through the loop, also if it is done already.
  public final void onDone(Consumer<? super Promise<T>> action) {
    addWaiter(new Callback<>(action, Running.origin(), Context.captured()));
  }

  /// A future of the same outcome, for other threads to wait for; from any thread. Cancelling
  /// either cancels the other. What it waits for in the loop's own thread never comes: await this
  /// promise there.
  public final CompletableFuture<T> toCompletableFuture() {
    return LoopFuture.of(this);
  }

  /// Removes a callback wherever it was registered.
  ///
  /// @return how often it was
  public final int removeDoneCallback(Consumer<? super Promise<T>> action) {
    int before = waiterCount();
    if (waiters instanceof List<?> list) {
      list.removeIf(w -> w instanceof Callback<?>(var a, _, _) && a.equals(action));
    } else if (waiters instanceof Callback<?>(var a, _, _) && a.equals(action)) {
      waiters = null;
    }
    return before - waiterCount();
  }

  private int waiterCount() {
    if (waiters instanceof List<?> list) return list.size();
    return waiters == null ? 0 : 1;
  }

  /// A whole of which this is a part.
  final void addWaiter(GatherPromise<? super T, ?> whole) {
    addWaiter((Object) whole);
  }

  /// The task whose coroutine is suspended on this promise.
  final void addWaiter(Task<?> task) {
    addWaiter((Object) task);
  }

  private void addWaiter(Object waiter) {
    if (isDone()) {
      schedule(waiter);
      return;
    }
    switch (waiters) {
      case null -> waiters = waiter;
      case ArrayList<?> _ -> waiterList().add(waiter);
      case Object one -> {
        var list = new ArrayList<Object>(2);
        list.add(one);
        list.add(waiter);
        waiters = list;
      }
    }
  }

  @SuppressWarnings("unchecked")
  private ArrayList<Object> waiterList() {
    if (waiters instanceof ArrayList<?> list) return (ArrayList<Object>) list;
    throw new IllegalStateException("no list");
  }

  private void settle(State end) {
    loop.requireInside(
        "promise.setResult(...)", "loop.callSoonThreadsafe(() -> promise.setResult(...))");
    state = end;
    Object waiting = waiters;
    waiters = null;
    switch (waiting) {
      case null -> {}
      case ArrayList<?> list -> list.forEach(this::schedule);
      case Object one -> schedule(one);
    }
  }

  @SuppressWarnings("unchecked")
  private void schedule(Object waiter) {
    if (waiter instanceof Task<?> task) {
      retrieved = true;
      task.wake(this);
      return;
    }
    if (waiter instanceof GatherPromise<?, ?> gather) {
      loop.enqueue(new Handle(() -> ((GatherPromise<? super T, ?>) gather).childDone(this)));
      return;
    }
    var callback = (Callback<T>) waiter;
    loop.enqueue(new Handle(() -> callback.action.accept(this), callback.origin, callback.context));
  }

  private void requirePending() {
    if (isDone()) {
      throw new InvalidStateError("a promise is settled once, and this one is done: " + this);
    }
  }

  final void markRetrieved() {
    retrieved = true;
  }

  final boolean isRetrieved() {
    return retrieved;
  }

  final @Nullable String cancelMessage() {
    return cancelMessage;
  }

  /// What it stands for: who waits for it waits for these. Any thread.
  Collection<? extends Promise<?>> parts() {
    return List.of();
  }

  /// How it ended, without counting as retrieved.
  final @Nullable Throwable peekError() {
    return error;
  }

  /// `pending`, `finished`, or `cancelled`.
  final String stateName() {
    return state.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public String toString() {
    String end =
        !isDone() || isCancelled()
            ? ""
            : error != null ? " error=" + error : " result=" + String.valueOf((Object) value);
    return "<Promise " + stateName() + end + ">";
  }
}
