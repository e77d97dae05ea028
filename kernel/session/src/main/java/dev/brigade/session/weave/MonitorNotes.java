package dev.brigade.session.weave;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

  /// The notes of one thread. Written by it, read by any.
  private static final class Notes {
    private static final VarHandle INNERMOST = innermost();

    @SuppressWarnings("unused") // by the handle
    private @Nullable Block innermost;

    private static VarHandle innermost() {
      try {
        return MethodHandles.lookup().findVarHandle(Notes.class, "innermost", Block.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private @Nullable Block get() {
      return (Block) INNERMOST.getAcquire(this);
    }

    private void set(@Nullable Block block) {
      // No more order than that: a block of a cell is to stay nearly as fast as it is elsewhere.
      INNERMOST.setRelease(this, block);
    }
  }

  private static final int FEW = 1000;

  // No thread-local: one that is left behind would keep a coroutine's thread from being handed on.
  private static final Map<Thread, Notes> NOTES = new ConcurrentHashMap<>();
  private static final AtomicInteger ENOUGH = new AtomicInteger(FEW);

  /// Before the calling thread locks a monitor.
  ///
  /// @param monitor null where the block is going to throw
  public static void asks(@Nullable Object monitor, String at) {
    if (monitor == null) return;
    Notes notes = NOTES.get(Thread.currentThread());
    if (notes == null) notes = begin();
    notes.set(new Block(monitor, at, notes.get()));
  }

  /// Looks for threads that have ended whenever there are twice as many as were left the last time.
  private static Notes begin() {
    int enough = ENOUGH.get();
    if (NOTES.size() >= enough) {
      NOTES.keySet().removeIf(thread -> !thread.isAlive());
      ENOUGH.compareAndSet(enough, Math.max(FEW, 2 * NOTES.size()));
    }
    var notes = new Notes();
    NOTES.put(Thread.currentThread(), notes);
    return notes;
  }

  /// Before the calling thread waits on a monitor.
  ///
  /// @param monitor null where the call is going to throw, which ends the wait as well
  static void waits(@Nullable Object monitor) {
    asks(monitor == null ? NOTES : monitor, "");
  }

  /// Whether a call waits on the monitor of its receiver.
  ///
  /// @param call its name in the log
  static boolean isWait(String call) {
    return call.equals("Object.wait") || call.equals("Thread.join");
  }

  /// After the calling thread has unlocked the innermost, or waits no more.
  public static void left() {
    Notes notes = NOTES.get(Thread.currentThread());
    if (notes == null) return;
    Block innermost = notes.get();
    if (innermost != null) notes.set(innermost.below);
  }

  /// Those of one thread, innermost first.
  public static List<Note> of(Thread thread) {
    var notes = new ArrayList<Note>();
    Notes found = NOTES.get(thread);
    Block innermost = found == null ? null : found.get();
    for (Block next = innermost; next != null; next = next.below) {
      notes.add(new Note(next.monitor, next.at));
    }
    return notes;
  }

  /// The threads that have any.
  public static List<Thread> threads() {
    return NOTES.keySet().stream().filter(thread -> !of(thread).isEmpty()).toList();
  }

  private MonitorNotes() {}
}
