package dev.brigade.session.observe;

import dev.brigade.async.Coroutine;
import dev.brigade.async.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that was seen at one moment. The parts were read one after the other, so one may be a step
/// behind another.
///
/// @param threads the first is the one that the event loop runs in
/// @param unawaited coroutines that were made lately and that nobody has awaited
public record Moment(
    LoopNow loop,
    List<TaskNow> tasks,
    List<ThreadNow> threads,
    List<LockNow> locks,
    List<Coroutine.Unawaited> unawaited) {
  public Moment {
    tasks = List.copyOf(tasks);
    threads = List.copyOf(threads);
    locks = List.copyOf(locks);
    unawaited = List.copyOf(unawaited);
  }

  @Nullable TaskNow of(@Nullable Task<?> task) {
    for (TaskNow each : tasks) if (each.task() == task) return each;
    return null;
  }

  @Nullable ThreadNow thread(long id) {
    for (ThreadNow each : threads) if (each.id() == id) return each;
    return null;
  }

  /// The task whose coroutine a thread is, or null.
  @Nullable TaskNow taskOn(long threadId) {
    for (TaskNow each : tasks) if (each.task().isOn(threadId)) return each;
    return null;
  }

  /// What the event loop's thread does.
  ThreadNow loopThread() {
    return threads.getFirst();
  }
}
