package dev.brigade.async;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Items from producers to consumers, first in, first out.
///
/// Fair: who waits longest is woken first; a woken one looks again, because another may have been
/// quicker. Cancelling a `put` or a `get` never loses or doubles an item. For the loop's thread of
/// control; any thread may ask for [#snapshot()]. Python: `asyncio.Queue`.
public sealed class AsyncQueue<T> implements Primitive permits AsyncLifoQueue, AsyncPriorityQueue {
  /// How a queue stood at one moment.
  ///
  /// @param size how many items it held
  /// @param capacity the most items it holds; 0 means no limit
  /// @param unfinished how many items were put and not said done yet
  /// @param getters the tasks that wait for an item, first come first
  /// @param putters the tasks that wait for room, first come first
  /// @param joiners the tasks that wait until all items are done
  public record Snapshot(
      String name,
      int size,
      int capacity,
      int unfinished,
      boolean shutDown,
      List<Task<?>> getters,
      List<Task<?>> putters,
      List<Task<?>> joiners) {}

  private final LoopBound bound;
  private final QueueItems<T> items;
  private final Waiters getters = new Waiters();
  private final Waiters putters = new Waiters();
  private final Waiters joiners = new Waiters();
  private final int capacity;
  // Written in the loop's thread of control; the size is kept here for other threads to read.
  private volatile int size;
  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile boolean shutDown;

  /// A queue without a limit, named by its loop: `queue-1`, `queue-2`, ...
  public AsyncQueue() {
    this(0);
  }

  /// @param capacity the most items it holds; 0 or less means no limit
  public AsyncQueue(int capacity) {
    this(capacity, null, new QueueItems.Line<>(false));
  }

  /// @param capacity the most items it holds; 0 or less means no limit
  /// @param name for logs and reports
  public AsyncQueue(int capacity, String name) {
    this(capacity, name, new QueueItems.Line<>(false));
  }

  AsyncQueue(int capacity, @Nullable String name, QueueItems<T> items) {
    this.capacity = Math.max(0, capacity);
    this.items = items;
    this.bound = new LoopBound(this, "queue", name, this::isIdle);
  }

  private boolean isIdle() {
    return getters.isEmpty() && putters.isEmpty() && joiners.isEmpty();
  }

  /// Adds an item, waiting for room if the queue is full. Cancelling the wait adds nothing.
  ///
  /// @throws QueueShutDown the queue is shut down
  public final Coroutine<Void> put(T item) {
    return Coroutines.of(
        "AsyncQueue.put",
        () -> {
          awaitTurn(putters, this::isFull, "put");
          putNowait(item);
        });
  }

  /// Takes the next item, waiting for one if the queue is empty. Cancelling the wait takes nothing.
  ///
  /// @throws QueueShutDown the queue is shut down and empty
  public final Coroutine<T> get() {
    return Coroutines.of(
        "AsyncQueue.get",
        () -> {
          awaitTurn(getters, this::isEmpty, "get");
          return getNowait();
        });
  }

  private void awaitTurn(Waiters waiters, BooleanSupplier mustWait, String call) {
    while (mustWait.getAsBoolean()) {
      EventLoop loop = bound.use("queue." + call + "(...)");
      if (shutDown) throw refused(call);
      Task<?> task = Running.requireTask("await(queue." + call + "(...))");
      Promise<Boolean> mine = loop.createPromise();
      try {
        waiters.await(task, mine, this, name() + "." + call);
      } catch (Throwable t) {
        mine.cancel(); // where it could not be put aside at all
        // Woken and cancelled in the same turn: the wake-up goes to the next.
        if (!mustWait.getAsBoolean() && !mine.isCancelled()) waiters.wakeFirst();
        throw t;
      }
    }
  }

  /// Adds an item at once.
  ///
  /// @throws QueueFull there is no room
  /// @throws QueueShutDown the queue is shut down
  /// @throws MisuseError this is another thread than the loop's
  public final void putNowait(T item) {
    bound.change("putNowait(item)");
    if (shutDown) throw refused("put");
    if (isFull()) {
      throw new QueueFull(
          name()
              + " holds "
              + size
              + " of "
              + capacity
              + " items: await(queue.put(item)) waits for room");
    }
    items.add(item);
    size = items.size();
    unfinished.getAndIncrement();
    getters.wakeFirst();
  }

