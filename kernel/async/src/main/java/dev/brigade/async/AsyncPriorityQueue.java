package dev.brigade.async;

import java.util.Comparator;

/// A queue that gives its smallest item first; otherwise as [AsyncQueue]. Which of several equal
/// items comes first is not promised; to have the oldest first, put a number into the item. Python:
/// `asyncio.PriorityQueue`.
///
/// ```java
/// record Order(int priority, String dish) {}
/// var orders = new AsyncPriorityQueue<Order>(Comparator.comparingInt(Order::priority));
/// ```
public final class AsyncPriorityQueue<T> extends AsyncQueue<T> {
  /// A queue without a limit, for items that have an order of their own: numbers, strings.
  public AsyncPriorityQueue() {
    this(0);
  }

  /// A queue for items that have an order of their own: numbers, strings.
  ///
  /// @param capacity the most items it holds; 0 or less means no limit
  public AsyncPriorityQueue(int capacity) {
    this(capacity, AsyncPriorityQueue::natural);
  }

  /// A queue without a limit.
  ///
  /// @param order the smallest comes first
  public AsyncPriorityQueue(Comparator<? super T> order) {
    this(0, order);
  }

  /// @param capacity the most items it holds; 0 or less means no limit
  /// @param order the smallest comes first
  public AsyncPriorityQueue(int capacity, Comparator<? super T> order) {
    super(capacity, null, new QueueItems.Heap<>(order));
  }

  /// @param capacity the most items it holds; 0 or less means no limit
  /// @param order the smallest comes first
  /// @param name for logs and reports
  public AsyncPriorityQueue(int capacity, Comparator<? super T> order, String name) {
    super(capacity, name, new QueueItems.Heap<>(order));
  }

  @SuppressWarnings("unchecked") // an item that does not fit the other fails with the message
  private static <T> int natural(T one, T other) {
    if (one instanceof Comparable<?> comparable) {
      return ((Comparable<T>) comparable).compareTo(other);
    }
    throw new MisuseError(
        "a priority queue compares its items, and "
            + one
            + " has no order."
            + "\n  wrong: new AsyncPriorityQueue<Order>()"
            + "\n  right: new AsyncPriorityQueue<Order>(Comparator.comparing(Order::priority))"
            + "\n  right: record Order(int priority) implements Comparable<Order> { ... }");
  }
}
