package dev.brigade.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a queue keeps its items: it decides which one comes out next.
sealed interface QueueItems<T> {
  /// A place for one item: an ArrayDeque refuses null, a queue need not.
  record Slot<T>(T item) {}

  void add(T item);

  /// The next item, or null where there is none.
  @Nullable Slot<T> poll();

  int size();

  /// First in, first out; or last in, first out.
  final class Line<T> implements QueueItems<T> {
    private final ArrayDeque<Slot<T>> items = new ArrayDeque<>();
    private final boolean lastFirst;

    Line(boolean lastFirst) {
      this.lastFirst = lastFirst;
    }

    @Override
    public void add(T item) {
      items.addLast(new Slot<>(item));
    }

    @Override
    public @Nullable Slot<T> poll() {
      return lastFirst ? items.pollLast() : items.pollFirst();
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  /// The smallest first: a binary heap.
  ///
  /// Not java.util.PriorityQueue, because equal items must come out in the order in which Python's
  /// `heapq` gives them: it sinks the hole to the bottom first and lets the last item rise from
  /// there.
  final class Heap<T> implements QueueItems<T> {
    private final List<T> heap = new ArrayList<>();
    private final Comparator<? super T> order;

    Heap(Comparator<? super T> order) {
      this.order = order;
    }

    @Override
    public void add(T item) {
      if (heap.isEmpty()) order.compare(item, item); // what cannot be compared is refused at once
      int hole = placeFor(item, heap.size());
      heap.add(item);
      settle(item, heap.size() - 1, hole);
    }

    /// Where an item would rise to from a place. Nothing is moved, so a comparison that throws
    /// leaves the heap whole.
    private int placeFor(T item, int from) {
      int at = from;
      while (at > 0) {
        int parent = (at - 1) >> 1;
        if (order.compare(item, heap.get(parent)) >= 0) break;
        at = parent;
      }
      return at;
    }

    private void settle(T item, int from, int to) {
      for (int at = from; at > to; at = (at - 1) >> 1) heap.set(at, heap.get((at - 1) >> 1));
      heap.set(to, item);
    }

    @Override
    public @Nullable Slot<T> poll() {
      if (heap.isEmpty()) return null;
      T last = heap.removeLast();
      if (heap.isEmpty()) return new Slot<>(last);
      T head = heap.getFirst();
      int bottom = sinkHole();
      settle(last, bottom, placeFor(last, bottom));
      return new Slot<>(head);
    }

    /// Moves the smaller child up along one path, down to a leaf.
    private int sinkHole() {
      int hole = 0;
      int child = 1;
      while (child < heap.size()) {
        int right = child + 1;
        if (right < heap.size() && order.compare(heap.get(child), heap.get(right)) >= 0) {
          child = right;
        }
        heap.set(hole, heap.get(child));
        hole = child;
        child = 2 * hole + 1;
      }
      return hole;
    }

    @Override
    public int size() {
      return heap.size();
    }
  }
}
