package dev.brigade.async;

import java.util.ArrayDeque;

/// Items from producers to consumers, first in, first out.
///
/// Cancelling a `put` or a `get` never loses or doubles an item. For the loop's thread of control.
/// Python: `asyncio.Queue`.
public final class AsyncQueue<T> {
  private final LoopBound bound = new LoopBound(this);
  private final ArrayDeque<Slot<T>> items = new ArrayDeque<>();
  private final Waiters getters = new Waiters();
  private final Waiters putters = new Waiters();
  private final Waiters joiners = new Waiters();
  private final int capacity;
  private int unfinished;

  /// An ArrayDeque refuses null, a queue need not.
  private record Slot<T>(T item) {}

  /// A queue without a limit.
  public AsyncQueue() {
    this(0);
  }

  /// @param capacity the most items it holds; 0 or less means no limit
  public AsyncQueue(int capacity) {
    this.capacity = capacity;
  }

  /// Adds an item, waiting for room if the queue is full.
  public Coroutine<Void> put(T item) {
    return Coroutines.of(
        "AsyncQueue.put",
        () -> {
          awaitTurn(putters, this::isFull, "queue.put(...)", "queue room");
          putNowait(item);
        });
  }

  /// Takes the first item, waiting for one if the queue is empty.
  public Coroutine<T> get() {
    return Coroutines.of(
        "AsyncQueue.get",
        () -> {
          awaitTurn(getters, this::isEmpty, "queue.get()", "queue item");
          return getNowait();
        });
  }

  /// A woken waiter looks again: another may have been quicker.
  private void awaitTurn(
      Waiters waiters,
      java.util.function.BooleanSupplier mustWait,
      String what,
      String waitingFor) {
    while (mustWait.getAsBoolean()) {
      EventLoop loop = bound.use(isIdle(), what);
      Promise<Boolean> mine = loop.createPromise();
      try {
        waiters.await(mine, waitingFor);
      } catch (CancelledError e) {
        // Woken and cancelled in the same turn: the wake-up goes to the next.
        if (!mustWait.getAsBoolean() && !mine.isCancelled()) waiters.wakeFirst();
        throw e;
      }
    }
  }

  private boolean isIdle() {
    return getters.isEmpty() && putters.isEmpty() && joiners.isEmpty();
  }

  /// Adds an item at once.
  ///
  /// @throws QueueFull there is no room
  public void putNowait(T item) {
    if (isFull()) {
      throw new QueueFull(
          "the queue holds "
              + items.size()
              + " of "
              + capacity
              + " items: await(queue.put(item)) waits for room");
    }
    items.add(new Slot<>(item));
    unfinished++;
    getters.wakeFirst();
  }

  /// Takes the first item at once.
  ///
  /// @throws QueueEmpty there is none
  public T getNowait() {
    Slot<T> slot = items.poll();
    if (slot == null) {
      throw new QueueEmpty("the queue is empty: await(queue.get()) waits for an item");
    }
    putters.wakeFirst();
    return slot.item();
  }

  /// Says that an item taken before has been worked on.
  ///
  /// @throws MisuseError it was said more often than items were put
  public void taskDone() {
    if (unfinished == 0) {
      throw new MisuseError("taskDone() was called more often than items were put into the queue");
    }
    if (--unfinished == 0) joiners.wakeAll();
  }

  /// Waits until every item put was taken and said done.
  public Coroutine<Void> join() {
    return Coroutines.of(
        "AsyncQueue.join",
        () -> {
          if (unfinished == 0) return;
          EventLoop loop = bound.use(isIdle(), "queue.join()");
          joiners.await(loop.createPromise(), "queue done");
        });
  }

  public int size() {
    return items.size();
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  public boolean isFull() {
    return capacity > 0 && items.size() >= capacity;
  }

  @Override
  public String toString() {
    return "<AsyncQueue items: "
        + items.size()
        + (capacity > 0 ? " of " + capacity : "")
        + (getters.isEmpty() ? "" : ", getters: " + getters.size())
        + (putters.isEmpty() ? "" : ", putters: " + putters.size())
        + (unfinished == 0 ? "" : ", unfinished: " + unfinished)
        + ">";
  }
}
