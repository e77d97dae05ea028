package dev.brigade.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Waiting for several pool futures in the calling thread, which blocks. The same future given
/// twice counts once.
final class PoolWaits {
  private final LinkedBlockingQueue<PoolFuture<?>> ended = new LinkedBlockingQueue<>();
  private final long deadline;
  private final boolean limited;

  private PoolWaits(Collection<? extends PoolFuture<?>> futures, @Nullable Duration limit) {
    limited = limit != null;
    deadline = limit == null ? 0 : WovenTime.nanoTime() + limit.toNanos();
    for (PoolFuture<?> each : futures) {
      var _ = each.whenComplete((_, _) -> ended.add(each));
    }
  }

  /// Waits until enough of them are done, or the time is up, which is no error.
  static <F extends PoolFuture<?>> PoolFuture.Waited<F> until(
      Collection<F> futures, @Nullable Duration limit, Predicate<F> enough) {
    var pending = new LinkedHashSet<>(futures);
    var done = new LinkedHashSet<F>();
    boolean goOn = !moveDone(pending, done, enough);
    var waits = new PoolWaits(pending, limit);
    while (goOn && !pending.isEmpty() && waits.next() != null) {
      goOn = !moveDone(pending, done, enough);
    }
    return new PoolFuture.Waited<>(
        Collections.unmodifiableSet(done), Collections.unmodifiableSet(pending));
  }

  private static <F extends PoolFuture<?>> boolean moveDone(
      Set<F> pending, Set<F> done, Predicate<F> enough) {
    boolean isEnough = false;
    for (F each : List.copyOf(pending)) {
      if (!each.isDone()) continue;
      pending.remove(each);
      done.add(each);
      isEnough |= enough.test(each);
    }
    return isEnough;
  }

  static boolean hasFailed(PoolFuture<?> future) {
    return future.isCompletedExceptionally() && !future.isCancelled();
  }

  /// The next one that is done, or null when the time is up.
  private @Nullable PoolFuture<?> next() {
    EventLoop loop = Running.loop();
    VirtualWork work = loop == null ? null : loop.engine().virtualWork();
    if (work != null) advance(work);
    try {
      if (!limited) return ended.take();
      long left = deadline - WovenTime.nanoTime();
      return ended.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw Throwing.asIs(e);
    }
  }

  private void advance(VirtualWork work) {
    while (ended.isEmpty() && work.advance(limited ? deadline : Long.MAX_VALUE)) {
      if (limited && WovenTime.nanoTime() >= deadline) return;
    }
  }

  /// Each future when it is done.
  static <F extends PoolFuture<?>> Iterable<F> asCompleted(
      Collection<F> futures, @Nullable Duration limit) {
    var all = new ArrayList<>(new LinkedHashSet<>(futures));
    return () -> new InOrderOfEnd<>(all, new PoolWaits(all, limit));
  }

  private static final class InOrderOfEnd<F extends PoolFuture<?>> implements Iterator<F> {
    private final List<F> all;
    private final PoolWaits waits;
    private int given;

    InOrderOfEnd(List<F> all, PoolWaits waits) {
      this.all = all;
      this.waits = waits;
    }

    @Override
    public boolean hasNext() {
      return given < all.size();
    }

    @Override
    @SuppressWarnings("unchecked") // only what was given comes back
    public F next() {
      if (!hasNext()) throw new NoSuchElementException("all futures were given");
      PoolFuture<?> next = waits.next();
      if (next == null) {
        throw new TimeoutError(
            (all.size() - given) + " of " + all.size() + " futures were not done in time");
      }
      given++;
      return (F) next;
    }
  }
}
