package dev.brigade.repl.run;

import dev.brigade.async.Async;
import dev.brigade.async.EventLoop;
import dev.brigade.async.Origin;
import dev.brigade.async.Promise;
import dev.brigade.async.Task;
import dev.brigade.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tasks and threads that still run when the last cell has ended.
final class Leftovers {
  private final Session session;
  private final EventLoop loop;
  private final Consumer<String> say;

  Leftovers(Session session, Consumer<String> say) {
    this.session = session;
    this.loop = session.loop();
    this.say = say;
  }

  /// Waits until no task and no thread is left; those that they make are waited for as well.
  void join() {
    var done = new CompletableFuture<@Nullable Void>();
    loop.submitRoot(
        Origin.of("--join"),
        "join",
        () -> {
          awaitOthers();
          return done.complete(null);
        });
    done.join();
    joinThreads();
  }

  private void joinThreads() {
    try {
      List<Thread> left = session.threads();
      while (!left.isEmpty()) {
        left.getFirst().join();
        left = session.threads();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Names what is left and asks it to stop.
  void cancel() {
    List<Task<?>> left = loop.tasks().stream().filter(task -> !isCell(task)).toList();
    List<Thread> threads = session.threads();
    if (left.isEmpty() && threads.isEmpty()) return;
    String names =
        Stream.concat(
                left.stream().map(Leftovers::name), threads.stream().map(Leftovers::threadName))
            .collect(Collectors.joining(", "));
    say.accept("brigade: still running at the end, cancelled: " + names + " (--join waits)");
    left.forEach(Task::cancelThreadsafe);
  }

  private void awaitOthers() {
    while (true) {
      Optional<Task<?>> other =
          loop.tasks().stream().filter(task -> task != Async.currentTask()).findFirst();
      if (other.isEmpty()) return;
      // Not awaited itself: a failure stays unseen by us, for the session to report.
      Promise<Boolean> ended = loop.createPromise();
      other.get().onDone(_ -> ended.setResult(true));
      Async.await(ended);
    }
  }

  /// The last cell may have given its result and not yet ended as a task.
  private static boolean isCell(Task<?> task) {
    Origin origin = task.origin();
    return origin != null && origin.label().equals(task.name());
  }

  private static String threadName(Thread thread) {
    return thread.getName().isEmpty()
        ? "virtual thread " + thread.threadId()
        : "thread " + thread.getName();
  }

  private static String name(Task<?> task) {
    String coroutine = task.coroutineName();
    String name = coroutine.isEmpty() ? task.name() : task.name() + " " + coroutine;
    Origin origin = task.origin();
    return origin == null ? name : name + " of " + origin.label();
  }
}
