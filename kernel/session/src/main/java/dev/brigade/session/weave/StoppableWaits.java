package dev.brigade.session.weave;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/// Waits of the JDK that no interrupt ends, as cells make them: an interrupt ends them if its
/// thread is to stop, and any other is kept for the caller, as in the JDK.
///
/// Each method has the name of the one it stands for.
public final class StoppableWaits {
  private static final MethodHandles.Lookup OWN = MethodHandles.lookup();

  /// The types that a call in the log may be of, by its name there.
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "Lock.lock", Lock.class,
          "StampedLock.readLock", StampedLock.class,
          "StampedLock.writeLock", StampedLock.class,
          "Semaphore.acquireUninterruptibly", Semaphore.class,
          "Phaser.awaitAdvance", Phaser.class,
          "Phaser.arriveAndAwaitAdvance", Phaser.class,
          "CompletableFuture.join", CompletableFuture.class);

  @FunctionalInterface
  private interface Wait<T> {
    T await() throws InterruptedException;
  }

  private StoppableWaits() {}

  /// The call to make instead of one in a cell, which is often the call itself.
  static MethodHandle of(MethodHandle call, String what) throws ReflectiveOperationException {
    Class<?> type = TYPES.get(what);
    if (type == null) return call;
    MethodType own = call.type().changeParameterType(0, type);
    if (own.returnType() != void.class && !own.returnType().isPrimitive()) {
      own = own.changeReturnType(Object.class);
    }
    String name = what.substring(what.indexOf('.') + 1);
    return OWN.findStatic(StoppableWaits.class, name, own).asType(call.type());
  }

  static void lock(Lock lock) {
    boolean known =
        lock instanceof ReentrantLock
            || lock instanceof ReentrantReadWriteLock.ReadLock
            || lock instanceof ReentrantReadWriteLock.WriteLock;
    if (known) until(() -> done(lock::lockInterruptibly));
    else lock.lock();
  }

  static long readLock(StampedLock lock) {
    return until(lock::readLockInterruptibly);
  }

  static long writeLock(StampedLock lock) {
    return until(lock::writeLockInterruptibly);
  }

  static void acquireUninterruptibly(Semaphore semaphore) {
    until(() -> done(semaphore::acquire));
  }

  static void acquireUninterruptibly(Semaphore semaphore, int permits) {
    until(() -> done(() -> semaphore.acquire(permits)));
  }

  static int awaitAdvance(Phaser phaser, int phase) {
    return until(() -> phaser.awaitAdvanceInterruptibly(phase));
  }

  static int arriveAndAwaitAdvance(Phaser phaser) {
    return awaitAdvance(phaser, phaser.arrive());
  }

  static Object join(CompletableFuture<?> future) {
    if (future.getClass() == CompletableFuture.class && !future.isDone()) {
      until(() -> settled(future));
    }
    return future.join();
  }

  private static boolean settled(CompletableFuture<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException | RuntimeException _) {
      // `join` throws it in its own way.
    }
    return true;
  }

  /// A wait without a result.
  @FunctionalInterface
  private interface Waits {
    void await() throws InterruptedException;
  }

  private static boolean done(Waits wait) throws InterruptedException {
    wait.await();
    return true;
  }

  private static <T> T until(Wait<T> wait) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.await();
        } catch (InterruptedException _) {
          StopPoint.check();
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
