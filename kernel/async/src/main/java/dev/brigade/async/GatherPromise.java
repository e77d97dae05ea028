package dev.brigade.async;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The outcome of several awaitables in the order they were given. Cancelling it cancels them all.
///
/// The rules are those of `asyncio.gather`: a child given twice runs once; the first failure goes
/// to whoever awaits the whole, while the siblings run on; a cancelled child counts as a failure;
/// if the whole was cancelled, that wins, also where outcomes are collected.
final class GatherPromise<T, R> extends Promise<List<R>> {
  private final List<Promise<? extends T>> children = new ArrayList<>();
  private final boolean settle;
  private final Function<Promise<? extends T>, R> outcome;
  private int unique;
  private int finished;
  private boolean cancelRequested;
  private @Nullable String cancelRequestMessage;

  /// @param settle whether failures are outcomes rather than the failure of the whole
  private GatherPromise(EventLoop loop, boolean settle, Function<Promise<? extends T>, R> outcome) {
    super(loop);
    this.settle = settle;
    this.outcome = outcome;
  }

  static <T, R> GatherPromise<T, R> of(
      EventLoop loop,
      Iterable<? extends Awaitable<? extends T>> awaitables,
      boolean settle,
      Function<Promise<? extends T>, R> outcome,
      @Nullable String site) {
    var gather = new GatherPromise<T, R>(loop, settle, outcome);
    Map<Awaitable<? extends T>, Promise<? extends T>> seen = new IdentityHashMap<>();
    List<Promise<? extends T>> watched = new ArrayList<>();
    // Tasks made here that have ended in their eager first step.
    List<Promise<? extends T>> ended = new ArrayList<>();
    for (Awaitable<? extends T> awaitable : awaitables) {
      Promise<? extends T> child = seen.get(awaitable);
      if (child == null) {
        child = loop.registry().ensurePromise(awaitable, site);
        seen.put(awaitable, child);
        boolean ranAlready = awaitable instanceof Coroutine && child.isDone();
        (ranAlready ? ended : watched).add(child);
      }
      gather.children.add(child);
    }
    gather.unique = seen.size();
    if (seen.isEmpty()) gather.setResult(List.of());
    // As in asyncio: first all tasks are made, then what is done already counts in order: through
    // the loop, except what ended eagerly.
    watched.forEach(gather::watch);
    ended.forEach(gather::childDone);
    return gather;
  }

  private <C extends T> void watch(Promise<C> child) {
    child.addWaiter(this);
  }

  /// Called by the loop.
  void childDone(Promise<? extends T> child) {
    finished++;
    if (isDone()) {
      child.markRetrieved();
      return;
    }
    if (!settle) {
      if (child.isCancelled()) {
        super.setError(new CancelledError(child.cancelMessage()));
        return;
      }
      Throwable error = child.error();
      if (error != null) {
        super.setError(error);
        return;
      }
    }
    if (finished == unique) complete();
  }

  private void complete() {
    if (cancelRequested) {
      super.setError(new CancelledError(cancelRequestMessage));
      return;
    }
    var outcomes = new ArrayList<R>(children.size());
    Map<Promise<?>, R> once = new HashMap<>();
    for (Promise<? extends T> child : children) {
      R one = once.containsKey(child) ? once.get(child) : outcome.apply(child);
      once.put(child, one);
      outcomes.add(one);
    }
    super.setResult(java.util.Collections.unmodifiableList(outcomes));
  }

  @Override
  Collection<? extends Promise<?>> parts() {
    return children;
  }

  /// Cancels every child that still runs; the whole ends when they have.
  ///
  /// @return false if there was none
  @Override
  public boolean cancel(@Nullable String message) {
    if (isDone()) return false;
    boolean any = false;
    for (Promise<? extends T> child : children) any |= child.cancel(message);
    if (any) {
      cancelRequested = true;
      cancelRequestMessage = message;
    }
    return any;
  }
}
