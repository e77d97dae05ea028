package dev.brigade.async;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Errors that may reach nobody. Loop thread only.
///
/// A failed promise is reported when the loop is next idle, unless somebody asked for its result,
/// or the program that started it is still on its way and may yet ask.
final class LoopErrors {
  private final EventLoop loop;
  private final List<Promise<?>> failed = new ArrayList<>();
  private volatile @Nullable Consumer<? super ErrorContext> handler;

  LoopErrors(EventLoop loop) {
    this.loop = loop;
  }

  void handler(@Nullable Consumer<? super ErrorContext> newHandler) {
    handler = newHandler;
  }

  @Nullable Consumer<? super ErrorContext> handler() {
    return handler;
  }

  /// What happens where no handler is set: a notice.
  void show(ErrorContext context) {
    loop.notices().notice(context.notice());
  }

  /// Hands an error to the loop's handler or, where there is none, shows it. A handler that fails
  /// is reported itself, and the loop goes on (CPython: `call_exception_handler`).
  void report(ErrorContext context) {
    Consumer<? super ErrorContext> mine = handler;
    if (mine == null) {
      show(context);
      return;
    }
    try {
      handle(mine, context);
    } catch (Throwable t) { // whatever a user's handler throws
      show(context);
      loop.notices()
          .notice(
              new Notice.CallbackFailed(
                  context.origin(), "The exception handler of the loop failed", t));
    }
  }

  /// In the values of the context variables of the task that failed.
  private static void handle(Consumer<? super ErrorContext> handler, ErrorContext context)
      throws Exception {
    Context values = context.promise() instanceof Task<?> task ? task.contextOrNull() : null;
    if (values == null) handler.accept(context);
    else values.copy().run(() -> handler.accept(context));
  }

  void failed(Promise<?> promise) {
    failed.add(promise);
  }

  void callbackFailed(@Nullable Origin origin, Throwable error) {
    report(ErrorContext.failed(origin, "A callback of the event loop failed", error));
  }

  /// @param last the loop ends: nobody will ask any more
  void reportUnseen(boolean last) {
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
    report(
        promise instanceof Task<?> task
            ? ErrorContext.neverRetrieved(task, error)
            : ErrorContext.failed(null, "A promise failed, and nobody awaited it", error));
  }
}
