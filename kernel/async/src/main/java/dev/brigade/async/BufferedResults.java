package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What `pool.map(function, items, limit, buffer)` gives: the results in the order of the items,
/// which may have no end. Python: the iterator of `Executor.map(buffersize=)`.
///
/// Taking a result blocks the calling thread until it is there, and hands the next item in. The
/// results can be taken once, by one thread at a time; the first error ends them. Items that cannot
/// be handed in any more, because the pool was shut down, are an error after the last result.
public final class BufferedResults<R> implements Iterable<R> {
  private final ResultIterator.Source<R> jobs;
  private final Iterator<R> iterator;
  private boolean taken;

  /// @param submit hands an item in
  <A> BufferedResults(
      Iterator<? extends A> items,
      Function<A, PoolFuture<List<R>>> submit,
      @Nullable Duration limit,
      @Nullable Integer buffer) {
    if (buffer != null && buffer < 1) {
      throw new IllegalArgumentException(
          "a buffer holds at least 1 result, and it was given "
              + buffer
              + "; null hands in everything at once");
    }
    long begin = WovenTime.nanoTime();
    jobs = new Feed<>(items, submit, buffer == null ? Integer.MAX_VALUE : buffer);
    iterator = new ResultIterator<>(jobs, limit, begin);
  }

  /// The results, once.
  ///
  /// @throws MisuseError they were asked for before
  @Override
  public Iterator<R> iterator() {
    if (taken) {
      throw new MisuseError(
          "buffered results are not kept, so they can be gone through once: keep them yourself."
              + "\n  wrong: for (var each : results) ...; for (var each : results) ..."
              + "\n  right: var list = results.stream().toList();");
    }
    taken = true;
    return iterator;
  }

  /// The results as a stream, which can be cut: `results.stream().limit(10).toList()`. Once.
  public Stream<R> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED), false);
  }

  /// Hands nothing in any more, and cancels the jobs that have not begun. The iterator ends. For
  /// whoever stops before the end. Python: `close()` of the iterator.
  public void cancel() {
    jobs.cancelRest();
  }

  /// Hands the items in, as many as the buffer takes.
  private static final class Feed<A, R> implements ResultIterator.Source<R> {
    private final Iterator<? extends A> items;
    private final Function<A, PoolFuture<List<R>>> submit;
    private final int buffer;
    private final ArrayDeque<PoolFuture<List<R>>> handedIn = new ArrayDeque<>();
    private long given;
    private boolean cancelled;
    // What kept the next item from being handed in: an error that comes after the results.
    private @Nullable Throwable refused;

    Feed(Iterator<? extends A> items, Function<A, PoolFuture<List<R>>> submit, int buffer) {
      this.items = items;
      this.submit = submit;
      this.buffer = buffer;
      fill();
    }

    private void fill() {
      while (handedIn.size() < buffer && items.hasNext()) {
        handedIn.addLast(submit.apply(items.next()));
      }
    }

    @Override
    public boolean hasNext() {
      return !handedIn.isEmpty() || refused != null;
    }

    @Override
    public PoolFuture<List<R>> next() {
      PoolFuture<List<R>> next = handedIn.poll();
      if (next != null) return next;
      Throwable error = refused;
      refused = null;
      throw error == null ? new NoSuchElementException() : Throwing.asIs(error);
    }

    @Override
    public void given() {
      given++;
      if (cancelled || refused != null) return;
      try {
        fill();
      } catch (RuntimeException | Error e) { // of the items, or of a pool that was shut down
        refused = e;
      }
    }

    @Override
    public void cancelRest() {
      cancelled = true;
      refused = null;
      handedIn.forEach(each -> each.cancel(false));
      handedIn.clear();
    }

    @Override
    public String progress() {
      return given + (given == 1 ? " result was" : " results were") + " there";
    }
  }

  @Override
  public String toString() {
    return "<BufferedResults, " + jobs.progress() + ">";
  }
}
