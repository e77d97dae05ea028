package dev.brigade.async;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A task or promise, its stack, and who awaits it. Python: `asyncio.FutureCallGraph`.
///
/// @param promise the task or promise
/// @param stack a task's stack, innermost first, without the runtime's frames; else empty
/// @param awaitedBy those that await it, each with its own graph
public record CallGraph(
    Promise<?> promise, List<StackTraceElement> stack, List<CallGraph> awaitedBy) {

  /// The graph of a task or promise at this moment. Any thread.
  public static CallGraph of(Promise<?> promise) {
    return of(promise, promise.loop().tasks(), new HashSet<>());
  }

  private static CallGraph of(Promise<?> promise, List<Task<?>> living, Set<Promise<?>> above) {
    List<StackTraceElement> stack = promise instanceof Task<?> task ? task.stack() : List.of();
    var awaiters = new ArrayList<CallGraph>();
    if (above.add(promise)) { // a circle ends here
      for (Task<?> task : living) {
        if (awaits(task, promise)) awaiters.add(of(task, living, above));
      }
      above.remove(promise);
    }
    return new CallGraph(promise, stack, List.copyOf(awaiters));
  }

  private static boolean awaits(Task<?> task, Promise<?> promise) {
    Promise<?> on = task.waitingOn();
    return on != null && reaches(on, promise, new HashSet<>());
  }

  private static boolean reaches(Promise<?> from, Promise<?> to, Set<Promise<?>> seen) {
    if (from.equals(to)) return true;
    if (from instanceof Task || !seen.add(from)) return false;
    for (Promise<?> part : from.parts()) if (reaches(part, to, seen)) return true;
    return false;
  }

  /// For people, as `asyncio.format_call_graph`.
  @Override
  public String toString() {
    var text = new StringBuilder();
    print("", text);
    return text.toString().stripTrailing();
  }

  private void print(String indent, StringBuilder text) {
    text.append(indent).append("* ");
    text.append(promise instanceof Task<?> task ? "Task(name=" + task.name() + ")" : "Promise");
    text.append('\n');
    if (!stack.isEmpty()) {
      text.append(indent).append("  + Call stack:\n");
      for (StackTraceElement frame : stack) {
        text.append(indent).append("  |   ").append(frame).append('\n');
      }
    }
    if (awaitedBy.isEmpty()) return;
    text.append(indent).append("  + Awaited by:\n");
    for (CallGraph awaiter : awaitedBy) awaiter.print(indent + "     ", text);
  }
}
