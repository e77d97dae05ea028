package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class ExecutorTest {
  private final CarrierKind kind;
  private final Program program;

  ExecutorTest(CarrierKind kind) {
    this.kind = kind;
    program = new Program(kind);
  }

  @Test
  void blockingCodeInAPoolLeavesTheLoopFree() throws Exception {
    program.runReal(
        () -> {
          var gate = new CountDownLatch(1);
          Promise<String> blocked =
              eventLoop()
                  .runInExecutor(
                      null,
                      () -> {
                        gate.await();
                        return Thread.currentThread().getName();
                      });
          await(sleep(0));
          program.step("loop is free");
          gate.countDown();
          assertThat(await(blocked)).startsWith("default-pool-");
          return null;
        });
    assertThat(program.trail()).containsExactly("loop is free");
  }

  @Test
  void jobsOfAPoolRunAtTheSameTime() throws Exception {
    program.runReal(
        () -> {
          try (var pool = new ThreadPool(3)) {
            var meeting = new CyclicBarrier(3);
            EventLoop loop = eventLoop();
            await(
                gather(
                    loop.runInExecutor(pool, () -> meeting.await()),
                    loop.runInExecutor(pool, () -> meeting.await()),
                    loop.runInExecutor(pool, () -> meeting.await())));
          }
          return null;
        });
  }

  @Test
  void anyExecutorWorks() throws Exception {
    program.runReal(
        () -> {
          try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(
                    await(
                        eventLoop()
                            .runInExecutor(executor, () -> Thread.currentThread().isVirtual())))
                .isTrue();
          }
          return null;
        });
  }

  @Test
  void anErrorInAPoolReachesTheWaiterAsItWasThrown() throws Exception {
    program.runReal(
        () -> {
          var error = new java.io.IOException("no gas");
          assertThatThrownBy(
                  () ->
                      await(
                          toThread(
                              () -> {
                                throw error;
                              })))
              .isSameAs(error);
          return null;
        });
  }

  @Test
  void aJobCancelledBeforeItStartsNeverRuns() throws Exception {
    program.runReal(
        () -> {
          try (var pool = new ThreadPool(1)) {
            var gate = new CountDownLatch(1);
            EventLoop loop = eventLoop();
            Promise<Void> first = loop.runInExecutor(pool, () -> gate.await());
            Promise<Void> second = loop.runInExecutor(pool, () -> program.step("second"));
            second.cancel();
            await(sleep(0)); // the pool hears of it through the loop, as in asyncio
            gate.countDown();
            await(first);
            assertThatThrownBy(() -> await(second)).isInstanceOf(CancelledError.class);
          }
          return null;
        });
    assertThat(program.trail()).isEmpty();
  }

  @Test
  void aCancelledWaitLeavesTheJobOfAPoolRunningAndCancelsOneThatWaits() throws Exception {
    program.runReal(
        () -> {
          try (var pool = new ThreadPool(1)) {
            var begun = new AsyncEvent();
            EventLoop loop = eventLoop();
            var gate = new CountDownLatch(1);
            PoolFuture<String> runs =
                pool.submit(
                    () -> {
                      loop.callSoonThreadsafe(begun::set);
                      gate.await();
                      return "ran on";
                    });
            PoolFuture<String> waits = pool.submit(() -> "never");
            Task<String> first = createTask(async(() -> await(runs)));
            Task<String> second = createTask(async(() -> await(waits)));
            await(begun.await());
            first.cancel();
            second.cancel();
            assertThatThrownBy(() -> await(first)).isInstanceOf(CancelledError.class);
            assertThatThrownBy(() -> await(second)).isInstanceOf(CancelledError.class);
            assertThat(runs.isRunning()).isTrue();
            assertThat(waits).isCancelled();
            gate.countDown();
            program.step(runs.get());
          }
          return null;
        });
    assertThat(program.trail()).containsExactly("ran on");
  }

  @Test
  void jdkFuturesCanBeAwaited() throws Exception {
    program.runReal(
        () -> {
          assertThat(await(CompletableFuture.supplyAsync(() -> 1))).isEqualTo(1);
          assertThat(await(CompletableFuture.completedFuture(2))).isEqualTo(2);
          var plain = new FutureTask<>(() -> 3);
          Thread.ofPlatform().start(plain);
          assertThat(await(plain)).isEqualTo(3);
          assertThatThrownBy(
                  () ->
                      await(
                          CompletableFuture.supplyAsync(
                              () -> {
                                throw new IllegalStateException("inside");
                              })))
              .isInstanceOf(IllegalStateException.class);
          return null;
        });
  }

  @Test
  void cancellingTheWaitCancelsTheJdkFuture() throws Exception {
    program.runReal(
        () -> {
          var future = new CompletableFuture<Integer>();
          Task<Integer> task = createTask(async(() -> await(future)));
          await(sleep(0));
          task.cancel();
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
          assertThat(future).isCancelled();
          return null;
        });
  }

  @Test
  void aDeclaredExceptionCanBeCaughtByName() {
    program.run(
        () -> {
          Coroutine<String> read =
              async(
                  () -> {
                    throw new java.io.IOException("torn page");
                  });
          try {
            await(read, java.io.IOException.class);
          } catch (java.io.IOException e) {
            program.step(e.getMessage());
          }
        });
    assertThat(program.trail()).containsExactly("torn page");
  }

  @Test
  void aPoolMapsInTheOrderOfItsItems() {
    try (var pool = new ThreadPool(2)) {
      assertThat(pool.map(n -> n * n, List.of(1, 2, 3))).containsExactly(1, 4, 9);
    }
  }

  private static int answer() {
    return 42;
  }

  private static void nothing() throws java.io.IOException {}

  @Test
  void everyShapeOfLambdaAndMethodReferenceIsAJob() throws Exception {
    program.runReal(
        () -> {
          EventLoop loop = eventLoop();
          try (var pool = new ThreadPool(1)) {
            assertThat(await(loop.runInExecutor(pool, () -> answer()))).isEqualTo(42);
            assertThat(await(loop.runInExecutor(pool, ExecutorTest::answer))).isEqualTo(42);
            assertThat(
                    await(
                        loop.runInExecutor(
                            pool,
                            () -> {
                              return answer();
                            })))
                .isEqualTo(42);
            Void none = await(loop.runInExecutor(pool, () -> nothing()));
            none = await(loop.runInExecutor(pool, ExecutorTest::nothing));
            none =
                await(
                    loop.runInExecutor(
                        pool,
                        () -> {
                          nothing();
                        }));
            assertThat(none).isNull();
            assertThat(pool.submit(() -> answer()).get()).isEqualTo(42);
            assertThat(pool.submit(ExecutorTest::answer).get()).isEqualTo(42);
            assertThat(pool.submit(() -> nothing()).get()).isNull();
            assertThat(pool.submit(ExecutorTest::nothing).get()).isNull();
            Runnable runnable = () -> program.step("runnable");
            java.util.concurrent.Callable<Integer> callable = ExecutorTest::answer;
            assertThat(pool.submit(callable).get()).isEqualTo(42);
            assertThat(pool.submit(runnable).get()).isNull();
            assertThat(await(loop.runInExecutor(pool, callable))).isEqualTo(42);
            await(loop.runInExecutor(pool, runnable));
            VoidJob job = () -> program.step("job");
            await(toThread(job));
            await(toThread(callable));
          }
          return null;
        });
    assertThat(program.trail()).containsExactly("runnable", "runnable", "job");
  }

  @Test
  void aPoolReusesAnIdleThreadBeforeItMakesOne() throws Exception {
    try (var pool = new ThreadPool(8)) {
      Thread first = pool.submit(Thread::currentThread).get();
      awaitIdle(first);
      assertThat(pool.submit(Thread::currentThread).get()).isSameAs(first);
      assertThat(pool.size()).isEqualTo(1);
    }
  }

  private static void awaitIdle(Thread worker) {
    while (worker.getState() != Thread.State.WAITING) Thread.onSpinWait();
  }

  @Test
  void aClosedPoolRefusesJobs() {
    var pool = new ThreadPool(1);
    pool.close();
    assertThat(pool.isTerminated()).isTrue();
    assertThatThrownBy(() -> pool.submit(() -> 1))
        .isInstanceOf(java.util.concurrent.RejectedExecutionException.class)
        .hasMessageContaining("shut down");
  }

  @Test
  void aJobThatRunsCannotBeCancelledAndOneThatWaitsCan() throws Exception {
    try (var pool = new ThreadPool(1, "cooks")) {
      var begun = new CountDownLatch(1);
      var gate = new CountDownLatch(1);
      PoolFuture<Void> first =
          pool.submit(
              () -> {
                begun.countDown();
                gate.await();
              });
      PoolFuture<Integer> second = pool.submit(() -> 2);
      begun.await();
      assertThat(first.isRunning()).isTrue();
      assertThat(first).hasToString("<PoolFuture running name=cooks-job-1>");
      assertThat(first.cancel(false)).isFalse();
      assertThat(second).hasToString("<PoolFuture pending name=cooks-job-2>");
      assertThat(second.cancel(false)).isTrue();
      assertThat(second).isCancelled().hasToString("<PoolFuture cancelled name=cooks-job-2>");
      gate.countDown();
      assertThat(first.get()).isNull();
      assertThat(first.isRunning()).isFalse();
      assertThat(first).hasToString("<PoolFuture finished name=cooks-job-1 returned null>");
    }
  }

  @Test
  void callbacksComeInTheThreadThatEndsTheJobOrAtOnce() throws Exception {
    try (var pool = new ThreadPool(1, "cooks")) {
      var gate = new CountDownLatch(1);
      PoolFuture<Integer> future =
          pool.submit(
              () -> {
                gate.await();
                return 1;
              });
      var called = new CompletableFuture<String>();
      future.onDone(
          done -> {
            throw new IllegalStateException("a callback's own error is not the others'");
          });
      future.onDone(done -> called.complete(Thread.currentThread().getName()));
      gate.countDown();
      assertThat(called.get()).isEqualTo("cooks-1");
      Thread here = Thread.currentThread();
      future.onDone(done -> program.step(Thread.currentThread() == here));
    }
    assertThat(program.trail()).containsExactly("true");
  }

  @Test
  void mapHandsInEverythingAtOnceAndCancelsTheRestAtTheFirstError() throws Exception {
    try (var pool = new ThreadPool(1)) {
      var begin = new CountDownLatch(1);
      var third = new CountDownLatch(1);
      var end = new CountDownLatch(1);
      Results<Integer> results =
          pool.map(
              n -> {
                begin.await();
                if (n == 2) throw new java.io.IOException("no " + n);
                if (n == 3) {
                  third.countDown();
                  end.await();
                }
                program.step(n);
                return n;
              },
              List.of(1, 2, 3, 4));
      assertThat(results).hasToString("<Results 0 of 4 done>");
      begin.countDown();
      var iterator = results.iterator();
      assertThat(iterator.next()).isEqualTo(1);
      third.await();
      assertThatThrownBy(iterator::next).isInstanceOf(java.io.IOException.class);
      end.countDown();
    }
    assertThat(program.trail()).containsExactly("1", "3");
  }

  @Test
  void resultsThatAreNotThereInTimeAreATimeout() {
    try (var pool = new ThreadPool(1)) {
      var gate = new CountDownLatch(1);
      Results<Integer> results =
          pool.map(
              n -> {
                if (n == 2) gate.await();
                return n;
              },
              List.of(1, 2),
              java.time.Duration.ofMillis(1));
      assertThatThrownBy(results::toList)
          .isInstanceOf(TimeoutError.class)
          .hasMessageContaining("of 2 results");
      gate.countDown();
    }
  }

  @Test
  void aFailingInitializerBreaksThePool() throws Exception {
    var gate = new CountDownLatch(1);
    try (var pool =
        new ThreadPool(
            1,
            "cooks",
            () -> {
              gate.await();
              throw new java.io.IOException("no gas");
            })) {
      PoolFuture<Integer> first = pool.submit(() -> 1);
      PoolFuture<Integer> second = pool.submit(() -> 2);
      gate.countDown();
      assertThatThrownBy(first::get).hasCauseInstanceOf(BrokenThreadPool.class);
      assertThatThrownBy(second::get).hasCauseInstanceOf(BrokenThreadPool.class);
      assertThatThrownBy(() -> pool.submit(() -> 3))
          .isInstanceOf(BrokenThreadPool.class)
          .hasMessageContaining("no gas");
    }
  }

  @Test
  void theInitializerRunsFirstInEachThread() throws Exception {
    var ready = ThreadLocal.withInitial(() -> false);
    try (var pool = new ThreadPool(2, "cooks", () -> ready.set(true))) {
      assertThat(pool.map(n -> ready.get(), List.of(1, 2, 3))).containsOnly(true);
    }
  }

  @Test
  void shutdownMayCancelWhatHasNotBegun() throws Exception {
    var pool = new ThreadPool(1);
    var begun = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    PoolFuture<Integer> first =
        pool.submit(
            () -> {
              begun.countDown();
              gate.await();
              return 1;
            });
    PoolFuture<Integer> second = pool.submit(() -> 2);
    begun.await();
    pool.shutdown(false, true);
    gate.countDown();
    assertThat(first.get()).isEqualTo(1);
    assertThat(second).isCancelled();
    pool.close();
  }

  @Test
  void shutdownRunsWhatIsWaiting() throws Exception {
    var pool = new ThreadPool(1);
    List<PoolFuture<Integer>> futures = List.of(pool.submit(() -> 1), pool.submit(() -> 2));
    pool.close();
    assertThat(futures).allMatch(PoolFuture::isDone).noneMatch(PoolFuture::isCancelled);
  }

  @Test
  void aPoolOfVirtualThreadsNeverRunsOnTheLoop() throws Exception {
    program.runReal(
        () -> {
          try (var pool = new VirtualThreadPool()) {
            var gate = new CountDownLatch(1);
            Promise<Boolean> job =
                eventLoop()
                    .runInExecutor(
                        pool,
                        () -> {
                          gate.await();
                          return Thread.currentThread().isVirtual();
                        });
            await(sleep(0));
            gate.countDown();
            assertThat(await(job)).isTrue();
          }
          return null;
        });
  }

  @Test
  void aThreadWaitsForSeveralFutures() throws Exception {
    try (var pool = new ThreadPool(3)) {
      var gate = new CountDownLatch(1);
      PoolFuture<Integer> good = pool.submit(() -> 1);
      PoolFuture<Integer> bad =
          pool.submit(
              () -> {
                throw new java.io.IOException("no gas");
              });
      PoolFuture<Integer> late =
          pool.submit(
              () -> {
                gate.await();
                return 3;
              });
      var all = List.of(late, good, good, bad);
      var limit = java.time.Duration.ofMillis(1);
      assertThat(PoolFuture.waitAny(List.of(late, good), null).done()).containsExactly(good);
      assertThat(PoolFuture.waitFirstException(all, null).pending()).contains(late);
      assertThat(PoolFuture.waitAll(List.of(late), limit).pending()).containsExactly(late);
      assertThatThrownBy(
              () -> {
                for (var each : PoolFuture.asCompleted(all, limit)) program.step(each.isDone());
              })
          .isInstanceOf(TimeoutError.class)
          .hasMessageContaining("1 of 3 futures");
      gate.countDown();
      var ended = PoolFuture.waitAll(all, null);
      assertThat(ended.pending()).isEmpty();
      assertThat(ended.done()).hasSize(3);
      assertThat(PoolFuture.asCompleted(all, null)).containsExactlyInAnyOrder(good, bad, late);
    }
  }

  @Test
  void mapRunsItsJobsAlsoWhenNobodyLooksAtTheResults() {
    try (var pool = new ThreadPool(2)) {
      Results<Integer> _ =
          pool.map(
              n -> {
                program.step(n);
                return n;
              },
              List.of(1, 2, 3));
    }
    assertThat(program.trail()).containsExactlyInAnyOrder("1", "2", "3");
  }
}
