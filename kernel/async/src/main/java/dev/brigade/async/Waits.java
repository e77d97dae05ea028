package dev.brigade.async;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waiting for some of several, without cancelling any. Python: `asyncio.wait`.
final class Waits {
  /// What ends the wait.
  enum Until {
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
    ALL_COMPLETED
  }

  private final Until until;
  private final Set<? extends Promise<?>> all;
  private final Promise<Boolean> waiter;
  private int left;

  private Waits(EventLoop loop, Until until, Set<? extends Promise<?>> all) {
    this.until = until;
    this.all = all;
    this.left = all.size();
    this.waiter = new ComposedPromise<>(loop, name(until), () -> all);
  }

  static String name(Until until) {
    return switch (until) {
      case FIRST_COMPLETED -> "waitAny";
      case FIRST_EXCEPTION -> "waitFirstException";
      case ALL_COMPLETED -> "waitAll";
    };
  }

  /// @param timeout in nanoseconds; when it passes the wait ends, and nothing is thrown
  static <P extends Promise<?>> Coroutine<Waited<P>> of(
      Collection<? extends P> promises, Until until, OptionalLong timeout) {
    Set<P> all = new LinkedHashSet<>(promises);
    return Coroutines.of(
        name(until),
        () -> {
          EventLoop loop = Running.requireLoop(name(until) + "(...)");
          requireSome(all, until);
          for (P promise : all) if (promise.loop() != loop) throw loop.otherLoop(promise);
          new Waits(loop, until, all).await(loop, timeout);
          return sorted(all);
        });
  }

  private static void requireSome(Set<?> all, Until until) {
    if (!all.isEmpty()) return;
    throw new IllegalArgumentException(
        name(until) + "(...) needs at least one task to wait for, and it was given none");
  }

  private void await(EventLoop loop, OptionalLong timeout) {
    @Nullable TimerHandle timer =
        timeout.isPresent()
            ? loop.callLaterNanos(timeout.getAsLong(), this::release, Running.task())
            : null;
    Consumer<Promise<?>> done = this::oneDone;
    for (Promise<?> promise : all) promise.onDone(done);
    try {
      Awaiting.promise(waiter);
    } finally {
      if (timer != null) timer.cancel();
      for (Promise<?> promise : all) promise.removeDoneCallback(done);
    }
  }

  private void oneDone(Promise<?> promise) {
    left--;
    boolean enough =
        switch (until) {
          case FIRST_COMPLETED -> true;
          case FIRST_EXCEPTION -> !promise.isCancelled() && promise.error() != null;
          case ALL_COMPLETED -> false;
        };
    if (enough || left == 0) release();
  }

  private void release() {
    if (!waiter.isDone()) waiter.setResult(true);
  }

  private static <P extends Promise<?>> Waited<P> sorted(Collection<P> all) {
    Set<P> done = new LinkedHashSet<>();
    Set<P> pending = new LinkedHashSet<>();
    for (P promise : all) (promise.isDone() ? done : pending).add(promise);
    return new Waited<>(
        java.util.Collections.unmodifiableSet(done),
        java.util.Collections.unmodifiableSet(pending));
  }

  /// Cancels a promise and waits until it has really ended. Python: `tasks._cancel_and_wait`.
  static void cancelAndWait(Promise<?> promise) {
    EventLoop loop = promise.loop();
    Promise<Boolean> ended = new ComposedPromise<>(loop, "waitFor", () -> List.of(promise));
    Consumer<Promise<?>> done =
        _ -> {
          if (!ended.isDone()) ended.setResult(true);
        };
    promise.onDone(done);
    try {
      promise.cancel();
      Awaiting.promise(ended);
    } finally {
      promise.removeDoneCallback(done);
    }
  }
}
