package dev.brigade.session.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a thread waits for.
///
/// @param call the JDK's method that the code of the cell has called: `ReentrantLock.lock`; null
///     where it waits by itself, at the head of a `synchronized` block
/// @param object what it waits for, `ReentrantLock@1b2c`, or null where nobody can tell
/// @param holder the thread that has it, as [Thread#threadId()], or 0
/// @param holderName that thread's name, or empty
/// @param queue the names of the threads that wait for it, the longest first; empty where nobody
///     can tell
/// @param isMonitor whether it is the lock of a `synchronized` block or method that it cannot get;
///     of virtual threads much of that is not known
public record ThreadWait(
    @Nullable String call,
    @Nullable String object,
    long holder,
    String holderName,
    List<String> queue,
    boolean isMonitor) {
  public ThreadWait {
    queue = List.copyOf(queue);
  }

  /// Whether it waits for a thread to end, which is no lock.
  boolean isJoin() {
    return call != null
        && call.endsWith(".join")
        && (object == null || object.startsWith("Thread@"));
  }

  /// What it is, in words.
  String text() {
    if (isJoin()) return holder == 0 ? "a thread to end" : "thread " + holderName + " to end";
    if (isMonitor && object == null) return "a synchronized lock (which one is not known)";
    if (isMonitor && holder == 0) return object + " (its holder is not known)";
    String what = object == null ? call == null ? "something" : call : object;
    return holder == 0 ? what : what + " (held by " + holderName + ")";
  }
}
