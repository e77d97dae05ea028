package dev.brigade.async;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Errors that may reach nobody. Loop thread only.
///
/// A failed promise is reported when the loop is next idle, unless somebody asked for its result,
/// or the program that started it is still on its way and may yet ask.
final class LoopErrors {
  private final EventLoop loop;
  private final List<Promise<?>> failed = new ArrayList<>();

  LoopErrors(EventLoop loop) {
    this.loop = loop;
  }

  void failed(Promise<?> promise) {
    failed.add(promise);
  }

  void callbackFailed(@Nullable Origin origin, Throwable error) {
    loop.notices()
        .notice(new Notice.CallbackFailed(origin, "A callback of the event loop failed", error));
  }

  /// @param last the loop ends: nobody will ask any more
  void report(boolean last) {
    if (failed.isEmpty()) return;
    failed.removeIf(Promise::isRetrieved);
    var due = new ArrayList<Promise<?>>();
    failed.removeIf(p -> (last || !mayStillAsk(p)) && due.add(p));
    due.forEach(this::neverRetrieved);
  }

  private static boolean mayStillAsk(Promise<?> promise) {
    return promise instanceof Task<?> task && task.scope() != null && task.scope().isOpen();
  }

  private void neverRetrieved(Promise<?> promise) {
    Throwable error = promise.peekError();
    if (error == null || error instanceof CancelledError) return;
    promise.markRetrieved();
    loop.notices()
        .notice(
            promise instanceof Task<?> task
                ? new Notice.NeverRetrieved(task.origin(), task.name(), task.site(), error)
                : new Notice.CallbackFailed(
                    null, "A promise failed, and nobody awaited it", error));
  }
}
