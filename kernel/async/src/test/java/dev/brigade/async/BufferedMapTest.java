package dev.brigade.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `map` with a buffer: items without end, and never more jobs than the buffer holds.
@Timeout(60)
final class BufferedMapTest {
  private final AtomicInteger looked = new AtomicInteger();

  /// 0, 1, 2 and so on for ever; counts how many were looked at.
  private Stream<Integer> numbers() {
    return Stream.generate(looked::getAndIncrement);
  }

  @Test
  void theResultsComeInOrderWhateverTheBuffer() {
    for (JobPool pool : List.of(new ThreadPool(3), new VirtualThreadPool(), new ProcessPool(2))) {
      try (pool) {
        for (Integer buffer : new Integer[] {1, 2, 4, 8, null}) {
          assertThat(pool.map(n -> n * n, List.of(0, 1, 2, 3), null, buffer))
              .containsExactly(0, 1, 4, 9);
        }
      }
    }
  }

  @Test
  void aChunkIsOneJobOfTheBuffer() {
    try (var pool = new ProcessPool(1)) {
      Iterable<Integer> items = numbers()::iterator;
      Iterator<Integer> results = pool.map(n -> n + 1, items, 3, null, 2).iterator();
      assertThat(looked).hasValue(6);
      assertThat(results.next()).isEqualTo(1);
      assertThat(looked).hasValue(9);
      assertThat(results.next()).isEqualTo(2);
      assertThat(looked).hasValue(9);
      assertThat(pool.map(n -> n + 1, List.of(1, 2, 3, 4, 5), 2, null, 1))
          .containsExactly(2, 3, 4, 5, 6);
    }
  }

  @Test
  void itemsWithoutEndAreLookedAtAsResultsAreTaken() {
    try (var pool = new ThreadPool(2)) {
      BufferedResults<Integer> results = pool.map(n -> n + 1, numbers(), null, 4);
      assertThat(looked).hasValue(4);
      assertThat(results).hasToString("<BufferedResults, 0 results were there>");
      assertThat(results.stream().limit(3)).containsExactly(1, 2, 3);
      assertThat(looked).hasValue(7);
      assertThat(results).hasToString("<BufferedResults, 3 results were there>");
    }
    assertThat(looked).hasValue(7);
  }

  @Test
  void nothingIsHandedInWhileTheNextResultIsWaitedFor() {
    var seen = new AtomicInteger();
    Thread taker = Thread.currentThread();
    try (var pool = new VirtualThreadPool()) {
      Iterator<Integer> results =
          pool.map(
                  n -> {
                    if (n > 0) return n;
                    while (taker.getState() != Thread.State.WAITING) Thread.onSpinWait();
                    seen.set(looked.get());
                    return n;
                  },
                  numbers(),
                  null,
                  2)
              .iterator();
      assertThat(results.next()).isZero();
      assertThat(seen).hasValue(2);
      assertThat(looked).hasValue(3);
    }
  }

  @Test
  void theFirstErrorEndsTheResultsAndCancelsWhatHasNotBegun() {
    var ran = new ArrayList<Integer>();
    try (var pool = new ThreadPool(1)) {
      var gate = new CountDownLatch(1);
      Iterator<Integer> results =
          pool.map(
                  n -> {
                    ran.add(n);
                    if (n == 2) gate.await();
                    if (n == 1) throw new IOException("no gas");
                    return n;
                  },
                  numbers(),
                  null,
                  4)
              .iterator();
      assertThat(results.next()).isZero();
      assertThatThrownBy(results::next).isInstanceOf(IOException.class).hasMessage("no gas");
      assertThat(results.hasNext()).isFalse();
      gate.countDown();
    }
    assertThat(looked).hasValue(5);
    assertThat(ran).startsWith(0, 1).doesNotContain(3, 4);
  }

  @Test
  void aTimeLimitCountsFromTheCall() {
    try (var pool = new ThreadPool(1)) {
      var gate = new CountDownLatch(1);
      Iterator<Integer> results =
          pool.map(
                  n -> {
                    gate.await();
                    return n;
                  },
                  numbers(),
                  Duration.ofMillis(1),
                  2)
              .iterator();
      assertThatThrownBy(results::next)
          .isInstanceOf(TimeoutError.class)
          .hasMessage("0 results were there within 1 ms");
      assertThat(results.hasNext()).isFalse();
      gate.countDown();
    }
  }

  @Test
  void whoStopsBeforeTheEndCancelsTheRest() {
    var ran = new AtomicInteger();
    try (var pool = new ThreadPool(1)) {
      var gate = new CountDownLatch(1);
      var begun = new CountDownLatch(1);
      BufferedResults<Integer> results =
          pool.map(
              n -> {
                begun.countDown();
                gate.await();
                return ran.incrementAndGet();
              },
              numbers(),
              null,
              3);
      begun.await();
      results.cancel();
      gate.countDown();
      assertThat(results.iterator().hasNext()).isFalse();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(ran).hasValue(1);
  }

  @Test
  void aPoolThatIsShutDownGivesWhatIsInTheBufferAndThenSaysSo() {
    BufferedResults<Integer> results;
    try (var pool = new ThreadPool(1)) {
      results = pool.map(n -> n, numbers(), null, 2);
    }
    Iterator<Integer> iterator = results.iterator();
    assertThat(iterator.next()).isZero();
    assertThat(iterator.next()).isEqualTo(1);
    assertThat(iterator.hasNext()).isTrue();
    assertThatThrownBy(iterator::next)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("shut down");
    assertThat(iterator.hasNext()).isFalse();
  }

  @Test
  void anErrorOfTheItemsComesAfterTheResultsBeforeIt() {
    try (var pool = new ThreadPool(1)) {
      Stream<Integer> items =
          numbers().peek(n -> assertThat(n).withFailMessage("item " + n).isLessThan(3));
      Iterator<Integer> results = pool.map(n -> n, items, null, 2).iterator();
      assertThat(List.of(results.next(), results.next(), results.next())).containsExactly(0, 1, 2);
      assertThatThrownBy(results::next).isInstanceOf(AssertionError.class).hasMessage("item 3");
    }
  }

  @Test
  void aBufferHoldsAtLeastOneResult() {
    try (var pool = new ThreadPool(1)) {
      for (int buffer : new int[] {0, -1}) {
        assertThatThrownBy(() -> pool.map(n -> n, List.of(1), null, buffer))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("at least 1")
            .hasMessageContaining("given " + buffer);
      }
    }
  }

  @Test
  void bufferedResultsAreGoneThroughOnce() {
    try (var pool = new ThreadPool(1)) {
      BufferedResults<Integer> results = pool.map(n -> n, List.of(1, 2), null, 1);
      assertThat(results.stream()).containsExactly(1, 2);
      assertThatThrownBy(results::iterator)
          .isInstanceOf(MisuseError.class)
          .hasMessageContaining("stream().toList()");
    }
  }
}
