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
}
