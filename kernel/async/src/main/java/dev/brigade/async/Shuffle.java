package dev.brigade.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Draws which of the ready tasks runs next, by a seed.
///
/// A task that becomes ready takes part in the very next draw, so one task may get several steps
/// while another gets none: more orders than a new one for each iteration would give. An iteration
/// still makes as many draws as there were tasks at its start, so that timers and channels are seen
/// to. Callbacks keep their order, and an iteration begins with them.
///
/// Loop thread only, except [#size()] and [#drawn()], which may be a moment off.
final class Shuffle {
  // Of all generators this one's sequence is laid down: a seed is good for ever.
  private final Random random;
  private final ArrayList<Task<?>> tasks = new ArrayList<>();
  private final ArrayDeque<Handle> callbacks = new ArrayDeque<>();

  Shuffle(long seed) {
    random = new Random(seed);
  }

  /// One iteration over what is ready.
  void turn(ArrayDeque<Object> ready, EventLoop loop) {
    try {
      take(ready);
      for (int n = callbacks.size(); n > 0; n--) {
        Handle next = callbacks.poll();
        if (next != null && !next.isCancelled()) next.run(loop);
      }
      for (int n = tasks.size(); n > 0; n--) {
        take(ready);
        draw().step();
      }
    } finally {
      ready.addAll(callbacks);
      callbacks.clear();
      ready.addAll(tasks);
      tasks.clear();
    }
  }

  private void take(ArrayDeque<Object> ready) {
    Object next;
    while ((next = ready.poll()) != null) {
      if (next instanceof Task<?> task) tasks.add(task);
      else if (next instanceof Handle handle) callbacks.add(handle);
    }
  }

  /// Takes one out by putting the last one in its place: no order of theirs is worth keeping.
  private Task<?> draw() {
    int index = random.nextInt(tasks.size());
    Task<?> drawn = tasks.get(index);
    Task<?> last = tasks.removeLast();
    if (index < tasks.size()) tasks.set(index, last);
    return drawn;
  }

  int size() {
    return tasks.size() + callbacks.size();
  }

  /// The tasks that are to be drawn.
  List<Task<?>> drawn() {
    return tasks;
  }
}
