package dev.brigade.async.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The events of one loop in one order, kept in a ring while somebody listens.
///
/// Nothing is built when nobody listens: producers ask [#isOn()] first. Any thread may add; the
/// order of the log is the order in which events got their sequence numbers. A listener runs in the
/// producer's thread, must not block, and is removed when it throws.
public final class EventLog {
  private static final int CAPACITY = 200_000;

  private final List<Consumer<TraceEvent>> listeners = new CopyOnWriteArrayList<>();
  private final int capacity;
  // Guarded by this.
  private final ArrayDeque<TraceEvent> ring = new ArrayDeque<>();
  private long sequence;
  private long dropped;
  private volatile boolean on;

  public EventLog() {
    this(CAPACITY);
  }

  /// @param capacity how many events are kept; the oldest are dropped first
  public EventLog(int capacity) {
    if (capacity < 1) throw new IllegalArgumentException("a log keeps at least 1 event");
    this.capacity = capacity;
  }

  public boolean isOn() {
    return on;
  }

  /// Listens until closed.
  public Listening listen(Consumer<TraceEvent> listener) {
    listeners.add(listener);
    on = true;
    return () -> remove(listener);
  }

  /// Ends a listener's part in the log.
  @FunctionalInterface
  public interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  private void remove(Consumer<TraceEvent> listener) {
    listeners.remove(listener);
    on = !listeners.isEmpty();
  }

  /// Adds an event.
  ///
  /// @param build makes it from its stamp
  public synchronized void add(
      long nanos, String thread, @Nullable String origin, Function<Stamp, TraceEvent> build) {
    if (!on) return;
    TraceEvent event = build.apply(new Stamp(++sequence, nanos, thread, origin));
    if (ring.size() == capacity) {
      ring.removeFirst();
      dropped++;
    }
    ring.addLast(event);
    for (Consumer<TraceEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        // The traced program goes on: a broken listener is dropped, and said once.
        remove(listener);
        System.err.println("A trace listener failed and was removed: " + e);
      }
    }
  }

  /// The events kept now, oldest first.
  public synchronized List<TraceEvent> events() {
    return new ArrayList<>(ring);
  }

  /// The events kept whose sequence number is greater than one.
  public synchronized List<TraceEvent> eventsAfter(long sequenceNumber) {
    return ring.stream().filter(e -> e.at().sequence() > sequenceNumber).toList();
  }

  /// The newest sequence number; 0 before the first event.
  public synchronized long sequence() {
    return sequence;
  }

  /// How many events the ring has dropped.
  public synchronized long dropped() {
    return dropped;
  }
}
