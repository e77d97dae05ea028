package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// One thread's place at the [Gil], and its figures; a loop with all its coroutines is one. Guarded
/// by the lock of [GilLock].
final class GilSeat {
  private final Object key;
  private final String name;
  /// Since when it holds the lock.
  long since;

  long heldNanos;
  long waitedNanos;
  long turns;
  long requests;

  GilSeat(Object key) {
    this.key = key;
    this.name = key instanceof EventLoop loop ? loop.name() : WaitNames.thread((Thread) key);
  }

  /// What the calling thread sits as: its loop, or itself.
  static Object key() {
    EventLoop loop = Running.loop();
    return loop == null ? Thread.currentThread() : loop;
  }

  String name() {
    return name;
  }

  /// The thread that runs for it now; null if there is none any more.
  @Nullable Thread thread() {
    if (key instanceof Thread thread) return thread;
    var loop = (EventLoop) key;
    Task<?> holder = loop.holder();
    return holder == null ? loop.thread() : holder.thread();
  }
}
