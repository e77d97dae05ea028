package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One job of a pool: a future that threads wait for and coroutines await. Python:
/// `concurrent.futures.Future`.
///
/// | state | next |
/// |---|---|
/// | pending | running, cancelled |
/// | running | finished; it cannot be cancelled any more, only interrupted in a pool of threads |
/// | finished, cancelled | - |
///
/// Any thread may call any method. [#get()] blocks; in a coroutine write `await(future)`.
public abstract sealed class PoolFuture<T> extends CompletableFuture<T>
    permits ThreadFuture, ProcessFuture {
  private final String name;
  // Null if nobody listened when it was handed over.
  private volatile @Nullable LoggedJob logged;
  // Guarded by this.
  private boolean begun;
  private boolean dropped;

  // In the order they were added; null when they have been called.
  private @Nullable List<Runnable> callbacks = new ArrayList<>(0);

  PoolFuture(String name) {
    this.name = name;
    var _ = whenComplete((_, _) -> callBack());
  }

  /// For example `pool-1-job-3`.
  public final String name() {
    return name;
  }

  final void logAs(@Nullable LoggedJob job) {
    logged = job;
  }

  final @Nullable LoggedJob logged() {
    return logged;
  }

  /// What it is in reports: as the log calls it, or its name.
  final String what() {
    LoggedJob job = logged;
    return job == null ? name : "job " + job.number();
  }

  /// Whether the job has begun and has not ended. It cannot be cancelled then.
  public final boolean isRunning() {
    synchronized (this) {
      return begun && !isDone();
    }
  }

  /// From now on it cannot be cancelled.
  ///
  /// @return false if it was cancelled before
  final boolean begin() {
    synchronized (this) {
      if (dropped || isDone()) return false;
      begun = true;
      return true;
    }
  }

  /// Keeps a job that has not begun from running. One that runs goes on, and the answer is false.
  ///
  /// @param mayInterrupt interrupts a job that runs in a pool of threads, and drops its outcome
  @Override
  public boolean cancel(boolean mayInterrupt) {
    boolean running;
    synchronized (this) {
      running = isRunning();
      if (running && !(mayInterrupt && canInterrupt())) return false;
      dropped |= !begun;
    }
    // First it is cancelled: what the job throws when it is interrupted is its outcome no more.
    if (!super.cancel(mayInterrupt) || !isCancelled()) return false;
    if (running) interrupt();
    return true;
  }

  /// Whether a running job hears of [#interrupt()].
  boolean canInterrupt() {
    return false;
  }

  /// Interrupts the job if it runs still.
  void interrupt() {}

  /// Calls back when it is done or cancelled: in the thread that made it so, or at once; in the
  /// order of asking. What a callback throws goes to the thread's handler of uncaught exceptions.
  /// Python: `add_done_callback`.
  public final void onDone(Consumer<? super PoolFuture<T>> callback) {
    Object errand = Running.errand();
    Runnable call = () -> call(callback, errand);
    synchronized (this) {
      if (callbacks != null) {
        callbacks.add(call);
        return;
      }
    }
    call.run();
  }

  private void call(Consumer<? super PoolFuture<T>> callback, @Nullable Object errand) {
    Object before = Running.get();
    Running.set(errand);
    try {
      callback.accept(this);
    } catch (RuntimeException | Error e) { // the others are still to be called
      Thread self = Thread.currentThread();
      self.getUncaughtExceptionHandler().uncaughtException(self, e);
    } finally {
      Running.set(before);
    }
  }

  private void callBack() {
    List<Runnable> calls;
    synchronized (this) {
      calls = callbacks == null ? List.of() : callbacks;
      callbacks = null;
    }
    calls.forEach(Runnable::run);
  }

  /// What a wait for several futures found.
  ///
  /// @param done in the order given
  /// @param pending in the order given
  public record Waited<F extends PoolFuture<?>>(Set<F> done, Set<F> pending) {}

  /// Blocks until all are done. A coroutine awaits them instead. Python: `concurrent.futures.wait`.
  ///
  /// @param limit how long at most; a passed limit is no error. Null for none
  public static <F extends PoolFuture<?>> Waited<F> waitAll(
      Collection<F> futures, @Nullable Duration limit) {
    return PoolWaits.until(futures, limit, _ -> false);
  }

  /// As [#waitAll(Collection, Duration)], until one is done or cancelled. Python:
  /// `return_when=FIRST_COMPLETED`.
  public static <F extends PoolFuture<?>> Waited<F> waitAny(
      Collection<F> futures, @Nullable Duration limit) {
    return PoolWaits.until(futures, limit, _ -> true);
  }

  /// As [#waitAll(Collection, Duration)], until one has failed, or all are done. Python:
  /// `return_when=FIRST_EXCEPTION`.
  public static <F extends PoolFuture<?>> Waited<F> waitFirstException(
      Collection<F> futures, @Nullable Duration limit) {
    return PoolWaits.until(futures, limit, PoolWaits::hasFailed);
  }

  /// The futures as they are done: `for (var f : PoolFuture.asCompleted(futures, null)) f.get();`.
  /// Blocks the calling thread between them. Python: `concurrent.futures.as_completed`.
  ///
  /// @param limit for all together, from the first step on; a [TimeoutError] comes out when it is
  ///     passed. Null for none
  public static <F extends PoolFuture<?>> Iterable<F> asCompleted(
      Collection<F> futures, @Nullable Duration limit) {
    return PoolWaits.asCompleted(futures, limit);
  }

  /// Waits for the result. Blocks the calling thread.
  ///
  /// @throws ExecutionException the job threw, the cause
  @Override
  public T get() throws InterruptedException, ExecutionException {
    advance(Long.MAX_VALUE);
    return super.get();
  }

  @Override
  public T get(long time, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    EventLoop loop = Running.loop();
    if (loop == null || loop.engine().virtualWork() == null) return super.get(time, unit);
    advance(unit.toNanos(time));
    if (!isDone()) throw new TimeoutException(name + " was not done in time");
    return super.get();
  }

  @Override
  public T join() {
    advance(Long.MAX_VALUE);
    return super.join();
  }

  /// In a coroutine under a virtual clock: lets time and other threads go on while it blocks.
  private void advance(long nanos) {
    if (isDone()) return;
    EventLoop loop = Running.loop();
    if (loop == null) return;
    VirtualWork work = loop.engine().virtualWork();
    if (work == null) return;
    long deadline = nanos == Long.MAX_VALUE ? nanos : loop.nanos() + nanos;
    while (!isDone() && loop.nanos() < deadline && work.advance(deadline)) {}
  }

  /// What depends on a job of a virtual clock does not keep that clock from jumping.
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Dependent<>();
  }

  /// A stage that depends on a job.
  static final class Dependent<U> extends CompletableFuture<U> {
    @Override
    public <V> CompletableFuture<V> newIncompleteFuture() {
      return new Dependent<>();
    }
  }

  @Override
  public String toString() {
    return "<PoolFuture " + state(begun) + " name=" + name + ending() + ">";
  }

  private String state(boolean begunNow) {
    if (isCancelled()) return "cancelled";
    return isDone() ? "finished" : begunNow ? "running" : "pending";
  }

  private String ending() {
    if (!isDone() || isCancelled()) return "";
    if (!isCompletedExceptionally()) {
      Object value = resultNow();
      return " returned " + (value == null ? "null" : value.getClass().getSimpleName());
    }
    Throwable error = exceptionNow();
    return error instanceof CancellationException
        ? ""
        : " raised " + error.getClass().getSimpleName();
  }
}
