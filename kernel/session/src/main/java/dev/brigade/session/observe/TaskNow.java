package dev.brigade.session.observe;

import dev.brigade.async.Origin;
import dev.brigade.async.Task;
import dev.brigade.async.TaskGraph;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A task at one moment.
///
/// @param label its name; one that only counts has the coroutine's behind it: `Task-3 fetch`
/// @param doing its state in words: `running`, `ready`, `waits for lock-1 (held by Task-2)`
/// @param awaitSite the line it waits at or last waited at, or null
/// @param age in seconds; 0 where nobody knows, on a loop of its own
/// @param ran how long its steps have taken, in seconds
/// @param awaits the tasks it awaits
/// @param blockedBy those, and the tasks that hold what it waits for
/// @param awaitedBy the tasks that await it
/// @param holds the names of the locks and permits it has
public record TaskNow(
    Task<?> task,
    String label,
    TaskGraph.State state,
    String doing,
    @Nullable String awaitSite,
    double age,
    double ran,
    long steps,
    List<Task<?>> awaits,
    List<Task<?>> blockedBy,
    List<Task<?>> awaitedBy,
    List<String> holds) {
  private static final Pattern COUNTED = Pattern.compile("Task-\\d+");

  public TaskNow {
    awaits = List.copyOf(awaits);
    blockedBy = List.copyOf(blockedBy);
    awaitedBy = List.copyOf(awaitedBy);
    holds = List.copyOf(holds);
  }

  /// A task as it is named in what people read.
  static String label(Task<?> task) {
    String coroutine = task.coroutineName();
    boolean says = !coroutine.isEmpty() && !coroutine.equals("coroutine");
    return says && COUNTED.matcher(task.name()).matches()
        ? task.name() + " " + coroutine
        : task.name();
  }

  public long id() {
    return task.id();
  }

  /// The cell whose work it is, or empty.
  public String cell() {
    Origin origin = task.origin();
    return origin == null ? "" : origin.label();
  }

  /// Whether it is the main task of a cell.
  boolean isMain() {
    return label.equals(cell());
  }

  /// The line it was made in; where that is unknown, its cell.
  public String made() {
    String site = task.site();
    return site == null ? cell() : site;
  }
}
