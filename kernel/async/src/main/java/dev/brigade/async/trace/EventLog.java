package dev.brigade.async.trace;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The events of one loop in one order, kept in a ring while somebody listens.
///
/// Nothing is built when nobody listens: producers ask [#isOn()] first. Any thread may add; the
/// order of the log is the order in which events got their sequence numbers. A listener runs in the
/// producer's thread, must not block, and is removed when it throws.
public final class EventLog {
  private static final int CAPACITY = 1_000_000;

  private final List<Consumer<TraceEvent>> listeners = new CopyOnWriteArrayList<>();
  // Guarded by this.
  private final EventRing ring;
  private int recordings;
  private volatile boolean on;

  public EventLog() {
    this(CAPACITY);
  }

  /// @param capacity how many events are kept; the oldest are dropped first
  public EventLog(int capacity) {
    if (capacity < 1) throw new IllegalArgumentException("a log keeps at least 1 event");
    ring = new EventRing(capacity);
  }

  public boolean isOn() {
    return on;
  }

  /// Keeps events until closed, for whoever reads them later.
  public synchronized Listening record() {
    recordings++;
    on = true;
    var closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) endRecording();
    };
  }

  private synchronized void endRecording() {
    recordings--;
    on = recordings > 0 || !listeners.isEmpty();
  }

  /// Keeps events, and hears of each as it happens, until closed. Costs more than [#record()].
  public synchronized Listening listen(Consumer<TraceEvent> listener) {
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

  private synchronized void remove(Consumer<TraceEvent> listener) {
    listeners.remove(listener);
    on = recordings > 0 || !listeners.isEmpty();
  }

  /// Adds an event.
  ///
  /// @param build makes it from its stamp
  public synchronized void add(
      long nanos, String thread, @Nullable String origin, Function<Stamp, TraceEvent> build) {
    if (!on) return;
    Stamp stamp = new Stamp(ring.newest() + 1, nanos, thread, origin);
    ring.add(build.apply(stamp));
    if (!listeners.isEmpty()) tell();
  }

  /// Adds an event of a frequent kind; what the numbers and texts are, the kind says.
  public synchronized void add(
      Frequent kind,
      long nanos,
      String thread,
      @Nullable String origin,
      long a,
      long b,
      @Nullable String x,
      @Nullable String y,
      @Nullable String z) {
    if (!on) return;
    ring.add(kind, nanos, thread, origin, a, b, x, y, z);
    if (!listeners.isEmpty()) tell();
  }

  private void tell() {
    TraceEvent event = ring.last();
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
    return ring.after(0);
  }

  /// The events kept whose sequence number is greater than one.
  public synchronized List<TraceEvent> eventsAfter(long sequenceNumber) {
    return ring.after(sequenceNumber);
  }

  /// The newest sequence number; 0 before the first event.
  public synchronized long sequence() {
    return ring.newest();
  }

  /// How many events the ring has dropped.
  public synchronized long dropped() {
    return ring.dropped();
  }
}
