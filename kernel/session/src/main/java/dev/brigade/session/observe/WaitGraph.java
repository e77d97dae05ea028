package dev.brigade.session.observe;

import dev.brigade.async.Task;
import dev.brigade.async.TaskGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who waits for whom, tasks and threads together, and who of them can never go on.
final class WaitGraph {
  private final Map<Object, Wait> waits = new LinkedHashMap<>();
  private final Set<Object> stuck = new LinkedHashSet<>();

  private WaitGraph() {}

  static WaitGraph of(Moment moment) {
    var graph = new WaitGraph();
    for (TaskNow task : moment.tasks()) graph.add(task);
    for (ThreadNow thread : moment.threads()) graph.add(thread, moment);
    graph.findStuck();
    return graph;
  }

  private void add(TaskNow task) {
    if (task.state() != TaskGraph.State.WAITING || task.blockedBy().isEmpty()) return;
    String what = String.valueOf(task.task().waitsFor());
    var on = new ArrayList<Object>(task.blockedBy());
    String site = task.awaitSite();
    waits.put(task.task(), new Wait(task.task(), task.label(), what, site, from(task), on));
  }

  private void add(ThreadNow thread, Moment moment) {
    ThreadWait wait = thread.waitsFor();
    if (wait == null || wait.holder() == 0) return;
    Object who = node(thread.id(), moment);
    TaskNow task = moment.taskOn(thread.id());
    String of = thread.cell().isEmpty() ? "" : "of " + thread.cell();
    String from = task == null ? of : from(task);
    List<Object> on = List.of(node(wait.holder(), moment));
    waits.put(who, new Wait(who, thread.name(), wait.text(), thread.place(), from, on));
  }

  private static String from(TaskNow task) {
    return task.isMain() || task.made().isEmpty() ? "" : "made at " + task.made();
  }

  private static Object node(long thread, Moment moment) {
    TaskNow task = moment.taskOn(thread);
    return task == null ? (Object) thread : task.task();
  }

  private void findStuck() {
    stuck.addAll(waits.keySet());
    while (stuck.removeIf(who -> !stuck.containsAll(on(who)))) {
      // Whoever waited for one that can go on can go on too.
    }
  }

  private List<Object> on(Object who) {
    Wait wait = waits.get(who);
    return wait == null ? List.of() : wait.on();
  }

  boolean isStuck(Object who) {
    return stuck.contains(who);
  }

  /// The circles that keep everybody who is stuck.
  List<List<Wait>> circles() {
    var circles = new ArrayList<List<Wait>>();
    Set<Object> seen = new HashSet<>();
    for (Object start : stuck) {
      var path = new ArrayList<>();
      Object next = start;
      while (seen.add(next)) {
        path.add(next);
        next = on(next).getFirst();
      }
      int from = path.indexOf(next);
      if (from < 0) continue;
      circles.add(
          path.subList(from, path.size()).stream()
              .flatMap(each -> Optional.ofNullable(waits.get(each)).stream())
              .toList());
    }
    return circles;
  }

  /// Whether a task has to wait, in the end, for somebody in a circle.
  boolean leadsTo(Task<?> from, List<Wait> circle) {
    Set<Object> seen = new HashSet<>();
    var open = new ArrayList<Object>();
    open.add(from);
    while (!open.isEmpty()) {
      Object next = open.removeLast();
      if (!seen.add(next)) continue;
      for (Wait each : circle) if (each.who().equals(next)) return true;
      open.addAll(on(next));
    }
    return false;
  }
}
