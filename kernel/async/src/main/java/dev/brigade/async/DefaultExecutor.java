package dev.brigade.async;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where a loop's jobs run that name no executor: a thread pool made for the first of them, or what
/// the program has put in its place.
final class DefaultExecutor {
  /// How long a program waits for it at its end, as CPython's `constants.THREAD_JOIN_TIMEOUT`.
  static final Duration JOIN_LIMIT = Duration.ofSeconds(300);

  private final EventLoop loop;
  // Written by the loop's thread; a host ends its loop from another.
  private volatile @Nullable Executor executor;
  private boolean refuses;
  private volatile boolean late;

  DefaultExecutor(EventLoop loop) {
    this.loop = loop;
  }

  Executor get() {
    if (refuses) {
      throw new RejectedExecutionException(
          "the default executor of this loop was shut down and takes no more jobs: name one,"
              + " loop.runInExecutor(new ThreadPool(), () -> ...)");
    }
    Executor mine = executor;
    if (mine == null) executor = mine = ThreadPool.named("default-pool");
    return mine;
  }

  void set(Executor other) {
    executor = other;
  }

  /// Takes no more jobs; returns at once. Any thread.
  void shutdown() {
    if (executor instanceof ExecutorService pool) pool.shutdown();
  }

  /// Whether there is anything to wait for at the end of a program.
  boolean isUsed() {
    return executor != null;
  }

  /// Takes no more jobs and waits until those it has have ended; the loop goes on meanwhile. The
  /// loop of a host makes a new one when the next job comes.
  ///
  /// @param limit after it, the wait ends with a notice; null for none
  Coroutine<Void> end(@Nullable Duration limit) {
    return Coroutines.of(
        "shutdownDefaultExecutor",
        () -> {
          Executor last = executor;
          if (Awaiting.promise(ended(limit)) && last instanceof ExecutorService pool) {
            // Its threads have nothing left to do but to end.
            var _ = pool.awaitTermination(1, TimeUnit.SECONDS);
          }
        });
  }

  /// As [#end(Duration)], for callbacks.
  ///
  /// @return whether its jobs have ended in time
  Promise<Boolean> ended(@Nullable Duration limit) {
    Promise<Boolean> end = new ComposedPromise<>(loop, "the end of the default executor");
    Executor last = executor;
    if (loop.isHosted()) executor = null;
    else refuses = true;
    if (!(last instanceof ExecutorService pool)) {
      end.setResult(true);
      return end;
    }
    if (limit != null) {
      Origin origin = Running.origin();
      TimerHandle timer = loop.callLater(limit, () -> giveUp(end, limit, origin));
      end.onDone(_ -> timer.cancel());
    }
    // Under a virtual clock our own threads let time go on, all others keep it.
    boolean counts =
        !(loop.clock().isVirtual()
            && (pool instanceof ThreadPool || pool instanceof VirtualThreadPool));
    if (counts) loop.engine().jobStarted();
    Runnable tell =
        () ->
            loop.callSoonThreadsafe(
                () -> {
                  if (counts) loop.engine().jobDelivered();
                  if (!end.isDone()) end.setResult(true);
                });
    pool.shutdown();
    if (pool instanceof JobPool jobs) jobs.whenQuiet(tell);
    else Thread.ofPlatform().name("default-executor-end").daemon().start(() -> wait(pool, tell));
    return end;
  }

  private static void wait(ExecutorService pool, Runnable tell) {
    try {
      while (!pool.awaitTermination(1, TimeUnit.DAYS)) {}
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever interrupts does not want to wait
    }
    tell.run();
  }

  private void giveUp(Promise<Boolean> end, Duration limit, @Nullable Origin origin) {
    if (end.isDone()) return;
    late = true;
    loop.notices().notice(new Notice.ExecutorStillBusy(origin, limit));
    end.setResult(false);
  }

  /// Waits until its threads have ended, on a thread that is in no loop any more.
  void join() {
    if (late || !(executor instanceof ExecutorService pool)) return;
    try {
      var _ = pool.awaitTermination(JOIN_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // as above
    }
  }
}
