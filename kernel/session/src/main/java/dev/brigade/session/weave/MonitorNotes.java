package dev.brigade.session.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which monitors threads have asked for in `synchronized` blocks of cells, and not left.
///
/// The JVM says it of platform threads. Of virtual threads, so of every coroutine, only its thread
/// dump does, and that walks stacks that may move meanwhile: it can bring the JVM down (see
/// `docs/decisions/0009-monitors-of-virtual-threads.md`). So woven code notes it: before it asks
/// for a monitor, and after it has left it. Either place may fail, at the end of the stack, without
/// leaving a monitor locked. What a cell waits on in `Object.wait` and `Thread.join` is noted too.
/// Synchronized methods, and code of jars, note nothing.
///
/// Static, because woven code can call nothing else. Written by the noted thread, read by any.
public final class MonitorNotes {
  /// One block that a thread has come to.
  ///
  /// @param monitor what it locks
  /// @param at the class and the method of the block, `$0.cross`; empty for a wait
  /// @param below the block around it, or null
  private record Block(Object monitor, String at, @Nullable Block below) {}

  /// A monitor that a thread has, or is about to lock, or waits on: only the innermost may be of
  /// the last two kinds.
  ///
  /// @param at the class and the method of the block, `$0.cross`; empty for a wait
  public record Note(Object monitor, String at) {
    /// Whether the thread is in `Object.wait` or `Thread.join`.
    public boolean isWait() {
      return at.isEmpty();
    }
  }

  // Nothing stays for a thread that is in no such block, also because a thread-local that is left
  // behind would keep a coroutine's thread from being handed on.
  private static final Map<Thread, Block> INNERMOST = new ConcurrentHashMap<>();

  /// Before the calling thread locks a monitor.
  ///
  /// @param monitor null where the block is going to throw
  public static void asks(@Nullable Object monitor, String at) {
    if (monitor == null) return;
    Thread thread = Thread.currentThread();
    INNERMOST.put(thread, new Block(monitor, at, INNERMOST.get(thread)));
  }

  /// Before the calling thread waits on a monitor.
  ///
  /// @param monitor null where the call is going to throw, which ends the wait as well
  static void waits(@Nullable Object monitor) {
    asks(monitor == null ? INNERMOST : monitor, "");
  }

  /// Whether a call waits on the monitor of its receiver.
  ///
  /// @param call its name in the log
  static boolean isWait(String call) {
    return call.equals("Object.wait") || call.equals("Thread.join");
  }

  /// After the calling thread has unlocked the innermost, or waits no more.
  public static void left() {
    Thread thread = Thread.currentThread();
    Block left = INNERMOST.get(thread);
    if (left == null) return;
    if (left.below == null) INNERMOST.remove(thread);
    else INNERMOST.put(thread, left.below);
  }

  /// Those of one thread, innermost first.
  public static List<Note> of(Thread thread) {
    var notes = new ArrayList<Note>();
    for (Block next = INNERMOST.get(thread); next != null; next = next.below) {
      notes.add(new Note(next.monitor, next.at));
    }
    return notes;
  }

  /// The threads that have any.
  public static List<Thread> threads() {
    return List.copyOf(INNERMOST.keySet());
  }

  private MonitorNotes() {}
}
