package dev.brigade.async;

import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Timers by deadline; equal deadlines fire in the order they were set. Loop thread only.
///
/// Cancelled timers stay until they reach the head, or until they are more than half of more than a
/// hundred; then all are dropped at once (the thresholds of CPython's `base_events`).
final class TimerHeap {
  private static final int PURGE_FROM = 100;

  private final PriorityQueue<TimerHandle> heap = new PriorityQueue<>(TimerHeap::inOrder);
  private long count;
  private int cancelled;

  // Not put together of Comparator's parts, which no start-up cache holds.
  private static int inOrder(TimerHandle one, TimerHandle other) {
    int byDeadline = Long.compare(one.deadline(), other.deadline());
    return byDeadline == 0 ? Long.compare(one.number(), other.number()) : byDeadline;
  }

  TimerHandle add(
      Runnable callback,
      @Nullable Origin origin,
      @Nullable Context context,
      @Nullable Task<?> task,
      long deadline) {
    var handle = new TimerHandle(callback, origin, context, task, deadline, count++, this);
    heap.add(handle);
    return handle;
  }

  /// A timer of this heap was cancelled; it may have fired already, which only makes the count too
  /// high and the next purge earlier.
  void cancelled() {
    cancelled++;
  }

  boolean isEmpty() {
    return heap.isEmpty();
  }

  int size() {
    return heap.size();
  }

  /// The next live timer, or null.
  @Nullable TimerHandle head() {
    if (heap.size() > PURGE_FROM && cancelled > heap.size() / 2) {
      heap.removeIf(Handle::isCancelled);
      cancelled = 0;
    }
    TimerHandle head = heap.peek();
    while (head != null && head.isCancelled()) {
      heap.poll();
      cancelled = Math.max(0, cancelled - 1);
      head = heap.peek();
    }
    return head;
  }

  /// Takes the next live timer whose deadline has come, or null.
  @Nullable TimerHandle pollDue(long now) {
    TimerHandle head = head();
    if (head == null || head.deadline() > now) return null;
    return heap.poll();
  }

  /// When the next live timer is due, or [Long#MAX_VALUE]. Any thread: a moment's view, so it only
  /// copies, and the copy may have holes.
  long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (@Nullable Object each : heap.toArray()) {
      if (each instanceof TimerHandle timer && !timer.isCancelled()) {
        next = Math.min(next, timer.deadline());
      }
    }
    return next;
  }

  /// The live timers whose deadline has come, without taking them.
  List<TimerHandle> due(long now) {
    return heap.stream()
        .filter(t -> !t.isCancelled() && t.deadline() <= now)
        .sorted(TimerHeap::inOrder)
        .toList();
  }
}
