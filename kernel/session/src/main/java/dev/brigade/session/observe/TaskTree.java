package dev.brigade.session.observe;

import dev.brigade.async.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tasks as a tree. Python: `python -m asyncio pstree`.
public final class TaskTree {
  /// What stands below a task.
  public enum By {
    /// The tasks it awaits, also through gathers and groups.
    AWAITED,
    /// The tasks it has made.
    MADE
  }

  // Of many children that look alike nobody reads all.
  private static final int CHILDREN = 20;
  private static final int LINES = 200;

  private final Moment moment;
  private final WaitGraph waits;
  private final Map<Task<?>, TaskNow> known = new LinkedHashMap<>();
  private final Function<TaskNow, List<TaskNow>> below;
  private final Set<Task<?>> shown = new HashSet<>();
  private final StringBuilder text = new StringBuilder();
  private int lines;

  private TaskTree(Moment moment, By by) {
    this.moment = moment;
    waits = WaitGraph.of(moment);
    for (TaskNow task : moment.tasks()) known.put(task.task(), task);
    Map<Long, List<TaskNow>> made = made();
    below = by == By.AWAITED ? this::awaited : task -> made.getOrDefault(task.id(), List.of());
  }

  public static String of(Moment moment, By by) {
    if (moment.tasks().isEmpty()) return "no tasks are running\n";
    return new TaskTree(moment, by).print();
  }

  private List<TaskNow> awaited(TaskNow task) {
    var found = new ArrayList<TaskNow>();
    for (Task<?> each : task.awaits()) {
      TaskNow one = known.get(each);
      if (one != null) found.add(one);
    }
    return found;
  }

  private Map<Long, List<TaskNow>> made() {
    Map<Long, List<TaskNow>> children = new LinkedHashMap<>();
    Set<Long> living = new HashSet<>();
    for (TaskNow task : moment.tasks()) living.add(task.id());
    for (TaskNow task : moment.tasks()) {
      long maker = task.task().creator();
      if (living.contains(maker)) {
        children.computeIfAbsent(maker, _ -> new ArrayList<>()).add(task);
      }
    }
    return children;
  }

  private String print() {
    Set<Task<?>> children = new HashSet<>();
    for (TaskNow task : moment.tasks()) {
      for (TaskNow each : below.apply(task)) children.add(each.task());
    }
    @Nullable String cell = null;
    for (TaskNow task : moment.tasks()) {
      if (children.contains(task.task())) continue;
      if (!task.cell().equals(cell) && !task.isMain()) {
        line(task.cell().isEmpty() ? "of no cell" : task.cell());
      }
      cell = task.cell();
      String indent = task.isMain() ? "" : "    ";
      print(task, indent, indent, new HashSet<>());
    }
    // What is left waits in a circle.
    for (TaskNow task : moment.tasks()) {
      if (!shown.contains(task.task())) print(task, "", "", new HashSet<>());
    }
    if (lines > LINES) text.append("... and ").append(lines - LINES).append(" more lines\n");
    for (List<Wait> circle : waits.circles()) text.append(Wait.circle(circle)).append('\n');
    return text.toString();
  }

  private void line(String line) {
    if (lines++ < LINES) text.append(line).append('\n');
  }

  private void print(TaskNow task, String lead, String indent, Set<Task<?>> above) {
    boolean again = !shown.add(task.task());
    String mark =
        above.contains(task.task())
            ? "  (awaits itself: a circle)"
            : again ? "  (shown above)" : "";
    line(lead + describe(task) + mark);
    if (again) return;
    above.add(task.task());
    List<TaskNow> children = below.apply(task);
    int most = Math.min(children.size(), CHILDREN);
    for (int i = 0; i < most; i++) {
      boolean last = i == children.size() - 1;
      print(
          children.get(i),
          indent + (last ? "└── " : "├── "),
          indent + (last ? "    " : "│   "),
          above);
    }
    if (children.size() > most) {
      line(indent + "└── ... and " + (children.size() - most) + " more");
      for (TaskNow each : children) shown.add(each.task());
    }
    above.remove(task.task());
  }

  private String describe(TaskNow task) {
    var line = new StringBuilder();
    line.append('[').append(task.id()).append("] ").append(task.label());
    line.append("  ").append(task.doing());
    String place = TaskTable.place(task, moment);
    if (!place.isEmpty()) line.append(" at ").append(place);
    if (waits.isStuck(task.task())) line.append("  DEADLOCK");
    var notes = new ArrayList<String>();
    String site = task.task().site();
    if (site != null) notes.add("made at " + site);
    if (!task.holds().isEmpty()) notes.add("holds " + String.join(", ", task.holds()));
    if (task.age() > 0) notes.add(TextTable.seconds(task.age()) + " old");
    if (!notes.isEmpty()) line.append("  (").append(String.join(", ", notes)).append(')');
    return line.toString();
  }
}
