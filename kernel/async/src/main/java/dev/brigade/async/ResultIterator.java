package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Waits for the jobs of a map one after the other. The first error ends it, and cancels what has
/// not begun. For one thread.
final class ResultIterator<R> implements Iterator<R> {
  /// The jobs, each of which gives some results.
  interface Source<R> {
    boolean hasNext();

    PoolFuture<? extends List<R>> next();

    /// The results of the last one are there.
    void given();

    void cancelRest();

    /// How far it has come, for a person.
    String progress();
  }

  private final Source<R> source;
  private final @Nullable Duration limit;
  private final long begin;
  private final List<R> ready = new ArrayList<>();
  private int taken;

  /// @param limit for all results together, or null
  /// @param begin when its time began
  ResultIterator(Source<R> source, @Nullable Duration limit, long begin) {
    this.source = source;
    this.limit = limit;
    this.begin = begin;
  }

  @Override
  public boolean hasNext() {
    return taken < ready.size() || source.hasNext();
  }

  @Override
  public R next() {
    while (taken == ready.size()) {
      if (!source.hasNext()) throw new NoSuchElementException("all results were taken");
      ready.clear();
      taken = 0;
      ready.addAll(await(source.next()));
      source.given();
    }
    return ready.get(taken++);
  }

  private List<R> await(PoolFuture<? extends List<R>> future) {
    try {
      if (limit == null || future.isDone()) return FutureBridge.resultNow(future);
      long left = limit.toNanos() - (WovenTime.nanoTime() - begin);
      return future.get(left, TimeUnit.NANOSECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      String progress = source.progress();
      cancelRest(future);
      throw new TimeoutError(progress + " within " + limit.toMillis() + " ms");
    } catch (Throwable t) { // the job's own error: the rest is not wanted any more
      cancelRest(future);
      Throwable thrown = FutureBridge.unwrap(t);
      throw Throwing.asIs(thrown == null ? t : thrown);
    }
  }

  private void cancelRest(PoolFuture<?> current) {
    current.cancel(false);
    source.cancelRest();
  }
}
