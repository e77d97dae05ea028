package dev.brigade.async;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Coroutines as virtual threads that pass a baton, with the loop itself a virtual thread. Public
/// API only, about four times slower a switch than [SchedulerCarrier], and the same order.
///
/// A coroutine that blocks keeps the baton, so the loop stands still, as it must. It cannot be
/// lifted: nothing tells the loop that the thread is blocked.
final class BatonCarrier implements Carrier {
  @Override
  public String name() {
    return "baton";
  }

  @Override
  public Strand strand(EventLoop loop) {
    return new BatonStrand(loop);
  }

  @Override
  public Thread loopThread(String name, Runnable body) {
    return Thread.ofVirtual().name(name).unstarted(body);
  }

  /// Carries one task.
  private static final class BatonStrand extends Strand implements Runnable {
    private final EventLoop loop;
    private @Nullable Task<?> task;
    private @Nullable Thread thread;
    private boolean started;
    private volatile boolean mine;
    private volatile boolean ended;

    BatonStrand(EventLoop loop) {
      this.loop = loop;
    }

    @Override
    void carry(Task<?> task) {
      this.task = task;
      thread = Thread.ofVirtual().name(task.name()).unstarted(this);
      running(task);
    }

    @Override
    public void run() {
      Running.become(this);
      try {
        if (task != null) task.body();
      } finally {
        running(null);
        ended = true;
        mine = false;
        LockSupport.unpark(loop.thread());
      }
    }

    @Override
    boolean resume() {
      mine = true;
      if (started) {
        LockSupport.unpark(thread);
      } else {
        started = true;
        thread().start();
      }
      boolean interrupted = false;
      while (mine) {
        LockSupport.park(this);
        // park returns at once while an interrupt is pending.
        if (mine && Thread.interrupted()) interrupted = true;
      }
      if (interrupted) Thread.currentThread().interrupt();
      return true;
    }

    @Override
    void suspend() {
      mine = false;
      LockSupport.unpark(loop.thread());
      boolean interrupted = false;
      try {
        while (!mine) {
          LockSupport.park(this);
          // park returns at once while an interrupt is pending.
          if (!mine && Thread.interrupted()) interrupted = true;
        }
      } catch (VirtualMachineError e) {
        // The stack was too deep to be put aside, and the baton is with the loop already: hold this
        // thread until it is back.
        while (!mine) Thread.onSpinWait();
        throw e;
      }
      if (interrupted) Thread.currentThread().interrupt();
    }

    @Override
    Thread thread() {
      if (thread == null) throw new IllegalStateException("the strand carries no task yet");
      return thread;
    }

    @Override
    boolean isSpare() {
      return false;
    }

    @Override
    void retire() {}

    @Override
    boolean hasEnded() {
      return ended;
    }

    @Override
    void lift() {}

    /// Its thread is not the loop's: a pinned one only occupies one of the JDK's carriers.
    @Override
    void pinned() {}
  }
}
