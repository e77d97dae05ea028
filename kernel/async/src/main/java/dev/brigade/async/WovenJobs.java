package dev.brigade.async;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TimerTask;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Work that cells hand to executors of the JDK: it runs for the [Origin] that handed it over,
/// whichever thread runs it. Nothing for learners.
///
/// Where the executor could tell the difference the work is left as it is: an executor made in a
/// cell, or one that orders its jobs. Brigade's own pools do the same by themselves.
@SuppressWarnings("overloads") // the linker picks by type, never an untyped lambda
public final class WovenJobs {
  private static final List<Class<?>> KINDS =
      List.of(
          Runnable.class,
          Callable.class,
          Supplier.class,
          Function.class,
          BiFunction.class,
          Consumer.class,
          BiConsumer.class,
          Collection.class,
          TimerTask.class);

  private static final String COMMON_POOL = "ForkJoinPool.commonPool";

  // Weak: a timer's task that is gone is nobody's business. Guarded by itself.
  private static final Map<TimerTask, Carried> TIMERS =
      Collections.synchronizedMap(new WeakHashMap<>());

  /// The kind of work that a parameter of a type takes, or null for none.
  public static @Nullable Class<?> kindOf(Class<?> parameter) {
    return KINDS.contains(parameter) ? parameter : null;
  }

  /// @param to the executor that gets it; where there is none, the name of the call, or null
  public static Runnable inherit(@Nullable Object to, Runnable work) {
    Carried carried = carried(to, work);
    return carried == null ? work : () -> carried.call(Executors.callable(work));
  }

  public static <T> Callable<T> inherit(@Nullable Object to, Callable<T> work) {
    Carried carried = carried(to, work);
    return carried == null ? work : () -> carried.call(work);
  }

  public static <T> Supplier<T> inherit(@Nullable Object to, Supplier<T> work) {
    Carried carried = carried(to, work);
    return carried == null ? work : () -> carried.call(work::get);
  }

  public static <A, R> Function<A, R> inherit(@Nullable Object to, Function<A, R> work) {
    Carried carried = carried(to, work);
    return carried == null ? work : a -> carried.call(() -> work.apply(a));
  }

  public static <A, B, R> BiFunction<A, B, R> inherit(
      @Nullable Object to, BiFunction<A, B, R> work) {
    Carried carried = carried(to, work);
    return carried == null ? work : (a, b) -> carried.call(() -> work.apply(a, b));
  }

  public static <A> Consumer<A> inherit(@Nullable Object to, Consumer<A> work) {
    Carried carried = carried(to, work);
    return carried == null ? work : a -> carried.call(Executors.callable(() -> work.accept(a)));
  }

  public static <A, B> BiConsumer<A, B> inherit(@Nullable Object to, BiConsumer<A, B> work) {
    Carried carried = carried(to, work);
    return carried == null
        ? work
        : (a, b) -> carried.call(Executors.callable(() -> work.accept(a, b)));
  }

  /// A collection of jobs, as `invokeAll` takes.
  public static <T> Collection<T> inherit(@Nullable Object to, Collection<T> work) {
    if (work == null || Running.origin() == null) return work;
    var all = new ArrayList<T>(work.size());
    for (T each : work) all.add(inheritAny(to, each));
    return all;
  }

  @SuppressWarnings("unchecked") // the same interface comes back
  private static <T> T inheritAny(@Nullable Object to, T work) {
    return work instanceof Callable<?> callable ? (T) inherit(to, callable) : work;
  }

  /// A timer's task cannot be another object, for it can be cancelled: what it runs as is kept
  /// beside it until it runs, see [#begin(TimerTask)].
  public static TimerTask inherit(@Nullable Object to, TimerTask work) {
    Carried carried = carried(to, work);
    if (carried != null) TIMERS.put(work, carried);
    return work;
  }

