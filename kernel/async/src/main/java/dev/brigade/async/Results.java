package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `pool.map(function, items)` gives: the results in the order of the items, each waited for
/// when it is reached.
///
/// Iterating blocks the calling thread; each iterator begins at the first result, and ends with the
/// first error.
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
    return new ResultIterator<>(new All(), limit, begin);
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

  private final class All implements ResultIterator.Source<R> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < chunks.size();
    }

    @Override
    public PoolFuture<? extends List<R>> next() {
      return chunks.get(next++);
    }

    @Override
    public void given() {}

    @Override
    public void cancelRest() {
      for (PoolFuture<?> each : chunks.subList(next, chunks.size())) each.cancel(false);
      next = chunks.size();
    }

    @Override
    public String progress() {
      return done() + " of " + size() + " results were there";
    }
  }

  @Override
  public String toString() {
    return "<Results " + done() + " of " + size() + " done>";
  }
}
