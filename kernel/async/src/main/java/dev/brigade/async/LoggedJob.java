package dev.brigade.async;

import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/// A job in the log of the loop whose work it is, from the hand-over to the end of its code.
///
/// There is none for a job that is handed over while nobody listens, or for no loop: one look.
final class LoggedJob {
  // What the calling thread runs.
  private static final ThreadLocal<@Nullable LoggedJob> CURRENT = new ThreadLocal<>();

  private final EventLoop loop;
  private final long number;
  // Whether the executor may have handed it on to another, which logs it as well: what runs inside
  // a job in the same thread is that job then.
  private final boolean delegated;
  private volatile boolean away;

  /// A thread that runs one.
  ///
  /// @param outer what it has interrupted for that: a thread of a fork-join pool that waits for a
  ///     job runs another meanwhile
  private record Begun(@Nullable LoggedJob outer) {}

  private LoggedJob(EventLoop loop, long number, Object executor) {
    this.loop = loop;
    this.number = number;
    this.delegated =
        switch (executor) {
          case JobPool _, ThreadPoolExecutor _, ForkJoinPool _, String _ -> false;
          default -> true;
        };
  }

  /// The calling thread is about to hand a job over.
  ///
  /// @param executor who gets it, or what it is called
  static @Nullable LoggedJob submitted(Object executor) {
    EventLoop loop = Running.clockLoop();
    if (loop == null || !loop.trace().isOn()) return null;
    long number = loop.nextJob();
    loop.trace().jobSubmitted(number, executor);
    return new LoggedJob(loop, number, executor);
  }

  /// As [#submitted(Object)], for a pool of ours.
  ///
  /// @return null also where the job logs itself
  static @Nullable LoggedJob submitted(JobPool pool, Runnable work) {
    if (work instanceof ExecutorBridge<?>) return null;
    LoggedJob job = submitted(pool);
    if (!(work instanceof ThreadFuture<?> future)) return job;
    future.logAs(job);
    return null;
  }

  long number() {
    return number;
  }

  /// The calling thread begins to run its code.
  ///
  /// @return what [#ended] is to be given; null if it runs inside a job that is in the log
  @Nullable Object began() {
    LoggedJob outer = CURRENT.get();
    if (outer != null && delegated) return null;
    CURRENT.set(this);
    loop.trace().jobStarted(number, null);
    return new Begun(outer);
  }

  /// Its code has ended, or the calling thread has run it once of many times.
  void ended(@Nullable Object began, @Nullable Throwable thrown) {
    if (!(began instanceof Begun begun)) return;
    if (begun.outer == null) CURRENT.remove();
    else CURRENT.set(begun.outer);
    loop.trace().jobEnded(number, thrown);
  }

  /// Another process is given its code.
  ///
  /// @param worker what the process is called in its pool
  void beganIn(String worker, long pid) {
    away = true;
    // The system numbers processes as it likes, and a log of virtual time is the same every time.
    String name = loop.clock().isVirtual() ? worker : worker + " (pid " + pid + ")";
    loop.trace().jobStarted(number, name);
  }

  /// The outcome has come from the other process.
  void endedThere(@Nullable Throwable thrown) {
    if (!away) return;
    away = false;
    loop.trace().jobEnded(number, thrown);
  }

  /// Runs its code.
  <T> T call(Callable<T> code) throws Exception {
    Object began = began();
    Throwable thrown = null;
    try {
      return code.call();
    } catch (Throwable t) { // seen, and passed on
      thrown = t;
      throw t;
    } finally {
      ended(began, thrown);
    }
  }

  /// Runs its code, which may keep its error to itself.
  void run(Runnable work) {
    Object began = began();
    Throwable thrown = null;
    try {
      work.run();
      thrown = kept(work);
    } catch (Throwable t) { // seen, and passed on
      thrown = t;
      throw t;
    } finally {
      ended(began, thrown);
    }
  }

  private static @Nullable Throwable kept(Runnable work) {
    return work instanceof Future<?> future && future.state() == Future.State.FAILED
        ? future.exceptionNow()
        : null;
  }
}
