package dev.brigade.bench;

import static dev.brigade.async.Async.*;

import dev.brigade.async.AsyncLock;
import dev.brigade.async.AsyncQueue;
import dev.brigade.async.Coroutine;
import java.util.ArrayList;
import java.util.List;

/// The programs that are measured, each as a coroutine that does its operation a number of times.
/// `work.py` and `work.mjs` hold the same.
final class Programs {

  /// One task gives way for a turn, again and again.
  static Coroutine<Void> switches(int times) {
    return async(
        () -> {
          for (int i = 0; i < times; i++) await(sleep(0));
        });
  }

  /// One task makes another and awaits it, again and again.
  static Coroutine<Void> creations(int times) {
    return async(
        () -> {
          for (int i = 0; i < times; i++) await(createTask(async(() -> 1)));
        });
  }

  /// A queue of one place between two tasks.
  static Coroutine<Void> handovers(int times) {
    return async(
        () -> {
          var queue = new AsyncQueue<Integer>(1);
          var consumer =
              createTask(
                  async(
                      () -> {
                        for (int i = 0; i < times; i++) await(queue.get());
                      }));
          for (int i = 0; i < times; i++) await(queue.put(i));
          await(consumer);
        });
  }

  /// Two tasks take turns at a lock.
  static Coroutine<Void> lockTurns(int times) {
    return async(
        () -> {
          var lock = new AsyncLock();
          await(gather(locking(lock, times / 2), locking(lock, times / 2)));
        });
  }

  private static Coroutine<Void> locking(AsyncLock lock, int times) {
    return async(
        () -> {
          for (int i = 0; i < times; i++) {
            try (var _ = await(lock.acquire())) {
              await(sleep(0));
            }
          }
        });
  }

  /// Many tasks sleep at the same time.
  static Coroutine<Void> sleepers(int tasks, double seconds) {
    return async(
        () -> {
          List<Coroutine<Void>> all = new ArrayList<>(tasks);
          for (int i = 0; i < tasks; i++) all.add(sleep(seconds));
          await(gather(all));
        });
  }

  /// A tree of tasks: each gathers as many children as the tree is wide.
  static Coroutine<Integer> tree(int depth, int width) {
    return async(
        () -> {
          if (depth == 0) return 1;
          List<Coroutine<Integer>> children = new ArrayList<>(width);
          for (int i = 0; i < width; i++) children.add(tree(depth - 1, width));
          int sum = 1;
          for (int part : await(gather(children))) sum += part;
          return sum;
        });
  }

  private Programs() {}
}
