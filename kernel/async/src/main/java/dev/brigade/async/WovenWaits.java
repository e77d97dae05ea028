package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// What woven code does around a call in which its thread may wait: the wait is logged, and the
/// [Gil] is given back meanwhile. Nothing for learners.
///
/// Costs two looks while nobody listens and the Gil is off.
public final class WovenWaits {
  /// A wait under way.
  private record Wait(@Nullable EventLoop loop, long number, @Nullable GilLock gil) {}

  /// The calling thread is about to make a call.
  ///
  /// @param on what it may wait for, or null
  /// @param call for example `Lock.lock`
  /// @return what [#end(Object)] is to be given; null if nobody wants to know
  public static @Nullable Object begin(@Nullable Object on, String call) {
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
