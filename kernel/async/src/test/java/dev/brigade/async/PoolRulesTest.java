package dev.brigade.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  @Test
  void invokeAllWaitsForEveryJobAndCancelsWhatIsNotDoneInTime() throws Exception {
    try (var pool = new ThreadPool(1)) {
      Callable<String> bad =
          () -> {
            throw new IllegalStateException("burnt");
          };
      List<Future<String>> done = pool.invokeAll(List.of(() -> "ready", bad));
      assertThat(done)
          .extracting(Future::state)
          .containsExactly(Future.State.SUCCESS, Future.State.FAILED);
      var gate = new CountDownLatch(1);
      Callable<Void> stuck =
          () -> {
            gate.await();
            return null;
          };
      assertThat(pool.invokeAll(List.of(stuck, stuck), 0, TimeUnit.SECONDS))
          .extracting(Future::state)
          .containsOnly(Future.State.CANCELLED);
    }
  }

  @Test
  void invokeAnyGivesTheFirstResultAndCancelsTheOthers() throws Exception {
    try (var pool = new ThreadPool(2)) {
      var interrupted = new CountDownLatch(1);
      Callable<String> slow =
          () -> {
            try {
              new CountDownLatch(1).await();
              return "never";
            } catch (InterruptedException e) {
              interrupted.countDown();
              throw e;
            }
          };
      Callable<String> bad =
          () -> {
            throw new IllegalStateException("burnt");
          };
      assertThat(pool.invokeAny(List.of(slow, bad, () -> "ready"))).isEqualTo("ready");
      interrupted.await();
      assertThatThrownBy(() -> pool.invokeAny(List.of(bad)))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("burnt");
      assertThatThrownBy(() -> pool.invokeAny(List.of(slow), 0, TimeUnit.SECONDS))
          .isInstanceOf(TimeoutException.class);
    }
  }
}
