package dev.brigade.async;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.LockSupport;

/// Who runs a loop: so that a thread that user code never gives back can be replaced.
///
/// A loop's thread says when it goes into user code and when it comes out. It may be deposed while
/// it is inside, and only then: when it comes out it finds that, and stands still for ever, without
/// a look at what is another thread's by now. Both sides write first and read then, so that one of
/// them sees the other.
final class LoopSeat {
  private static final VarHandle INSIDE;

  static {
    try {
      INSIDE = MethodHandles.lookup().findVarHandle(LoopSeat.class, "inside", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // by INSIDE
  private boolean inside;

  // Whether a thread is, was, or is about to be deposed.
  private volatile boolean contested;
  // Guarded by this.
  private final Set<Thread> deposed = Collections.newSetFromMap(new WeakHashMap<>());

  /// The loop's thread goes into user code.
  void enter() {
    INSIDE.setRelease(this, true);
  }

  /// The calling thread comes out of it. Does not return if it was deposed.
  void leave() {
    if (contested) stayIfDeposed();
    INSIDE.setVolatile(this, false);
    if (contested) stayIfDeposed();
  }

  private void stayIfDeposed() {
    synchronized (this) {
      if (!deposed.contains(Thread.currentThread())) return;
    }
    while (true) LockSupport.park(this);
  }

  /// Deposes the loop's thread, if it is inside.
  synchronized boolean depose(Thread thread) {
    contested = true;
    if (!(boolean) INSIDE.getVolatile(this)) return false;
    deposed.add(thread);
    INSIDE.setVolatile(this, false);
    return true;
  }
}
