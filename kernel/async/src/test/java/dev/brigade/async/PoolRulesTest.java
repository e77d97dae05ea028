package dev.brigade.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Rules of pools that no loop takes part in.
final class PoolRulesTest {

  @Test
  void aMapThatTimesOutCancelsTheJobItWaitsForToo() {
    var ran = Collections.synchronizedList(new ArrayList<String>());
    try (var pool = new ThreadPool(1)) {
      var gate = new CountDownLatch(1);
      pool.submit(
          () -> {
            gate.await();
            return ran.add("the job before");
          });
      Results<Boolean> results = pool.map(ran::add, List.of("first", "second"), Duration.ZERO);
      assertThatThrownBy(results::toList).isInstanceOf(TimeoutError.class);
      gate.countDown();
    }
    assertThat(ran).containsExactly("the job before");
  }

  @Test
  void anInterruptForTheJobBeforeDoesNotReachTheNextOne() throws Exception {
    try (var pool = new ThreadPool(1)) {
      Thread worker = pool.submit(Thread::currentThread).get();
      worker.interrupt(); // when the job has ended
      assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).get()).isFalse();
      PoolFuture<Void> deaf = pool.submit(() -> Thread.currentThread().interrupt());
      PoolFuture<Boolean> next = pool.submit(() -> Thread.currentThread().isInterrupted());
      assertThat(deaf.get()).isNull();
      assertThat(next.get()).isFalse();
    }
  }
}
