package dev.brigade.async;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Coroutines as virtual threads whose scheduler is the loop.
///
/// The constructor that takes a scheduler is package-private in JDK 25 and needs
/// `--add-opens=java.base/java.lang=ALL-UNNAMED`; without it [#open()] is empty. Each strand is its
/// own scheduler object: the first runnable it is given is its own continuation, which only the
/// loop's thread runs; any other belongs to a virtual thread that user code made inside the
/// coroutine (those inherit the scheduler) and goes to the JDK's default scheduler.
final class SchedulerCarrier implements Carrier {
  // With the default stack, awaits nested 10,000 frames deep overflowed: a mounted virtual thread's
  // frames live on the loop thread's stack.
  private static final long LOOP_STACK = 16L << 20;

  private final Constructor<?> builder;
  private final Executor defaultScheduler;

  private SchedulerCarrier(Constructor<?> builder, Executor defaultScheduler) {
    this.builder = builder;
    this.defaultScheduler = defaultScheduler;
  }

  /// Empty where this JVM does not allow it.
  static Optional<SchedulerCarrier> open() {
    try {
      Constructor<?> builder =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      builder.setAccessible(true);
      Field scheduler =
          Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER");
      scheduler.setAccessible(true);
      return scheduler.get(null) instanceof Executor executor
          ? Optional.of(new SchedulerCarrier(builder, executor))
          : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "scheduler";
  }

  @Override
  public Strand strand(Task<?> task, Runnable body) {
    var strand = new LoopStrand(task, body, defaultScheduler);
    try {
      var virtual = (Thread.Builder.OfVirtual) builder.newInstance((Executor) strand);
      strand.thread = virtual.name(task.name()).unstarted(strand);
      return strand;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the JVM no longer makes virtual threads for a scheduler", e);
    }
  }

  @Override
  public Thread loopThread(String name, Runnable body) {
    return Thread.ofPlatform().name(name).daemon().stackSize(LOOP_STACK).unstarted(body);
  }

  /// One strand and its scheduler.
  private static final class LoopStrand extends Strand implements Executor, Runnable {
    private final Task<?> task;
    private final EventLoop loop;
    private final Runnable body;
    private final Executor defaultScheduler;
    private @Nullable Thread thread;
    // The first runnable given; written on the loop's thread by start().
    private @Nullable Runnable continuation;
    // True while the continuation waits to be run. Written by whoever unparks the thread.
    private volatile boolean runnable;
    // True while the coroutine is in suspend(). Handed over with the thread of control.
    private boolean suspended;
    private boolean ended;
    private volatile boolean lifted;
    private volatile boolean pinned;
    // Under lock of this: the loop went on while the strand was blocked.
    private boolean detached;

    LoopStrand(Task<?> task, Runnable body, Executor defaultScheduler) {
      this.task = task;
      this.loop = task.loop();
      this.lifted = loop.blocking() == Blocking.LOOM;
      this.body = body;
      this.defaultScheduler = defaultScheduler;
    }

    @Override
    public void run() {
      try {
        body.run();
      } finally {
        ended = true;
      }
    }

    /// The virtual thread asks to be run: on the loop's thread inside `resume`, or on whichever
    /// thread unparked it.
    @Override
    public void execute(Runnable work) {
      if (continuation == null) continuation = work;
      if (work != continuation) {
        defaultScheduler.execute(work);
        return;
      }
      runnable = true;
      if (!loop.inLoopThread()) unblocked();
    }

    private void unblocked() {
      boolean comeBack;
      synchronized (this) {
        comeBack = detached;
        detached = false;
      }
      if (comeBack) loop.resumeSoon(task);
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
}
