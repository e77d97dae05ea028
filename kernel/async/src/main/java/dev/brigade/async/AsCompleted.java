package dev.brigade.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Awaitables in the order in which they end.
///
/// Iterating gives the tasks and promises themselves, each one when it is done, and waits in
/// between: for a coroutine only. [#coroutines()] gives one coroutine for each instead; the n-th
/// waits for the n-th to end, and several may be awaited at once. The two share one sequence: each
/// awaitable comes out once. Python: the iterator of `asyncio.as_completed`.
public final class AsCompleted<T> implements Iterable<Promise<T>> {
  private final EventLoop loop;
  private final List<Promise<T>> all;
  private final ArrayDeque<Promise<T>> done = new ArrayDeque<>();
  private final Waiters waiters = new Waiters();
  private final Consumer<Promise<T>> onDone = this::oneDone;
  private int left;
  private @Nullable TimerHandle timer;
  private boolean expired;
  private int taken;

  private AsCompleted(EventLoop loop, Collection<? extends Awaitable<T>> awaitables) {
    this.loop = loop;
    var promises = new LinkedHashSet<Promise<T>>();
    for (var awaitable : new LinkedHashSet<Awaitable<T>>(awaitables)) {
      promises.add(loop.registry().ensurePromise(awaitable, null));
    }
    this.all = List.copyOf(promises);
    this.left = all.size();
  }

  static <T> AsCompleted<T> of(
      Collection<? extends Awaitable<T>> awaitables, OptionalLong timeout) {
    EventLoop loop = Running.requireLoop("asCompleted(...)");
    var these = new AsCompleted<T>(loop, awaitables);
    for (Promise<T> promise : these.all) promise.onDone(these.onDone);
    if (timeout.isPresent() && these.left > 0) {
      these.timer = loop.callLaterNanos(timeout.getAsLong(), these::expire, Running.task());
    }
    return these;
  }

  private void oneDone(Promise<T> promise) {
    done.add(promise);
    if (--left == 0 && timer != null) timer.cancel();
    waiters.wakeFirst();
  }

  private List<Promise<T>> pending() {
    return all.stream().filter(promise -> !promise.isDone()).toList();
  }

  private void expire() {
    expired = true;
    for (Promise<T> promise : all) promise.removeDoneCallback(onDone);
    waiters.wakeAll();
  }

  /// Waits for the next that ends.
  private Promise<T> awaitNext() {
    while (done.isEmpty()) {
      if (expired) {
        throw new TimeoutError(
            "the time limit of asCompleted(...) passed with "
                + left
                + " of "
                + all.size()
                + " not done");
      }
      try {
        waiters.await(new ComposedPromise<>(loop, "asCompleted", this::pending), "asCompleted");
      } catch (CancelledError e) {
        if (!done.isEmpty()) waiters.wakeFirst();
        throw e;
      }
    }
    return done.remove();
  }

  /// For a coroutine: `next()` waits.
  ///
  /// It throws a [TimeoutError] when the time limit passes with some not done.
  @Override
  public Iterator<Promise<T>> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return taken < all.size();
      }

      @Override
      public Promise<T> next() {
        if (taken == all.size())
          throw new NoSuchElementException("all " + all.size() + " have come");
        Running.requireTask("for (var task : asCompleted(...))");
        taken++;
        return awaitNext();
      }
    };
  }

  /// One coroutine for each awaitable that has not come out yet: the first gives the result of the
  /// first that ends, and so on.
  public List<Coroutine<T>> coroutines() {
    var rest = new ArrayList<Coroutine<T>>();
    for (; taken < all.size(); taken++) {
      rest.add(Coroutines.of("asCompleted", () -> awaitNext().result()));
    }
    return rest;
  }

  @Override
  public String toString() {
    return "<AsCompleted " + (all.size() - left) + " of " + all.size() + " done>";
  }
}
