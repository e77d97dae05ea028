package dev.brigade.session.engine;

import dev.brigade.async.CancelledError;
import dev.brigade.async.EventLoop;
import dev.brigade.async.PoolFuture;
import dev.brigade.async.Promise;
import dev.brigade.session.Cell;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.view.Renderers;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Shows what becomes of tasks, other promises and stages: pending, and then value or error in the
/// same place, also after the cell is idle.
final class Settling {
  /// How one ended.
  ///
  /// @param text what it says of itself, where there is no value
  private record End(@Nullable Object value, @Nullable Throwable error, String text) {}

  private final EventLoop loop;
  private final Output output;
  private final Renderers renderers;
  private final Errors errors;

  Settling(EventLoop loop, Output output, Renderers renderers, Errors errors) {
    this.loop = loop;
    this.output = output;
    this.renderers = renderers;
    this.errors = errors;
  }

  /// Whether a value is one that may settle.
  static boolean settles(@Nullable Object value) {
    return value instanceof Promise<?>
        || value instanceof CompletionStage<?>
        || value instanceof Future<?>;
  }

  /// The forms of one that has an outcome, or null.
  @Nullable MimeBundle outcome(@Nullable Object value) {
    if (value instanceof Promise<?> promise && promise.isDone()) return bundle(end(promise));
    if (value instanceof Future<?> future && future.isDone()) return bundle(end(future));
    return null;
  }

  /// What is shown of one that has no outcome yet.
  static MimeBundle pending(Object value) {
    return MimeBundle.text(text(value, "pending"));
  }

  /// Replaces a display once the value has an outcome.
  ///
  /// @param metadata of the later display
  void follow(Object value, Cell cell, String id, Map<String, Object> metadata) {
    Consumer<End> show = end -> show(end, cell, id, metadata);
    switch (value) {
      case Promise<?> promise -> {
        Runnable listen = () -> promise.onDone(done -> show.accept(end(done)));
        if (EventLoop.current() == promise.loop()) listen.run();
        else promise.loop().callSoonThreadsafe(listen);
      }
      case CompletionStage<?> stage -> {
        var _ = stage.whenComplete((result, error) -> show.accept(end(stage, result, error)));
      }
      case Future<?> future -> awaitEnd(future, () -> show.accept(end(future)));
      default -> {}
    }
  }

  /// Nobody tells of a plain future's end: a thread waits for it.
  private static void awaitEnd(Future<?> future, Runnable then) {
    Thread.ofVirtual()
        .name("brigade-outcome")
        .start(
            () -> {
              try {
                future.get();
              } catch (ExecutionException | CancellationException _) {
                // It is read once more.
              } catch (InterruptedException _) {
                return;
              }
              then.run();
            });
  }

  private void show(End end, Cell cell, String id, Map<String, Object> metadata) {
    // A task, because forms are made by code of the value, which may have to be stopped.
    loop.submitRoot(
        cell.origin(),
        "outcome of " + cell.label(),
        () -> {
          MimeBundle bundle = MimeBundle.text("(there is an outcome; showing it was interrupted)");
          try {
            bundle = bundle(end);
          } finally {
            output.show(cell, new MimeBundle(bundle.data(), metadata), id, true);
          }
          return null;
        });
  }

  private MimeBundle bundle(End end) {
    Throwable error = end.error();
    if (error != null) {
      return MimeBundle.text(String.join("\n", errors.plain(error)));
    }
    return end.value() == null ? MimeBundle.text(end.text()) : renderers.bundle(end.value());
  }

  private static End end(Promise<?> promise) {
    if (promise.isCancelled()) return new End(null, null, promise.toString());
    Throwable error = promise.error();
    return error == null
        ? new End(promise.result(), null, promise.toString())
        : new End(null, error, "");
  }

  private static End end(Future<?> future) {
    return switch (future.state()) {
      case SUCCESS -> end(future, future.resultNow(), null);
      case FAILED -> end(future, null, future.exceptionNow());
      case CANCELLED, RUNNING -> end(future, null, new CancelledError());
    };
  }

  private static End end(Object stage, @Nullable Object result, @Nullable Throwable error) {
    Throwable thrown = error;
    while ((thrown instanceof CompletionException || thrown instanceof ExecutionException)
        && thrown.getCause() != null) {
      thrown = thrown.getCause();
    }
    if (thrown instanceof CancellationException || thrown instanceof CancelledError) {
      return new End(null, null, text(stage, "cancelled"));
    }
    return new End(result, thrown, text(stage, "done"));
  }

  // Those of the runtime say more of themselves; of others the type that one can write.
  private static String text(Object value, String state) {
    if (value instanceof Promise<?> || value instanceof PoolFuture<?>) return value.toString();
    Class<?> type = value.getClass();
    while (!Modifier.isPublic(type.getModifiers()) && type.getSuperclass() != Object.class) {
      type = type.getSuperclass();
    }
    return "<" + type.getSimpleName() + " " + state + ">";
  }
}
