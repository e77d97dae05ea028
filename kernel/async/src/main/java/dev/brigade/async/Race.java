package dev.brigade.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The first of several to succeed. Coroutines start one after the other: some time apart, or as
/// soon as the one before has failed. Python: `asyncio.staggered.staggered_race`.
final class Race<T> {
  private final EventLoop loop = Running.requireLoop("race(...)");
  private final long delay;
  private final ArrayDeque<Coroutine<T>> waiting;
  private final Set<Task<T>> running = new LinkedHashSet<>();
  private final List<Throwable> errors = new ArrayList<>();

  private Race(List<Coroutine<T>> coroutines, long delay) {
    this.waiting = new ArrayDeque<>(coroutines);
    this.delay = delay;
  }

  static <T> Coroutine<T> of(Collection<Coroutine<T>> coroutines, long delay) {
    var starters = List.copyOf(coroutines);
    if (starters.isEmpty()) {
      throw new IllegalArgumentException("race(...) needs at least one coroutine, and got none");
    }
    return Coroutines.of("race", () -> new Race<>(starters, delay).run());
  }

  private T run() {
    try {
      Task<T> winner = winner();
      if (winner != null) return winner.result();
    } finally {
      end();
    }
    throw new ExceptionGroup("all " + errors.size() + " of the race failed", errors);
  }

  private @Nullable Task<T> winner() {
    while (!waiting.isEmpty() || !running.isEmpty()) {
      startNext();
      OptionalLong limit =
          waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, delay));
      var ended = Awaiting.awaitable(Waits.of(running, Waits.Until.FIRST_COMPLETED, limit)).done();
      for (Task<T> task : ended) {
        running.remove(task);
        if (!task.isCancelled() && task.error() == null) return task;
        errors.add(failure(task));
      }
    }
    return null;
  }

  private void startNext() {
    do {
      Coroutine<T> next = waiting.poll();
      if (next == null) return;
      running.add(loop.registry().create(next, TaskSpec.inherited(null, next.site())));
    } while (delay <= 0);
  }

  private static Throwable failure(Task<?> task) {
    if (task.isCancelled()) return new CancelledError(task.cancelMessage());
    Throwable error = task.error();
    return error == null ? new IllegalStateException("a race ended twice") : error;
  }

  /// Nobody is left running: the losers are cancelled and have cleaned up.
  private void end() {
    waiting.forEach(Coroutine::close);
    if (running.isEmpty()) return;
    for (Task<T> task : running) task.cancel();
    var left = GatherPromise.of(loop, running, true, Race::seen, null);
    CancelScope.shielded(() -> Awaiting.promise(left));
  }

  /// What a loser throws while it cleans up is nobody's concern.
  private static boolean seen(Promise<?> loser) {
    loser.markRetrieved();
    return true;
  }
}
