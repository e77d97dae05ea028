package dev.brigade.async.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last events of a log, flat: see [Frequent]. Grows to its capacity, then drops the oldest.
/// Not for several threads.
final class EventRing {
  private static final int FIRST_ROOM = 1024;
  // Of each event: its time and two numbers.
  private static final int NUMBERS = 3;
  // Of each event: its kind (or the event itself), thread, origin and three texts.
  private static final int PARTS = 6;

  private final int capacity;
  private long[] numbers;
  private @Nullable Object[] parts;
  private int room;
  private int next;
  // The sequence number of the newest event.
  private long newest;

  EventRing(int capacity) {
    this.capacity = capacity;
    room = Math.min(capacity, FIRST_ROOM);
    numbers = new long[room * NUMBERS];
    parts = new Object[room * PARTS];
  }

  void add(
      Object kind,
      long nanos,
      String thread,
      @Nullable String origin,
      long a,
      long b,
      @Nullable String x,
      @Nullable String y,
      @Nullable String z) {
    if (next == room) turn();
    int n = next * NUMBERS;
    numbers[n] = nanos;
    numbers[n + 1] = a;
    numbers[n + 2] = b;
    int p = next * PARTS;
    parts[p] = kind;
    parts[p + 1] = thread;
    parts[p + 2] = origin;
    parts[p + 3] = x;
    parts[p + 4] = y;
    parts[p + 5] = z;
    next++;
    newest++;
  }

  /// At the end of the room: more of it, or back to the start, over the oldest.
  private void turn() {
    if (room == capacity) {
      next = 0;
      return;
    }
    room = (int) Math.min(capacity, room * 2L);
    numbers = Arrays.copyOf(numbers, room * NUMBERS);
    parts = Arrays.copyOf(parts, room * PARTS);
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
    int at = Math.floorMod(next - 1 - (newest - sequence), room);
    int p = at * PARTS;
    Object kind = parts[p];
    if (kind instanceof TraceEvent event) return event;
    if (!(kind instanceof Frequent frequent)) throw new IllegalStateException("no event");
    int n = at * NUMBERS;
    var stamp = new Stamp(sequence, numbers[n], String.valueOf(parts[p + 1]), text(p + 2));
    return frequent.build(
        stamp, numbers[n + 1], numbers[n + 2], text(p + 3), text(p + 4), text(p + 5));
  }

  private @Nullable String text(int part) {
    return (String) parts[part];
  }
}
