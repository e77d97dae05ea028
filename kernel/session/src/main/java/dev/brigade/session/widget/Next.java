package dev.brigade.session.widget;

import dev.brigade.async.Async;
import dev.brigade.async.Promise;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Those who wait for the next event of a kind, on whatever loop they run. Any thread.
final class Next<T> {
  private final List<CompletableFuture<T>> waiting = new CopyOnWriteArrayList<>();

  /// The next event, for the calling coroutine's loop.
  Promise<T> promise() {
    var next = new CompletableFuture<T>();
    Promise<T> promise = Async.wrapFuture(next);
    waiting.add(next);
    return promise;
  }

  // A cell's `var` writes the inferred type down, and cells do not know our annotations: so no type
  // argument that they can see says that it may be null.
  @SuppressWarnings("NullAway")
  void is(@Nullable T event) {
    for (CompletableFuture<T> each : waiting) {
      waiting.remove(each);
      each.complete(event);
    }
  }
}
