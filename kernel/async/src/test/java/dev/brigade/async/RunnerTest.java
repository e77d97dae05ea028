package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class RunnerTest {
  private final Program program;

  RunnerTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private Runner runner() {
    return new Runner(() -> program.newLoop(LoopClock.virtual()));
  }

  @Test
  void severalRunsShareOneLoopAndOneContext() {
    var user = new ContextVar<String>("user");
    try (var runner = runner()) {
      EventLoop first =
          runner.run(
              async(
                  () -> {
                    user.set("Ada");
                    return eventLoop();
                  }));
      String seen =
          runner.run(
              async(
                  () -> {
                    assertThat(eventLoop()).isSameAs(first);
                    return user.get();
                  }));
      assertThat(seen).isEqualTo("Ada");
      assertThat(runner.loop()).isSameAs(first);
    }
  }

  @Test
  void whatARunLeavesGoesOnWithTheNextAndIsCancelledAtTheEnd() {
    try (var runner = runner()) {
      runner.run(
          async(
              () -> {
                createTask(
                    async(
                        () -> {
                          try {
                            await(sleep(1));
                            program.step("goes on");
                            await(sleep(100));
                          } finally {
                            await(sleep(1));
                            program.step("cleaned up");
                          }
                        }));
                await(sleep(0));
              }));
      program.step("between");
      runner.run(async(() -> await(sleep(2))));
    }
    assertThat(program.trail()).containsExactly("between", "goes on", "cleaned up");
  }

  @Test
  void anErrorOfALeftoverIsReportedWhenTheRunnerIsClosed() {
    try (var runner = runner()) {
      runner.run(
          async(
              () -> {
                createTask(
                    async(
                        () -> {
                          try {
                            await(sleep(100));
                          } finally {
                            failing();
                          }
                        }));
                await(sleep(0));
              }));
    }
    assertThat(program.notices()).hasSize(1);
    assertThat(program.notices().getFirst().text()).contains("bad cleanup");
  }

  @Test
  void aProgramEndsWhenTheJobsOfTheDefaultPoolHaveEnded() {
    program.run(() -> startJob("of run"));
    assertThat(program.trail()).containsExactly("of run");
    try (var runner = runner()) {
      runner.run(async(() -> startJob("of a runner")));
    }
    assertThat(program.trail()).containsExactly("of run", "of a runner");
  }

  /// A job that takes a while, on the loop's clock, and that nobody awaits.
  private void startJob(String name) {
    var _ =
        eventLoop()
            .runInExecutor(
                null,
                () -> {
                  WovenTime.sleep(1_000_000_000);
                  program.step(name);
                  return name;
                });
  }

  private static void failing() {
    throw new IllegalStateException("bad cleanup");
  }

  @Test
  void theOutcomeOfTheProgramComesOutAsItIs() {
    try (var runner = runner()) {
      assertThatThrownBy(
              () ->
                  runner.run(
                      async(
                          () -> {
                            throw new java.io.IOException("disk");
                          })))
          .isInstanceOf(java.io.IOException.class)
          .hasMessage("disk");
    }
  }

  @Test
  void aClosedRunnerAndARunInsideALoopAreErrors() {
    var runner = runner();
    runner.close();
    runner.close();
    assertThatThrownBy(() -> runner.run(async(() -> 1)))
        .isInstanceOf(MisuseError.class)
        .hasMessageContaining("this runner is closed");
    program.run(
        () -> {
          try (var inner = runner()) {
            assertThatThrownBy(() -> inner.run(async(() -> 1)))
                .isInstanceOf(MisuseError.class)
                .hasMessageContaining("await instead");
          }
        });
  }

  @Test
  void anInterruptOfTheWaitingThreadCancelsTheProgramAndLetsItCleanUp() throws Exception {
    var waiting = new CountDownLatch(1);
    var outcome = new CompletableFuture<String>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (var runner = new Runner(() -> program.newLoop(LoopClock.real()))) {
                    runner.run(
                        async(
                            () -> {
                              try {
                                waiting.countDown();
                                await(eventLoop().createPromise());
                              } finally {
                                program.step("cleanup");
                              }
                            }));
                  } catch (Throwable t) { // the outcome under test
                    outcome.completeExceptionally(t);
                  }
                });
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThatThrownBy(() -> outcome.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancelledError.class);
    assertThat(program.trail()).containsExactly("cleanup");
  }

  @Test
  void theFirstCtrlCCancelsMainAndTheSecondEndsTheWaitAtOnce() {
    EventLoop loop = program.newLoop(LoopClock.real());
    var end = new CompletableFuture<Integer>();
    Task<Integer> main =
        loop.registry()
            .createMain(
                async(
                    () -> {
                      await(loop.createPromise());
                      return 1;
                    }),
                new RunScope(false),
                TaskSpec.inherited(null, null));
    main.onDone(_ -> loop.stopEngine());
    loop.startThread(() -> LoopRuns.settle(main, end));
    try (var ctrlC = CtrlC.of(main, end)) {
      ctrlC.press();
      assertThatThrownBy(() -> ctrlC.await(end)).isInstanceOf(KeyboardInterrupt.class);
      assertThat(main.isCancelled()).isTrue();
    }
    var stuck = new CompletableFuture<Integer>();
    try (var ctrlC = CtrlC.of(main, stuck)) {
      ctrlC.press();
      ctrlC.press();
      assertThatThrownBy(() -> ctrlC.await(stuck))
          .isInstanceOf(KeyboardInterrupt.class)
          .hasMessageContaining("second");
    }
  }
}