  /// Woven into the `run` of tasks of timers, at its beginning.
  ///
  /// @return what [#end(Object)] is to be given
  public static @Nullable Object begin(TimerTask task) {
    Carried carried = TIMERS.get(task);
    return carried == null ? null : carried.enter();
  }

  /// Woven into the `run` of tasks of timers, at its end.
  public static void end(@Nullable Object began) {
    end(null, began);
  }

  /// Woven into the `run` of tasks of timers, for when it throws.
  public static void end(@Nullable Throwable thrown, @Nullable Object began) {
    if (began instanceof Entered entered) entered.leave(thrown);
  }

  /// Null if the work stays as it is.
  private static @Nullable Carried carried(@Nullable Object to, @Nullable Object work) {
    Origin origin = Running.origin();
    if (origin == null || work == null || !isBlind(to, work)) return null;
    Object executor = executor(to);
    LoggedJob job = executor == null ? null : LoggedJob.submitted(executor);
    return new Carried(Running.errand(), job);
  }

  /// Who gets the work, for the log; null for what is no job of its own, but follows another where
  /// that ends.
  private static @Nullable Object executor(@Nullable Object to) {
    if (to == ForkJoinPool.commonPool()) return COMMON_POOL;
    if (!(to instanceof String call)) return to;
    if (call.endsWith("Async")) return COMMON_POOL;
    String type = call.substring(0, call.indexOf('.'));
    return type.equals("Timer") || type.equals("ForkJoinTask") ? type : null;
  }

  /// Whether the executor cannot tell one object that does the work from another.
  private static boolean isBlind(@Nullable Object executor, Object work) {
    if (executor == null || executor instanceof String) return true;
    Class<?> type = executor.getClass();
    if (type.getPackage() == WovenJobs.class.getPackage()) return false;
    if (work.getClass().isHidden()) return true; // a lambda: it has no other face
    boolean isJdk = type.getModule().isNamed() && type.getModule().getName().startsWith("j");
    return isJdk && !(executor instanceof ThreadPoolExecutor pool && ordersJobs(pool));
  }

  private static boolean ordersJobs(ThreadPoolExecutor pool) {
    if (pool instanceof ScheduledThreadPoolExecutor) return false; // by time, not by job
    BlockingQueue<Runnable> queue = pool.getQueue();
    return !(queue instanceof LinkedBlockingQueue
        || queue instanceof ArrayBlockingQueue
        || queue instanceof SynchronousQueue
        || queue instanceof LinkedBlockingDeque
        || queue instanceof LinkedTransferQueue);
  }

  /// Whose work it is.
  ///
  /// @param slot what the thread is to the runtime meanwhile
  /// @param job what it is in the log, if it is there
  private record Carried(@Nullable Object slot, @Nullable LoggedJob job) {
    <T> T call(Callable<T> work) {
      Entered entered = enter();
      Throwable thrown = null;
      try {
        return work.call();
      } catch (Throwable t) { // seen, and passed on as it was
        thrown = t;
        throw Throwing.asIs(t);
      } finally {
        end(thrown, entered);
      }
    }

    /// @return null where the work runs at once in a coroutine, which it must stay part of
    @Nullable Entered enter() {
      if (Running.loop() != null) return null;
      Running.Before before = Running.enter(slot);
      WovenTime.starts(Thread.currentThread());
      return new Entered(before, job, job == null ? null : job.began());
    }
  }

  /// A thread that does such work.
  private record Entered(Running.Before before, @Nullable LoggedJob job, @Nullable Object began) {
    void leave(@Nullable Throwable thrown) {
      if (job != null) job.ended(began, thrown);
      EventLoop loop = Running.clockLoop();
      VirtualWork work = loop == null ? null : loop.engine().virtualWork();
      Running.leave(before);
      // The thread goes back to a pool that the virtual clock knows nothing of.
      if (work != null) work.ended();
    }
  }

  private WovenJobs() {}
}
