package dev.brigade.async;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds tasks that wait for each other in a circle, and programs of which nothing can go on. Loop
/// thread only.
///
/// Looks only where a task has just begun to wait for something that another one has, from there
/// along the waits: a program that never waits in a circle pays a few reads for each such wait. It
/// reports when the loop is next idle, so that a wait that ends in the same turn is no deadlock.
final class Deadlocks {
  private final EventLoop loop;
  private final List<Task<?>> suspects = new ArrayList<>();
  private Set<Task<?>> reported = Set.of();

  Deadlocks(EventLoop loop) {
    this.loop = loop;
  }

  /// A task begins to wait at a primitive, or for another task.
  void waits(Task<?> task, Promise<?> on) {
    Primitive at = task.waitingAt();
    List<Task<?>> blockers =
        at != null ? at.holders() : on instanceof Task<?> other ? List.of(other) : List.of();
    if (blockers.isEmpty()) return;
    for (Task<?> blocker : blockers) if (blocker != task && !mayBeStuck(blocker)) return;
    if (!circle(task).isEmpty()) suspects.add(task);
  }

  /// Most often whoever must act waits for nobody, and there is no need to look further.
  private static boolean mayBeStuck(Task<?> task) {
    Promise<?> on = task.waitingOn();
    if (on == null) return false;
    return task.waitingAt() != null || on instanceof Task || !on.parts().isEmpty();
  }

  /// All that a task's wait depends on, if each of them waits too; else empty.
  private static Set<Task<?>> circle(Task<?> task) {
    var all = new LinkedHashSet<Task<?>>();
    var open = new ArrayList<Task<?>>();
    open.add(task);
    while (!open.isEmpty()) {
      Task<?> next = open.removeLast();
      if (!all.add(next)) continue;
      if (next.waitingOn() == null) return Set.of();
      List<Task<?>> blockers = TaskGraph.blockers(next);
      if (blockers.isEmpty()) return Set.of();
      open.addAll(blockers);
    }
    return all;
  }

  /// The loop has nothing to do.
  void idle() {
    if (suspects.isEmpty()) return;
    for (Task<?> suspect : List.copyOf(suspects)) {
      Set<Task<?>> circle = circle(suspect);
      if (!circle.isEmpty()) report(circle, true);
    }
    suspects.clear();
  }

  /// The loop has nothing to do and nothing to wait for: no timer, no job, no channel.
  void standstill() {
    var waiting = new LinkedHashSet<Task<?>>();
    for (Task<?> task : loop.tasks()) {
      // What waits for a plain promise may be helped by any thread.
      if (task.waitingOn() == null || !waitsInside(task)) return;
      waiting.add(task);
    }
    if (!waiting.isEmpty()) report(waiting, false);
  }

  private static boolean waitsInside(Task<?> task) {
    return task.waitingAt() != null || !TaskGraph.awaited(task).isEmpty();
  }

  private void report(Set<Task<?>> tasks, boolean circle) {
    if (reported.containsAll(tasks)) return;
    reported = new HashSet<>(tasks);
    var lines = new ArrayList<String>();
    for (Task<?> task : tasks) {
      String at = task.awaitSite();
      lines.add(
          task.name()
              + (task.site() == null ? "" : " (created at " + task.site() + ")")
              + " waits for "
              + task.waitsFor()
              + (at == null ? "" : " at " + at));
    }
    Origin origin = tasks.iterator().next().origin();
    loop.trace().deadlocked(tasks);
    loop.notices().notice(new Notice.Deadlock(origin, lines, circle));
  }
}
