package dev.brigade.async;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What woven code does around a call in which its thread may wait: the wait is logged, and the
/// [Gil] is given back meanwhile. Nothing for learners.
///
/// Costs two looks while nobody listens and the Gil is off.
public final class WovenWaits {
  private static final long LOOK = 1_000_000;

  /// A wait under way.
  private record Wait(@Nullable EventLoop loop, long number, @Nullable GilLock gil) {}

  /// As [#begin(Object, String)] for a call without a time limit. Under virtual time a coroutine
  /// that blocks lets the others go on, and time with them, until the call need not wait.
  public static @Nullable Object beginEndless(@Nullable Object on, String call) {
    EventLoop loop = Running.loop();
    VirtualWork work = loop == null ? null : loop.engine().virtualWork();
    if (work == null || !WaitProbe.isExact(on, call) || !WaitProbe.mayWait(on, call)) {
      return begin(on, call);
    }
    Object began = begin(on, call);
    awaitOthers(work, on, call);
    return began;
  }

  /// Work in a pool of the JDK is unknown to the virtual clock until it sleeps on it: what nobody
  /// here will change may still change.
  private static void awaitOthers(VirtualWork work, @Nullable Object on, String call) {
    while (!work.advanceUntil(() -> !WaitProbe.mayWait(on, call))) {
      Gil.checkStop();
      if (Thread.currentThread().isInterrupted()) return; // the call itself knows what to do
      LockSupport.parkNanos(LOOK);
    }
  }

  /// The calling thread is about to make a call.
  ///
  /// @param on what it may wait for, or null
  /// @param call for example `Lock.lock`
  /// @return what [#end(Object)] is to be given; null if nobody wants to know
  public static @Nullable Object begin(@Nullable Object on, String call) {
    // A lock of the JDK knows its holder by its thread: a task that never gives it back must not
    // seem to have left it to the next task.
    Running.exposeThread();
    EventLoop loop = Running.clockLoop();
    boolean logged = loop != null && loop.trace().isOn();
    if (!logged && !Gil.isOn()) return null;
    return began(logged ? loop : null, on, call);
  }

  private static @Nullable Object began(
      @Nullable EventLoop loop, @Nullable Object on, String call) {
    if (!WaitProbe.mayWait(on, call)) return null;
    boolean isWait = !call.equals("Thread.yield");
    long number = loop != null && isWait ? loop.trace().threadWaits(on, call) : 0;
    return new Wait(number == 0 ? null : loop, number, Gil.release(call));
  }

  /// The call has ended, one way or another.
  public static void end(@Nullable Object began) {
    if (!(began instanceof Wait wait)) return;
    if (wait.loop != null) wait.loop.trace().threadWaited(wait.number);
    if (wait.gil != null) wait.gil.retake();
  }

  private WovenWaits() {}
}
