package dev.brigade.session.observe;

import dev.brigade.async.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What threads are called in reports: a coroutine's by its task, others by their own names.
final class ThreadNames {
  private final Map<Long, Thread> threads = new HashMap<>();
  private final List<Task<?>> tasks;

  ThreadNames(List<KnownThread> known, List<Task<?>> tasks) {
    this.tasks = tasks;
    for (Thread each : Thread.getAllStackTraces().keySet()) threads.put(each.threadId(), each);
    for (KnownThread each : known) threads.put(each.thread().threadId(), each.thread());
  }

  /// The name of a thread; empty for 0.
  String of(long id) {
    if (id == 0) return "";
    for (Task<?> task : tasks) if (task.isOn(id)) return TaskNow.label(task);
    Thread thread = threads.get(id);
    return thread == null ? "thread #" + id : of(thread);
  }

  static String of(Thread thread) {
    String name = thread.getName();
    return name.isEmpty() ? "virtual thread #" + thread.threadId() : name;
  }

  /// The id of the thread that an identity such as `Thread@1b2c` stands for, or 0.
  long byIdentity(String identity) {
    for (Thread each : threads.values()) {
      String hash = Integer.toHexString(System.identityHashCode(each));
      if (identity.equals(each.getClass().getSimpleName() + "@" + hash)) return each.threadId();
    }
    return 0;
  }
}
