package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// What woven code does where cells start threads of their own: a virtual clock knows of them, and
/// the log has their beginning and end. Nothing for learners.
public final class WovenThreads {
  /// The body of a thread: its end is logged, and it gives the [Gil] back.
  public static @Nullable Runnable body(@Nullable Runnable body) {
    if (body == null) return null;
    return () -> {
      Throwable thrown = null;
      try {
        body.run();
      } catch (Throwable t) { // seen, and passed on
        thrown = t;
        throw t;
      } finally {
        ended(thrown);
        Gil.leave();
      }
    };
  }

  private static void ended(@Nullable Throwable thrown) {
    EventLoop loop = Running.clockLoop();
    if (loop != null) loop.trace().threadEnded(Thread.currentThread(), thrown);
  }

  /// Starts a thread.
  public static void start(Thread thread) {
    WovenTime.starts(thread);
    EventLoop loop = Running.clockLoop();
    if (loop == null || !loop.trace().isOn() || thread.getState() != Thread.State.NEW) {
      thread.start();
      return;
    }
    loop.trace().threadStarted(thread);
    thread.start();
    follow(thread, loop.trace());
  }

  /// Not every thread has a body of ours, or knows its loop: one that was made elsewhere.
  private static void follow(Thread thread, LoopTrace trace) {
    Thread.ofVirtual()
        .name("thread-end")
        .inheritInheritableThreadLocals(false)
        .start(
            () -> {
              try {
                thread.join();
                trace.threadEnded(thread, null);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // nobody does
              }
            });
  }

  private WovenThreads() {}
}
