package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Pools under a virtual clock: real threads, one at a time, always in the same order.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class VirtualPoolTest {
  private final Program program;

  VirtualPoolTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static void sleepSeconds(double seconds) throws InterruptedException {
    WovenTime.sleep((long) (seconds * 1e9));
  }

  private void stepAt(String what) {
    program.step(what + " at " + WovenTime.nanoTime() / 1e9);
  }

  private Void work(String name, double seconds) throws InterruptedException {
    stepAt(name + " begins");
    sleepSeconds(seconds);
    stepAt(name + " ends");
    return Actions.nothing();
  }

  @Test
  void jobsSleepOnTheVirtualClockAndOverlapUpToTheLimit() {
    program.run(
        () -> {
          var pool = new ThreadPool(2);
          EventLoop loop = eventLoop();
          await(
              gather(
                  loop.runInExecutor(pool, () -> work("a", 3)),
                  loop.runInExecutor(pool, () -> work("b", 1)),
                  loop.runInExecutor(pool, () -> work("c", 1))));
          pool.close();
          stepAt("all");
        });
    assertThat(program.trail())
        .containsExactly(
            "a begins at 0.0",
            "b begins at 0.0",
            "b ends at 1.0",
            "c begins at 1.0",
            "c ends at 2.0",
            "a ends at 3.0",
            "all at 3.0");
  }

  @Test
  void theLoopGoesOnBesideSleepingJobs() {
    program.run(
        () -> {
          Task<Void> job = createTask(toThread(() -> work("job", 1.5)));
          for (int i = 0; i < 2; i++) {
            await(sleep(1));
            stepAt("loop");
          }
          await(job);
        });
    assertThat(program.trail())
        .containsExactly("job begins at 0.0", "loop at 1.0", "job ends at 1.5", "loop at 2.0");
  }

  @Test
  void manyJobsRunInTheSameOrderEveryTime() {
    List<String> first = null;
    for (int round = 0; round < 5; round++) {
      List<String> trail = manyJobs();
      if (first == null) first = trail;
      assertThat(trail).isEqualTo(first);
    }
    assertThat(first).hasSize(60);
  }

  private List<String> manyJobs() {
    var trail = new ArrayList<String>();
    program.run(
        () -> {
          var pool = new ThreadPool(4, "cooks");
          EventLoop loop = eventLoop();
          var jobs = new ArrayList<Promise<Void>>();
          for (int i = 0; i < 20; i++) {
            int number = i;
            jobs.add(
                loop.runInExecutor(
                    pool,
                    () -> {
                      String thread = Thread.currentThread().getName();
                      trail.add(thread + " begins " + number);
                      sleepSeconds(0.1 * (number % 3));
                      trail.add(thread + " goes on with " + number);
                      sleepSeconds(0.1 * (number % 2));
                      trail.add(thread + " ends " + number + " at " + WovenTime.nanoTime());
                    }));
          }
          await(gather(jobs));
          pool.close();
        });
    return trail;
  }

  @Test
  void timeStandsStillWhileAJobIsAtWork() {
    program.run(
        () -> {
          var spins = new AtomicInteger();
          Task<Void> ticking =
              createTask(
                  async(
                      () -> {
                        await(sleep(0.001));
                        stepAt("tick");
                      }));
          await(
              toThread(
                  () -> {
                    for (int i = 0; i < 3_000_000; i++) spins.incrementAndGet();
                    stepAt("worked");
                  }));
          await(ticking);
        });
    assertThat(program.trail()).containsExactly("worked at 0.0", "tick at 0.001");
  }

  @Test
  void sleepingInACoroutineDelaysTheLoopOnItsClock() {
    program.run(
        () -> {
          Task<Void> late =
              createTask(
                  async(
                      () -> {
                        await(sleep(0.5));
                        stepAt("late");
                      }));
          await(sleep(0));
          Task<Void> job = createTask(toThread(() -> work("job", 0.3)));
          await(sleep(0.1));
          sleepSeconds(1);
          stepAt("slept");
          await(late);
          await(job);
        });
    assertThat(program.trail())
        .containsExactly("job begins at 0.0", "job ends at 0.3", "slept at 1.1", "late at 1.1");
  }

  @Test
  void aJobThatWaitsForTheLoopLetsTimeGoOn() {
    program.run(
        () -> {
          var gate = new CountDownLatch(1);
          Task<Void> job =
              createTask(
                  toThread(
                      () -> {
                        gate.await();
                        stepAt("opened");
                      }));
          await(sleep(2));
          gate.countDown();
          await(job);
        });
    assertThat(program.trail()).containsExactly("opened at 2.0");
  }

  @Test
  void waitingForAJobInACoroutineLetsItSleep() throws Exception {
    program.run(
        () -> {
          try (var pool = new ThreadPool(1)) {
            PoolFuture<Integer> future =
                pool.submit(
                    () -> {
                      sleepSeconds(3);
                      return 5;
                    });
            program.step(future.get());
            stepAt("got");
            assertThat(pool.map(n -> n * n, List.of(1, 2))).containsExactly(1, 4);
            pool.submit(() -> sleepSeconds(2));
          }
          stepAt("closed");
        });
    assertThat(program.trail()).containsExactly("5", "got at 3.0", "closed at 5.0");
  }

  @Test
  void aFutureAndWhatDependsOnItCanBeAwaited() {
    program.run(
        () -> {
          try (var pool = new VirtualThreadPool()) {
            program.step(
                await(
                    pool.submit(
                            () -> {
                              sleepSeconds(1);
                              return Thread.currentThread().isVirtual();
                            })
                        .thenApply(String::valueOf)));
            stepAt("awaited");
          }
        });
    assertThat(program.trail()).containsExactly("true", "awaited at 1.0");
  }

  @RepeatedTest(300)
  void anInterruptEndsAVirtualSleep() {
    program.run(
        () -> {
          try (var pool = new ThreadPool(1)) {
            PoolFuture<Void> job =
                pool.submit(
                    () -> {
                      try {
                        sleepSeconds(10);
                      } catch (InterruptedException e) {
                        stepAt("interrupted");
                      }
                    });
            await(sleep(1));
            assertThat(job.isRunning()).isTrue();
            assertThat(job.cancel(false)).isFalse();
            assertThat(job.cancel(true)).isTrue();
          }
          stepAt("closed");
        });
    assertThat(program.trail()).containsExactly("interrupted at 1.0", "closed at 1.0");
  }

  @Test
  void aThreadOfTheProgramSleepsOnItsClockToo() {
    program.run(
        () -> {
          var done = new CountDownLatch(1);
          var thread =
              new Thread(
                  () -> {
                    try {
                      sleepSeconds(2);
                      stepAt("thread");
                    } catch (InterruptedException e) {
                      program.step(e);
                    }
                    done.countDown();
                  });
          WovenTime.starts(thread);
          thread.start();
          await(sleep(5));
          stepAt("loop");
          assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        });
    assertThat(program.trail()).containsExactly("thread at 2.0", "loop at 5.0");
  }

  @Test
  void theMachinesCalendarIsNotSeen() {
    program.run(
        () -> {
          await(sleep(1.5));
          program.step(java.time.Instant.ofEpochMilli(WovenTime.currentTimeMillis()));
        });
    assertThat(program.trail()).containsExactly("2000-01-01T00:00:01.500Z");
  }

  @Test
  void aPoolWhoseThreadsCannotBeginFailsItsJobsAndTimeGoesOn() {
    program.run(
        () -> {
          var pool =
              new ThreadPool(
                  1,
                  "cooks",
                  () -> {
                    throw new IllegalStateException("no apron");
                  });
          EventLoop loop = eventLoop();
          Promise<Void> first = loop.runInExecutor(pool, () -> work("a", 1));
          Promise<Void> second = loop.runInExecutor(pool, () -> work("b", 1));
          List<Settled<Void>> ends = await(gatherSettled(List.of(first, second)));
          assertThat(ends)
              .allSatisfy(end -> assertThat(end.error()).isInstanceOf(BrokenThreadPool.class));
          await(sleep(2));
          stepAt("all");
        });
    assertThat(program.trail()).containsExactly("all at 2.0");
  }

  @Test
  void jobsThatAreCancelledByAShutdownLeaveTheirTurnToOthers() {
    program.run(
        () -> {
          var pool = new ThreadPool(1);
          EventLoop loop = eventLoop();
          Promise<Void> running = loop.runInExecutor(pool, () -> work("a", 2));
          Promise<Void> waiting = loop.runInExecutor(pool, () -> work("b", 2));
          await(sleep(1));
          pool.shutdown(false, true);
          List<Settled<Void>> ends = await(gatherSettled(List.of(running, waiting)));
          assertThat(ends.get(0).isSuccess()).isTrue();
          assertThat(ends.get(1).isCancelled()).isTrue();
          stepAt("all");
        });
    assertThat(program.trail()).containsExactly("a begins at 0.0", "a ends at 2.0", "all at 2.0");
  }
}
