package dev.brigade.session.observe;

import dev.brigade.async.TaskGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tasks as a table, with a line for each cell below.
public final class TaskTable {
  public static String of(Moment moment) {
    if (moment.tasks().isEmpty()) return "no tasks are running\n";
    var table = new TextTable("id", "task", "state", "made at", "awaits at", "age", "holds");
    for (TaskNow task : moment.tasks()) {
      table.row(
          String.valueOf(task.id()),
          task.label(),
          task.doing(),
          task.made(),
          place(task, moment),
          task.age() > 0 ? TextTable.seconds(task.age()) : "",
          String.join(", ", task.holds()));
    }
    return table + totals(moment.tasks());
  }

  /// The line a task stands in: where it waits, or, while it runs, where its thread is.
  static String place(TaskNow task, Moment moment) {
    String place =
        switch (task.state()) {
          case RUNNING -> moment.loopThread().place();
          case WAITING -> task.awaitSite();
          case READY -> null;
        };
    return place == null ? "" : place;
  }

  private static String totals(List<TaskNow> tasks) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    Map<String, Double> ran = new LinkedHashMap<>();
    for (TaskNow task : tasks) {
      counts
          .computeIfAbsent(task.cell(), _ -> new int[TaskGraph.State.values().length])[
          task.state().ordinal()]++;
      ran.merge(task.cell(), task.ran(), Double::sum);
    }
    var text = new StringBuilder();
    counts.forEach(
        (cell, by) ->
            text.append(cell.isEmpty() ? "of no cell" : cell)
                .append(": ")
                .append(totals(by))
                .append("; ran ")
                .append(TextTable.seconds(ran.getOrDefault(cell, 0.0)))
                .append('\n'));
    return text.toString();
  }

  private static String totals(int[] by) {
    return TextTable.count(by[0] + by[1] + by[2], "task")
        + ": "
        + by[TaskGraph.State.RUNNING.ordinal()]
        + " running, "
        + by[TaskGraph.State.READY.ordinal()]
        + " ready, "
        + by[TaskGraph.State.WAITING.ordinal()]
        + " waiting";
  }

  private TaskTable() {}
}
