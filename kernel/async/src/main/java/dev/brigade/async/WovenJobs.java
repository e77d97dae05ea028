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

  // Weak: a timer's task that is gone is nobody's business. Guarded by itself.
  private static final Map<TimerTask, Carried> TIMERS =
      Collections.synchronizedMap(new WeakHashMap<>());

  /// The kind of work that a parameter of a type takes, or null for none.
  public static @Nullable Class<?> kindOf(Class<?> parameter) {
    return KINDS.contains(parameter) ? parameter : null;
  }

  /// The body of a thread: it also gives the [Gil] back when it ends.
  public static @Nullable Runnable threadBody(@Nullable Runnable body) {
    if (body == null) return null;
    return () -> {
      try {
        body.run();
      } finally {
        Gil.leave();
      }
    };
  }

  public static Runnable inherit(@Nullable Object to, Runnable work) {
    Carried carried = carried(to, work);
    return carried == null
        ? work
        : () -> {
          try (var _ = carried.enter()) {
            work.run();
          }
        };
  }

  public static <T> Callable<T> inherit(@Nullable Object to, Callable<T> work) {
    Carried carried = carried(to, work);
    return carried == null
        ? work
        : () -> {
          try (var _ = carried.enter()) {
            return work.call();
          }
        };
  }

  public static <T> Supplier<T> inherit(@Nullable Object to, Supplier<T> work) {
    Carried carried = carried(to, work);
    return carried == null
        ? work
        : () -> {
          try (var _ = carried.enter()) {
            return work.get();
          }
        };
  }

  public static <A, R> Function<A, R> inherit(@Nullable Object to, Function<A, R> work) {
    Carried carried = carried(to, work);
    return carried == null
        ? work
        : a -> {
          try (var _ = carried.enter()) {
            return work.apply(a);
          }
        };
  }

  public static <A, B, R> BiFunction<A, B, R> inherit(
      @Nullable Object to, BiFunction<A, B, R> work) {
    Carried carried = carried(to, work);
    return carried == null
        ? work
        : (a, b) -> {
          try (var _ = carried.enter()) {
            return work.apply(a, b);
          }
        };
  }

  public static <A> Consumer<A> inherit(@Nullable Object to, Consumer<A> work) {
    Carried carried = carried(to, work);
    return carried == null
        ? work
        : a -> {
          try (var _ = carried.enter()) {
            work.accept(a);
          }
        };
  }

  public static <A, B> BiConsumer<A, B> inherit(@Nullable Object to, BiConsumer<A, B> work) {
    Carried carried = carried(to, work);
    return carried == null
        ? work
        : (a, b) -> {
          try (var _ = carried.enter()) {
            work.accept(a, b);
          }
        };
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
    Carried carried = carried(null, work);
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
    if (began instanceof Entered entered) entered.close();
  }

  /// Null if the work stays as it is.
  private static @Nullable Carried carried(@Nullable Object to, @Nullable Object work) {
    Origin origin = Running.origin();
    return origin == null || work == null || !isBlind(to, work)
        ? null
        : new Carried(origin, Running.errand());
  }

  /// Whether the executor cannot tell one object that does the work from another.
  private static boolean isBlind(@Nullable Object executor, Object work) {
    if (executor == null) return true;
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
  private record Carried(Origin origin, @Nullable Object slot) {
    /// @return null where the work runs at once in a coroutine, which it must stay part of
    @Nullable Entered enter() {
      if (Running.loop() != null) return null;
      var entered = new Entered(Running.enter(slot));
      WovenTime.starts(Thread.currentThread());
      return entered;
    }
  }

  /// A thread that does such work.
  private record Entered(Running.Before before) implements AutoCloseable {
    @Override
    public void close() {
      EventLoop loop = Running.clockLoop();
      VirtualWork work = loop == null ? null : loop.engine().virtualWork();
      Running.leave(before);
      // The thread goes back to a pool that the virtual clock knows nothing of.
      if (work != null) work.ended();
    }
  }

  private WovenJobs() {}
}
