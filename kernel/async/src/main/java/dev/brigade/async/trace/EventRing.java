package dev.brigade.async.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last events of a log. Grows to its capacity, then drops the oldest. Not for several threads.
///
/// It grows by chunks that are never copied: with one array that doubled, the garbage collector
/// took more time than the traced program and the rest of the log together.
final class EventRing {
  private final int capacity;
  // One more than the capacity asks for: the chunk that is written over holds nothing that is kept.
  private final @Nullable EventChunk[] chunks;
  private @Nullable EventChunk chunk;
  // The sequence number of the newest event.
  private long newest;

  EventRing(int capacity) {
    this.capacity = capacity;
    chunks = new EventChunk[(capacity + EventChunk.SIZE - 1) / EventChunk.SIZE + 1];
  }

  void add(
      Frequent kind,
      long nanos,
      String thread,
      @Nullable String origin,
      long a,
      long b,
      @Nullable String x,
      @Nullable String y,
      @Nullable String z) {
    next().add(kind, nanos, thread, origin, a, b, x, y, z);
    newest++;
  }

  void add(TraceEvent event) {
    next().add(event);
    newest++;
  }

  /// The chunk that has room for one more.
  private EventChunk next() {
    EventChunk now = chunk;
    if (now != null && !now.isFull()) return now;
    int slot = slot(newest + 1);
    EventChunk free = chunks[slot];
    if (free == null) chunks[slot] = free = new EventChunk();
    else free.clear();
    chunk = free;
    return free;
  }

  private int slot(long sequence) {
    return (int) ((sequence - 1) / EventChunk.SIZE % chunks.length);
  }

  long newest() {
    return newest;
  }

  long dropped() {
    return Math.max(0, newest - capacity);
  }

  /// The events kept whose sequence number is greater than one, oldest first.
  List<TraceEvent> after(long sequence) {
    long first = Math.max(sequence, dropped()) + 1;
    var events = new ArrayList<TraceEvent>((int) Math.max(0, newest - first + 1));
    for (long s = first; s <= newest; s++) events.add(event(s));
    return events;
  }

  /// The newest event.
  TraceEvent last() {
    return event(newest);
  }

  private TraceEvent event(long sequence) {
    EventChunk kept = chunks[slot(sequence)];
    if (kept == null) throw new IllegalStateException("there is no event " + sequence);
    return kept.event((int) ((sequence - 1) % EventChunk.SIZE), sequence);
  }
}
