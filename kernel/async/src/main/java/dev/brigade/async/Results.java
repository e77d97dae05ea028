package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What `pool.map(function, items)` gives: the results in the order of the items, each waited for
/// when it is reached.
///
/// Iterating blocks the calling thread; each iterator begins at the first result.
public final class Results<R> implements Iterable<R> {
  private final List<? extends PoolFuture<? extends List<R>>> chunks;
  private final List<Integer> sizes;
  private final @Nullable Duration limit;
  private final long begin = WovenTime.nanoTime();

  /// @param chunks each gives some results
  /// @param sizes how many
  Results(
      List<? extends PoolFuture<? extends List<R>>> chunks,
      List<Integer> sizes,
      @Nullable Duration limit) {
    this.chunks = chunks;
    this.sizes = sizes;
    this.limit = limit;
  }

  @Override
  public Iterator<R> iterator() {
    return new InOrder();
  }

  /// All results. Blocks until the last is there.
  public List<R> toList() {
    var all = new ArrayList<R>(size());
    for (R each : this) all.add(each);
    return all;
  }

  /// How many results there will be.
  public int size() {
    return sizes.stream().mapToInt(Integer::intValue).sum();
  }

  private int done() {
    int done = 0;
    for (int i = 0; i < chunks.size(); i++) if (chunks.get(i).isDone()) done += sizes.get(i);
    return done;
  }

  private final class InOrder implements Iterator<R> {
    private final List<R> ready = new ArrayList<>();
    private int taken;
    private int chunk;

    @Override
    public boolean hasNext() {
      return taken < ready.size() || chunk < chunks.size();
    }

    @Override
    public R next() {
      while (taken == ready.size()) {
        if (chunk == chunks.size()) throw new NoSuchElementException("all results were taken");
        ready.clear();
        taken = 0;
        ready.addAll(await(chunks.get(chunk++)));
      }
      return ready.get(taken++);
    }

    private List<R> await(PoolFuture<? extends List<R>> future) {
      try {
        if (limit == null || future.isDone()) return FutureBridge.resultNow(future);
        long left = limit.toNanos() - (WovenTime.nanoTime() - begin);
        return future.get(left, TimeUnit.NANOSECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        cancelRest();
        throw new TimeoutError(
            done() + " of " + size() + " results were there within " + limit.toMillis() + " ms");
      } catch (Throwable t) { // the job's own error: the rest is not wanted any more
        cancelRest();
        Throwable thrown = FutureBridge.unwrap(t);
        throw Throwing.asIs(thrown == null ? t : thrown);
      }
    }

    private void cancelRest() {
      for (PoolFuture<?> each : chunks.subList(chunk - 1, chunks.size())) each.cancel(false);
    }
  }

  @Override
  public String toString() {
    return "<Results " + done() + " of " + size() + " done>";
  }
}
