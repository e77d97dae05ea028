package dev.brigade.async;

import java.util.List;
import java.util.function.Consumer;

/// Protects work from the cancellation of whoever awaits it. Python: `asyncio.shield`.
final class Shield {

  static <T> Promise<T> of(EventLoop loop, Promise<T> inner) {
    if (inner.isDone()) return inner;
    Promise<T> outer = new ComposedPromise<>(loop, "shield", () -> List.of(inner));
    return protect(loop, inner, outer);
  }

  /// For waits of our own that are taken up again: nothing fails unheard.
  static <T> Promise<T> again(EventLoop loop, Promise<T> inner, String name) {
    if (inner.isDone()) return inner;
    Promise<T> outer = new ComposedPromise<>(loop, name, List::of);
    inner.onDone(
        done -> {
          if (!outer.isDone()) settle(loop, done, outer);
        });
    return outer;
  }

  private static <T> Promise<T> protect(EventLoop loop, Promise<T> inner, Promise<T> outer) {
    Consumer<Promise<T>> innerDone = done -> settle(loop, done, outer);
    inner.onDone(innerDone);
    outer.onDone(
        _ -> {
          if (inner.isDone() || !outer.isCancelled()) return;
          // Nobody waits any more: only a failure is worth hearing of.
          inner.removeDoneCallback(innerDone);
          inner.onDone(late -> reportLate(loop, late));
        });
    return outer;
  }

  private static <T> void settle(EventLoop loop, Promise<T> inner, Promise<T> outer) {
    if (outer.isDone()) {
      reportLate(loop, inner);
      return;
    }
    if (inner.isCancelled()) {
      outer.cancel(inner.cancelMessage());
      return;
    }
    Throwable error = inner.error();
    if (error != null) outer.setError(error);
    else outer.setResult(inner.result());
  }

  private static void reportLate(EventLoop loop, Promise<?> inner) {
    if (inner.isCancelled() || inner.isRetrieved()) return;
    Throwable error = inner.error();
    if (error == null) return;
    Origin origin = inner instanceof Task<?> task ? task.origin() : null;
    loop.report(
        ErrorContext.failed(origin, "Shielded work failed after its waiter was cancelled", error));
  }

  private Shield() {}
}
