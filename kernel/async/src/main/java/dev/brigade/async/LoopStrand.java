package dev.brigade.async;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A virtual thread and its scheduler: what [SchedulerCarrier] makes of the two.
final class LoopStrand extends Strand implements Executor, Runnable {
  private final EventLoop loop;
  private final Executor defaultScheduler;
  private @Nullable Task<?> task;
  private @Nullable Thread thread;
  // The first runnable given; written on the loop's thread by start().
  private @Nullable Runnable continuation;
  // True while the continuation waits to be run. Written by whoever unparks the thread.
  private volatile boolean runnable;
  // True while the coroutine is in suspend(). Handed over with the thread of control.
  private boolean suspended;
  private boolean ended;
  private boolean spare;
  private volatile boolean lifted;
  private volatile boolean pinned;
  // The loop goes on without it: it runs where any virtual thread does.
  private volatile boolean abandoned;
  // Written under lock of this: the loop went on while the strand was blocked.
  private boolean detached;

  LoopStrand(EventLoop loop, Executor defaultScheduler) {
    this.loop = loop;
    this.defaultScheduler = defaultScheduler;
  }

  void thread(Thread virtual) {
    thread = virtual;
  }

  @Override
  void carry(Task<?> next) {
    task = next;
    ended = false;
    spare = false;
    lifted = loop.blocking() == Blocking.LOOM;
    running(next);
    thread().setName(next.name());
  }

  @Override
  public void run() {
    Running.become(this);
    ThreadTraces before = ThreadTraces.here();
    for (Task<?> carried = task; carried != null; carried = task) {
      carried.body();
      if (abandoned) return;
      running(null);
      task = null;
      ended = true;
      if (isExposed() || Thread.interrupted() || !before.areAll()) return;
      if (!loop.strands().hasRoom()) return;
      spare = true;
      suspend();
      Thread.interrupted(); // it was for the task before
    }
  }

  @Override
  boolean isSpare() {
    return spare;
  }

  @Override
  void retire() {
    task = null;
    resume();
  }

  /// The virtual thread asks to be run: on the loop's thread inside `resume`, or on whichever
  /// thread unparked it.
  @Override
  public void execute(Runnable work) {
    if (continuation == null) continuation = work;
    if (work != continuation || abandoned) {
      defaultScheduler.execute(work);
      return;
    }
    // What the loop's thread has not written itself, it need not fear here.
    if (loop.inLoopThread() && !detached) runnable = true;
    else unblocked(work);
  }

  private synchronized void unblocked(Runnable work) {
    if (abandoned) {
      defaultScheduler.execute(work);
      return;
    }
    runnable = true;
    boolean comeBack = detached;
    detached = false;
    Task<?> carried = task;
    if (comeBack && carried != null) loop.resumeSoon(carried);
    else LockSupport.unpark(loop.thread());
  }

  @Override
  boolean resume() {
    Thread mine = thread();
    if (continuation == null) {
      mine.start();
    } else if (suspended) {
      suspended = false;
      LockSupport.unpark(mine);
    }
    while (true) {
      // A foreign unpark may have won the race and not have called execute yet.
      while (!runnable) if (!waitWhileBlocked()) return false;
      runnable = false;
      continuation().run();
      if (suspended || ended) return true;
    }
  }

  /// Strict: the loop's thread waits here for the coroutine's thread to become runnable.
  ///
  /// @return false if the loop may go on without it
  private boolean waitWhileBlocked() {
    if (lifted) {
      synchronized (this) {
        if (runnable) return true;
        detached = true;
      }
      return false;
    }
    LockSupport.park(this);
    return true;
  }

  private Runnable continuation() {
    if (continuation == null) throw new IllegalStateException("not started");
    return continuation;
  }

  @Override
  void suspend() {
    suspended = true;
    boolean interrupted = false;
    try {
      while (suspended) {
        LockSupport.park(this);
        // park returns at once while an interrupt is pending.
        if (suspended && Thread.interrupted()) interrupted = true;
        if (pinned) failPinned();
      }
    } catch (VirtualMachineError e) {
      suspended = false; // the stack was too deep to be put aside
      throw e;
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private void failPinned() {
    pinned = false;
    suspended = false;
    throw new MisuseError(
        "await(...) inside a static initialiser (or below native code) cannot wait, and "
            + Thread.currentThread().getName()
            + " is in one: its thread cannot be put aside, and the loop would stand still for"
            + " ever. Await in a method, and keep the result in a field."
            + "\n  wrong: class Menu { static final String DISH = await(fetch()); }"
            + "\n  right: class Menu { static Coroutine<String> dish() { return fetch(); } }"
            + "   // and await(Menu.dish())");
  }

  @Override
  void pinned() {
    pinned = true;
    LockSupport.unpark(thread());
  }

  @Override
  synchronized void abandon(@Nullable Origin origin) {
    abandoned = true;
    super.abandon(origin);
  }

  @Override
  synchronized boolean abandonBlocked(@Nullable Origin origin) {
    if (!detached) return false;
    detached = false;
    abandon(origin);
    return true;
  }

  @Override
  Thread thread() {
    if (thread == null) throw new IllegalStateException("the strand has no thread yet");
    return thread;
  }

  @Override
  boolean hasEnded() {
    return ended;
  }

  @Override
  void lift() {
    lifted = true;
    LockSupport.unpark(loop.thread());
  }
}
