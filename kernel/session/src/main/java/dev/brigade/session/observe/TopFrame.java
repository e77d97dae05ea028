package dev.brigade.session.observe;

import dev.brigade.async.LoopStatistics;
import dev.brigade.async.Task;
import dev.brigade.async.TaskGraph;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One frame of `%top`: the tasks that use the loop most, first.
public final class TopFrame {
  private static final int ROWS = 20;

  /// Renders a frame.
  ///
  /// @param before what the frame before was made of: the shares are then of the time between the
  ///     two; null for the first frame, where they are of each task's life
  /// @param seconds the time between the two, ignored for the first
  public static String of(Moment now, @Nullable Moment before, double seconds) {
    LoopStatistics figures = now.loop().statistics();
    var text = new StringBuilder();
    text.append(
        "%s: %d running, %d ready, %d waiting; %s; %s, %s on the way%n"
            .formatted(
                TextTable.count(now.tasks().size(), "task"),
                count(now, TaskGraph.State.RUNNING),
                count(now, TaskGraph.State.READY),
                count(now, TaskGraph.State.WAITING),
                TextTable.count(figures.turns(), "turn"),
                TextTable.count(figures.timers(), "timer"),
                TextTable.count(figures.jobsInFlight(), "job")));
    Map<Task<?>, TaskNow> then = new HashMap<>();
    if (before != null) for (TaskNow each : before.tasks()) then.put(each.task(), each);
    List<Row> rows =
        now.tasks().stream()
            .map(task -> row(task, then.get(task.task()), before == null ? task.age() : seconds))
            .sorted(Comparator.comparingDouble(Row::share).reversed())
            .toList();
    if (rows.isEmpty()) return text.toString();
    var table = new TextTable("id", "task", "running", "ran", "steps", "age", "state");
    for (Row row : rows.subList(0, Math.min(ROWS, rows.size()))) {
      TaskNow task = row.task;
      table.row(
          String.valueOf(task.id()),
          task.label(),
          String.format(Locale.ROOT, "%3.0f %%", row.share * 100),
          TextTable.seconds(row.ran),
          String.valueOf(row.steps),
          task.age() > 0 ? TextTable.seconds(task.age()) : "",
          task.doing());
    }
    text.append(table);
    if (rows.size() > ROWS) text.append("... and ").append(rows.size() - ROWS).append(" more\n");
    return text.toString();
  }

  private static long count(Moment moment, TaskGraph.State state) {
    return moment.tasks().stream().filter(task -> task.state() == state).count();
  }

  /// @param share the part of the time in which it ran, from 0 to 1
  private record Row(TaskNow task, double share, double ran, long steps) {}

  private static Row row(TaskNow task, @Nullable TaskNow then, double seconds) {
    double ran = task.ran() - (then == null ? 0 : then.ran());
    long steps = task.steps() - (then == null ? 0 : then.steps());
    double time = Math.min(seconds, task.age());
    return new Row(task, time <= 0 ? 0 : Math.clamp(ran / time, 0, 1), ran, steps);
  }

  private TopFrame() {}
}
