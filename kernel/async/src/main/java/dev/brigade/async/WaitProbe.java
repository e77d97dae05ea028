package dev.brigade.async;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharArrayReader;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/// Asks an object, before a call that may wait on it, whether it will and who holds it. Only looks:
/// what it says may have changed a moment later.
final class WaitProbe {
  /// Whether the call may wait; true where nobody can tell.
  ///
  /// @param call for example `BlockingQueue.take`
  static boolean mayWait(@Nullable Object on, String call) {
    return switch (on) {
      case null -> true;
      case Thread thread -> thread.isAlive();
      case Future<?> future -> !future.isDone();
      case CountDownLatch latch -> latch.getCount() > 0;
      case Semaphore semaphore -> semaphore.availablePermits() <= 0;
      case Lock lock -> isTaken(lock);
      case StampedLock stamped -> isTaken(stamped, call);
      case BlockingDeque<?> deque -> isStuck(deque, call);
      case BlockingQueue<?> queue -> isStuck(queue, call);
      default -> !isInMemory(on, call);
    };
  }

  /// Whether [#mayWait] says exactly when the call no longer has to wait.
  static boolean isExact(@Nullable Object on, String call) {
    return switch (on) {
      case null -> false;
      case Thread _, Future<?> _, CountDownLatch _, ReentrantLock _ -> true;
      case BlockingQueue<?> _ -> !call.contains("ransfer");
      default -> false;
    };
  }

  private static boolean isTaken(Lock lock) {
    return switch (lock) {
      case ReentrantLock own -> own.isLocked() && !own.isHeldByCurrentThread();
      // These do not tell who reads: only taking one for a moment shows whether it is free.
      case ReentrantReadWriteLock.WriteLock write -> isTakenForAMoment(write);
      case ReentrantReadWriteLock.ReadLock read -> isTakenForAMoment(read);
      default -> true;
    };
  }

  private static boolean isTakenForAMoment(Lock lock) {
    if (!lock.tryLock()) return true;
    lock.unlock();
    return false;
  }

  private static boolean isTaken(StampedLock lock, String call) {
    return lock.isWriteLocked() || (call.contains("rite") && lock.isReadLocked());
  }

  private static boolean isStuck(BlockingQueue<?> queue, String call) {
    boolean takes = call.contains("take") || call.contains("poll");
    if (call.contains("ransfer")) return true;
    return takes ? queue.isEmpty() : queue.remainingCapacity() == 0;
  }

  /// Reading and writing that only moves bytes about in this program.
  private static boolean isInMemory(Object stream, String call) {
    boolean flushes = call.endsWith(".flush") || call.endsWith(".close");
    return switch (stream) {
      case ByteArrayInputStream _,
          ByteArrayOutputStream _,
          StringReader _,
          StringWriter _,
          CharArrayReader _,
          CharArrayWriter _,
          PrintStream _,
          PrintWriter _ ->
          true;
      case BufferedOutputStream _, BufferedWriter _ -> !flushes;
      case BufferedInputStream in -> hasSome(in);
      case BufferedReader reader -> hasSome(reader);
      default -> false;
    };
  }

  private static boolean hasSome(BufferedInputStream in) {
    try {
      return in.available() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean hasSome(BufferedReader reader) {
    try {
      return reader.ready();
    } catch (IOException _) {
      return false;
    }
  }

  /// The name of the thread that holds it, or null where nobody can tell.
  static @Nullable String holder(@Nullable Object on) {
    if (on instanceof Thread thread) return WaitNames.thread(thread);
    if (!(on instanceof ReentrantLock || on instanceof ReentrantReadWriteLock.WriteLock))
      return null;
    // The owner itself is protected; the text names it.
    String text = on.toString();
    String before = "[Locked by thread ";
    int start = text.lastIndexOf(before);
    if (start < 0) return null;
    String name = text.substring(start + before.length(), text.length() - 1);
    return name.isEmpty() ? null : name; // a virtual thread's is, mostly
  }

  private WaitProbe() {}
}
