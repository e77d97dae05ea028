package dev.brigade.async;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The last tasks that failed, of a host's loop and of those that run for it, by their errors, so
/// that a report can say where a task was created although it is gone. Only the last ones: a
/// program may fail by the thousand.
final class RecentFailures {
  private static final int KEPT = 64;

  private record Failure(WeakReference<Throwable> error, FailedTask task) {}

  // Guarded by this.
  private final ArrayDeque<Failure> recent = new ArrayDeque<>();

  synchronized void add(Throwable error, Task<?> task) {
    if (recent.size() == KEPT) recent.removeFirst();
    var failed = new FailedTask(task.name(), task.site(), task.awaitSite());
    recent.addLast(new Failure(new WeakReference<>(error), failed));
  }

  synchronized List<FailedTask> of(Throwable error) {
    var found = new ArrayList<FailedTask>();
    for (Failure each : recent) if (each.error().refersTo(error)) found.add(each.task());
    return found;
  }
}