  /// Takes the next item at once.
  ///
  /// @throws QueueEmpty there is none
  /// @throws QueueShutDown there is none and the queue is shut down
  /// @throws MisuseError this is another thread than the loop's
  public final T getNowait() {
    bound.change("getNowait()");
    QueueItems.Slot<T> slot = items.poll();
    if (slot == null) {
      if (shutDown) throw refused("get");
      throw new QueueEmpty(name() + " is empty: await(queue.get()) waits for an item");
    }
    size = items.size();
    putters.wakeFirst();
    return slot.item();
  }

  private QueueShutDown refused(String call) {
    return new QueueShutDown(
        name()
            + " is shut down"
            + (call.equals("put") ? " and takes no more items" : " and its last item was taken"));
  }

  /// Says that an item taken before has been worked on. The last one wakes those who [#join()].
  ///
  /// @throws MisuseError it was said more often than items were put, or this is another thread than
  ///     the loop's
  public final void taskDone() {
    bound.change("taskDone()");
    if (unfinished.get() == 0) {
      throw new MisuseError(
          "taskDone() more often than items were put: "
              + this
              + " has 0 unfinished items. Each item taken is said done once."
              + "\n  wrong: var item = await(queue.get()); queue.taskDone(); queue.taskDone();"
              + "\n  right: var item = await(queue.get()); try { work(item); } finally {"
              + " queue.taskDone(); }");
    }
    finished(1);
  }

  private void finished(int items) {
    if (unfinished.addAndGet(-items) == 0) joiners.wakeAll();
  }

  /// Waits until every item put was taken and said done. Does not wait if that is so already.
  public final Coroutine<Void> join() {
    return Coroutines.of(
        "AsyncQueue.join",
        () -> {
          if (unfinished.get() == 0) return;
          EventLoop loop = bound.use("queue.join()");
          Task<?> task = Running.requireTask("await(queue.join())");
          joiners.await(task, loop.createPromise(), this, name() + ".join");
        });
  }

  /// Closes the queue for new items: every `put`, waiting ones too, fails with [QueueShutDown].
  /// What is in it can still be taken; then `get` fails as well.
  public final void shutdown() {
    shutdown(false);
  }

  /// As [#shutdown()].
  ///
  /// @param immediate whether the items in it are dropped and count as done, so that every `get`
  ///     fails at once
  /// @throws MisuseError this is another thread than the loop's
  public final void shutdown(boolean immediate) {
    bound.change("shutdown()");
    shutDown = true;
    if (immediate) {
      int dropped = 0;
      while (items.poll() != null) dropped++;
      size = 0;
      if (dropped > 0) finished(Math.min(dropped, unfinished.get()));
    }
    getters.wakeAll();
    putters.wakeAll();
  }

  /// Whether it was shut down.
  public final boolean isShutDown() {
    return shutDown;
  }

  /// How many items it holds. Python: `qsize`.
  public final int size() {
    return size;
  }

  /// The most items it holds; 0 means no limit. Python: `maxsize`.
  public final int capacity() {
    return capacity;
  }

  public final boolean isEmpty() {
    return size == 0;
  }

  /// Whether a `put` would have to wait; never so without a limit.
  public final boolean isFull() {
    return capacity > 0 && size >= capacity;
  }

  /// The name it was given, or the one it has from its loop.
  @Override
  public final String name() {
    return bound.name();
  }

  /// How it stands now. Any thread.
  @Override
  public final Snapshot snapshot() {
    return new Snapshot(
        name(),
        size,
        capacity,
        unfinished.get(),
        shutDown,
        getters.tasks(),
        putters.tasks(),
        joiners.tasks());
  }

  /// Nobody holds a queue: anybody may put and get.
  @Override
  public final List<Task<?>> holders() {
    return List.of();
  }

  @Override
  public final List<Task<?>> waiting() {
    var tasks = new ArrayList<>(getters.tasks());
    tasks.addAll(putters.tasks());
    tasks.addAll(joiners.tasks());
    return List.copyOf(tasks);
  }

  @Override
  public final String toString() {
    Snapshot now = snapshot();
    return "<"
        + getClass().getSimpleName()
        + " "
        + now.name
        + ", items: "
        + now.size
        + (capacity > 0 ? " of " + capacity : "")
        + (now.unfinished == 0 ? "" : ", unfinished: " + now.unfinished)
        + (now.shutDown ? ", shut down" : "")
        + Names.tasks(", waiting to get: ", now.getters)
        + Names.tasks(", waiting to put: ", now.putters)
        + Names.tasks(", waiting to join: ", now.joiners)
        + ">";
  }
}
