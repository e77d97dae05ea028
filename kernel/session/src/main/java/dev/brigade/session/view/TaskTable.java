package dev.brigade.session.view;

import dev.brigade.async.Promise;
import dev.brigade.async.Task;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tasks as a table.
public final class TaskTable {
  /// The table.
  ///
  /// @param holder the task whose step runs now, or null
  public static String of(List<Task<?>> tasks, @Nullable Task<?> holder) {
    if (tasks.isEmpty()) return "no tasks are running";
    var text = new StringBuilder(row("id", "name", "state", "cell", "made at"));
    for (Task<?> task : tasks) {
      text.append('\n')
          .append(
              row(
                  String.valueOf(task.id()),
                  task.name(),
                  state(task, holder),
                  task.origin() == null ? "" : task.origin().label(),
                  task.site() == null ? "" : task.site()));
    }
    return text.toString();
  }

  private static String state(Task<?> task, @Nullable Task<?> holder) {
    if (task == holder) return "running";
    if (task.isDone()) return "done";
    Promise<?> waiting = task.waitingOn();
    String at = task.awaitSite() == null ? "" : " at " + task.awaitSite();
    if (waiting instanceof Task<?> other) return "awaits " + other.name() + at;
    return waiting == null ? "ready" : "waits" + at;
  }

  private static String row(String id, String name, String state, String cell, String site) {
    return String.format(Locale.ROOT, "%4s  %-14s %-32s %-8s %s", id, name, state, cell, site)
        .stripTrailing();
  }

  private TaskTable() {}
}
