package dev.brigade.session.widget;

import dev.brigade.async.Async;
import dev.brigade.async.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Those who wait for the next event of a kind, on whatever loop they run. Any thread.
final class Next<T> {
  private final List<Promise<T>> waiting = new CopyOnWriteArrayList<>();

  /// The next event, for the calling coroutine's loop. A plain promise, because people are no work
  /// under way: a virtual clock does not stand still for them.
  Promise<T> promise() {
    Promise<T> next = Async.eventLoop().createPromise();
    // Those who gave up, as with a timeout.
    waiting.removeIf(Promise::isDone);
    waiting.add(next);
    return next;
  }

  // A cell's `var` writes the inferred type down, and cells do not know our annotations: so no type
  // argument that they can see says that it may be null.
  @SuppressWarnings("NullAway")
  void is(@Nullable T event) {
    for (Promise<T> each : waiting) {
      waiting.remove(each);
      each.loop()
          .callSoonThreadsafe(
              () -> {
                // Whoever waited may have been cancelled.
                if (!each.isDone()) each.setResult(event);
              });
    }
  }
}
