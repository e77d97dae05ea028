package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// What `await` does.
final class Awaiting {

  static <T> T awaitable(Awaitable<T> awaitable) {
    return switch (awaitable) {
      case Coroutine<T> coroutine -> inline(coroutine);
      case Promise<T> promise -> promise(promise);
    };
  }

  /// Runs a coroutine in the calling task: no turn of the loop unless it waits.
  private static <T> T inline(Coroutine<T> coroutine) {
    Running.requireTask("await(...)");
    try {
      return coroutine.begin().call();
    } catch (Throwable t) { // as it was thrown
      throw Throwing.asIs(t);
    }
  }

  static <T> T promise(Promise<T> promise) {
    Task<?> task = Running.requireTask("await(...)");
    if (!promise.isDone()) suspend(task, promise);
    return promise.result();
  }

  private static void suspend(Task<?> task, Promise<?> promise) {
    if (promise == task) {
      throw new MisuseError(
          "a task cannot await itself: "
              + task
              + " would wait for ever."
              + "\n  wrong: task = createTask(async(() -> await(task)))"
              + "\n  right: return the value, and await the task in the code that made it");
    }
    if (promise.loop() != task.loop()) throw task.loop().otherLoop(promise);
    task.awaitDone(promise);
  }

  /// Suspends the calling task for some time. As few frames as may be: each sleeping task keeps
  /// them.
  static Void sleep(long nanos) {
    Task<?> task = Running.requireTask("await(sleep(...))");
    if (nanos <= 0) {
      task.yieldTurn();
      return Actions.nothing();
    }
    EventLoop loop = task.loop();
    Promise<Boolean> alarm = loop.createPromise();
    TimerHandle timer = loop.callLaterNanos(nanos, () -> ring(alarm), task);
    try {
      task.waitingFor("sleep");
      task.awaitDone(alarm);
      alarm.result();
      return Actions.nothing();
    } finally {
      timer.cancel();
    }
  }

  private static void ring(Promise<Boolean> alarm) {
    if (!alarm.isDone()) alarm.setResult(true);
  }

  /// Says where the calling task awaits, for reports.
  static void at(@Nullable String site) {
    Task<?> task = Running.task();
    if (task != null) task.awaitSite(site);
  }

  private Awaiting() {}
}
