package dev.brigade.async;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who waits for whom in a loop, at one moment. Edges reach through gathers, shields, waits and
/// task groups, and from a waiter at a lock or semaphore to the tasks that hold it. Python: what
/// `python -m asyncio ps` and `pstree` show.
///
/// Made in any thread, also while the loop is stuck: a moment's view of tasks that may move on.
public final class TaskGraph {
  /// What a task does.
  public enum State {
    READY,
    RUNNING,
    WAITING
  }

  /// One task.
  ///
  /// @param waitsFor what it waits for, in words, or null
  /// @param awaits the tasks it awaits
  /// @param blockedBy those, and the tasks that hold what it waits for
  /// @param awaitedBy the tasks that await it
  public record Node(
      Task<?> task,
      State state,
      @Nullable String waitsFor,
      List<Task<?>> awaits,
      List<Task<?>> blockedBy,
      List<Task<?>> awaitedBy) {}

  private final Map<Task<?>, Node> nodes;

  private TaskGraph(Map<Task<?>, Node> nodes) {
    this.nodes = nodes;
  }

  /// The graph of a loop's unfinished tasks.
  public static TaskGraph of(EventLoop loop) {
    return of(loop.tasks(), loop.holder());
  }

  private static TaskGraph of(List<Task<?>> tasks, @Nullable Task<?> running) {
    Map<Task<?>, List<Task<?>>> awaiters = new HashMap<>();
    Map<Task<?>, List<Task<?>>> awaited = new HashMap<>();
    for (Task<?> task : tasks) {
      List<Task<?>> mine = awaited(task);
      awaited.put(task, mine);
      for (Task<?> other : mine) awaiters.computeIfAbsent(other, _ -> new ArrayList<>()).add(task);
    }
    Map<Task<?>, Node> nodes = new java.util.LinkedHashMap<>();
    for (Task<?> task : tasks) {
      State state =
          task == running ? State.RUNNING : task.waitingOn() == null ? State.READY : State.WAITING;
      nodes.put(
          task,
          new Node(
              task,
              state,
              task.waitsFor(),
              awaited.getOrDefault(task, List.of()),
              blockers(task),
              awaiters.getOrDefault(task, List.of())));
    }
    return new TaskGraph(nodes);
  }

  /// The unfinished tasks that a task awaits, itself or through a composition.
  static List<Task<?>> awaited(Task<?> task) {
    var found = new LinkedHashSet<Task<?>>();
    Promise<?> on = task.waitingOn();
    if (on != null) expand(on, found, new HashSet<>());
    return List.copyOf(found);
  }

  private static void expand(Promise<?> promise, Set<Task<?>> into, Set<Promise<?>> seen) {
    if (promise.isDone() || !seen.add(promise)) return;
    if (promise instanceof Task<?> task) into.add(task);
    Collection<? extends Promise<?>> parts = promise.parts();
    for (Promise<?> part : parts) expand(part, into, seen);
  }

  /// The tasks of which one must do something before this one can go on, as far as known.
  static List<Task<?>> blockers(Task<?> task) {
    var found = new LinkedHashSet<>(awaited(task));
    Primitive at = task.waitingAt();
    if (at != null) for (Task<?> holder : at.holders()) if (!holder.isDone()) found.add(holder);
    return List.copyOf(found);
  }

  /// The tasks in the order of their creation.
  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /// One task's node, or null if it was not there.
  public @Nullable Node node(Task<?> task) {
    return nodes.get(task);
  }

  /// The tasks that can never go on: each waits only for others of them. Empty if there are none.
  public List<Task<?>> deadlocked() {
    var stuck = new LinkedHashSet<Task<?>>();
    for (Node node : nodes.values()) if (!node.blockedBy.isEmpty()) stuck.add(node.task);
    boolean changed = true;
    while (changed) {
      changed = stuck.removeIf(task -> !stuck.containsAll(blockedBy(task)));
    }
    return List.copyOf(stuck);
  }

  private List<Task<?>> blockedBy(Task<?> task) {
    Node node = nodes.get(task);
    return node == null ? List.of() : node.blockedBy;
  }

  /// A tree for people: under each task those it awaits.
  @Override
  public String toString() {
    var text = new StringBuilder();
    var shown = new HashSet<Task<?>>();
    for (Node node : nodes.values()) {
      if (node.awaitedBy.isEmpty()) print(node, "", "", shown, text);
    }
    // What is left waits in a circle.
    for (Node node : nodes.values()) {
      if (!shown.contains(node.task)) print(node, "", "", shown, text);
    }
    return text.toString().stripTrailing();
  }

  private void print(Node node, String lead, String below, Set<Task<?>> shown, StringBuilder text) {
    boolean again = !shown.add(node.task);
    text.append(lead).append(node.task.name()).append(' ').append(node.task.coroutineName());
    text.append(' ').append(node.state.name().toLowerCase(java.util.Locale.ROOT));
    if (node.waitsFor != null) text.append(" for ").append(node.waitsFor);
    String at = node.task.awaitSite();
    if (at != null && node.state == State.WAITING) text.append(" at ").append(at);
    text.append(again ? " (shown above)\n" : "\n");
    if (again) return;
    var children = node.awaits.stream().map(nodes::get).filter(java.util.Objects::nonNull).toList();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      print(
          children.get(i),
          below + (last ? "└── " : "├── "),
          below + (last ? "    " : "│   "),
          shown,
          text);
    }
  }
}
