package dev.brigade.session.observe;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/// Who has a lock of `java.util.concurrent`, and who waits for it. The JDK tells the owner to tools
/// only, and of virtual threads not even to those: it needs
/// `--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED`, and without it nobody is named.
final class LockOwners {
  private static final @Nullable Method OWNER = owner();

  private static @Nullable Method owner() {
    try {
      Method method =
          AbstractOwnableSynchronizer.class.getDeclaredMethod("getExclusiveOwnerThread");
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException | RuntimeException _) {
      return null;
    }
  }

  /// @param blocker what a thread is parked on
  static @Nullable Thread of(@Nullable Object blocker) {
    if (OWNER == null || !(blocker instanceof AbstractOwnableSynchronizer)) return null;
    try {
      return (Thread) OWNER.invoke(blocker);
    } catch (ReflectiveOperationException _) {
      return null;
    }
  }

  /// The threads that wait, the longest first; empty where nobody can tell.
  static List<Thread> queue(@Nullable Object blocker) {
    return blocker instanceof AbstractQueuedSynchronizer queued
        ? List.copyOf(queued.getQueuedThreads()).reversed()
        : List.of();
  }

  private LockOwners() {}
}
