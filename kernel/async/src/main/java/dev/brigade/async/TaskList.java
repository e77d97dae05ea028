package dev.brigade.async;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A loop's living tasks in the order of their creation. Any thread.
///
/// Linked through the tasks themselves: adding and removing cost nothing but the lock.
final class TaskList {
  private @Nullable Task<?> first;
  private @Nullable Task<?> last;

  synchronized void add(Task<?> task) {
    task.previous = last;
    if (last == null) first = task;
    else last.next = task;
    last = task;
  }

  synchronized void remove(Task<?> task) {
    if (task.previous == null) first = task.next;
    else task.previous.next = task.next;
    if (task.next == null) last = task.previous;
    else task.next.previous = task.previous;
    task.previous = null;
    task.next = null;
  }

  synchronized List<Task<?>> snapshot() {
    var all = new ArrayList<Task<?>>();
    for (Task<?> task = first; task != null; task = task.next) all.add(task);
    return all;
  }
}
