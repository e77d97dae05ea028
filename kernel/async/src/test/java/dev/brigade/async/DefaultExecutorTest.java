package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The end of the executor of jobs that name none.
@ParameterizedClass
@EnumSource(CarrierKind.class)
@Timeout(60)
final class DefaultExecutorTest {
  private final Program program;

  DefaultExecutorTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private void stepAt(String what) {
    program.step(what + " at " + WovenTime.nanoTime() / 1_000_000_000.0);
  }

  /// A job that nobody awaits.
  private void startJob(long seconds) {
    var _ =
        eventLoop()
            .runInExecutor(
                null,
                () -> {
                  WovenTime.sleep(seconds * 1_000_000_000);
                  stepAt("job ended");
                });
  }

  @Test
  void shuttingItDownWaitsForItsJobsWhileTheLoopGoesOn() {
    program.run(
        () -> {
          EventLoop loop = eventLoop();
          startJob(5);
          createTask(
              async(
                  () -> {
                    await(sleep(2));
                    stepAt("loop");
                  }));
          await(loop.shutdownDefaultExecutor(null));
          stepAt("shut down");
          assertThatThrownBy(() -> loop.runInExecutor(null, () -> 1))
              .isInstanceOf(RejectedExecutionException.class)
              .hasMessageContaining("name one");
          await(loop.shutdownDefaultExecutor(null));
        });
    assertThat(program.trail())
        .containsExactly("loop at 2.0", "job ended at 5.0", "shut down at 5.0");
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void oneThatWasNeverUsedIsShutDownAtOnce() {
    program.run(
        () -> {
          await(eventLoop().shutdownDefaultExecutor(Duration.ofSeconds(1)));
          assertThatThrownBy(() -> await(toThread(() -> 1)))
              .isInstanceOf(RejectedExecutionException.class);
          stepAt("end");
        });
    assertThat(program.trail()).containsExactly("end at 0.0");
  }

  @Test
  void afterTheLimitTheLoopSaysSoAndGoesOn() {
    program.run(
        () -> {
          startJob(10);
          await(eventLoop().shutdownDefaultExecutor(Duration.ofSeconds(3)));
          stepAt("goes on");
          assertThat(program.notices()).hasSize(1);
          await(sleep(20));
        });
    assertThat(program.trail()).containsExactly("goes on at 3.0", "job ended at 10.0");
    assertThat(program.notices().getFirst())
        .isInstanceOf(Notice.ExecutorStillBusy.class)
        .extracting(Notice::text)
        .asString()
        .contains("3.0 s")
        .contains("toThread");
  }

  @Test
  void runWaitsForItAtMostThreeHundredSeconds() {
    program.run(() -> startJob(200));
    assertThat(program.trail()).containsExactly("job ended at 200.0");
    assertThat(program.notices()).isEmpty();
    program.run(() -> startJob(400));
    assertThat(program.notices()).hasSize(1);
    assertThat(program.notices().getFirst().text()).contains("300.0 s");
  }

  @Test
  void theLoopServesTheLastJobsOfAProgram() {
    var ended = new CountDownLatch(1);
    program.runReal(
        () -> {
          EventLoop loop = eventLoop();
          var _ =
              loop.runInExecutor(
                  null,
                  () -> {
                    ended.await();
                    program.step(runCoroutineThreadsafe(async(() -> "served"), loop).get());
                  });
          currentTask().onDone(_ -> ended.countDown());
          return null;
        });
    assertThat(program.trail()).containsExactly("served");
  }

  @Test
  void cancellingEndsTheWaitOnly() {
    program.run(
        () -> {
          startJob(5);
          Task<Void> wait = createTask(eventLoop().shutdownDefaultExecutor(null));
          await(sleep(1));
          wait.cancel();
          assertThatThrownBy(() -> await(wait)).isInstanceOf(CancelledError.class);
          stepAt("cancelled");
        });
    assertThat(program.trail()).containsExactly("cancelled at 1.0", "job ended at 5.0");
  }

  @Test
  void anExecutorOfTheProgramsChoiceIsShutDownToo() {
    program.runReal(
        () -> {
          var mine = Executors.newFixedThreadPool(1);
          EventLoop loop = eventLoop();
          loop.defaultExecutor(mine);
          Promise<Void> job = loop.runInExecutor(null, () -> program.step("job"));
          await(loop.shutdownDefaultExecutor(Duration.ofSeconds(50)));
          assertThat(mine.isTerminated()).isTrue();
          await(job);
          return null;
        });
    assertThat(program.trail()).containsExactly("job");
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void theLoopOfAHostMakesANewOne() throws Exception {
    EventLoop loop = program.hosted();
    try {
      Task<Integer> cell =
          loop.submitRoot(
              Origin.of("In [1]"),
              "In [1]",
              () -> {
                int before = await(toThread(() -> 1));
                await(loop.shutdownDefaultExecutor(null));
                return before + await(toThread(() -> 2));
              });
      assertThat(cell.toCompletableFuture().get(30, TimeUnit.SECONDS)).isEqualTo(3);
    } finally {
      loop.shutdown();
    }
  }
}
