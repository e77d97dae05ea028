package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class HostedLoopTest {
  private final CarrierKind kind;
  private final Program program;

  HostedLoopTest(CarrierKind kind) {
    this.kind = kind;
    program = new Program(kind);
  }

  private EventLoop loop;

  @AfterEach
  void shutDown() {
    if (loop != null) loop.shutdown();
  }

  private <T> T cell(String label, Callable<T> body) throws Exception {
    if (loop == null) loop = program.hosted();
    var result = new CompletableFuture<T>();
    loop.submitRoot(
        Origin.of(label),
        label,
        () -> {
          try {
            result.complete(body.call());
          } catch (Throwable t) { // the test wants it
            result.completeExceptionally(t);
          }
          return null;
        });
    return result.get(30, TimeUnit.SECONDS);
  }

  /// Returns when the loop has been idle after everything before.
  private void settle() throws Exception {
    for (int i = 0; i < 3; i++) {
      var turn = new CountDownLatch(1);
      loop.callSoonThreadsafe(turn::countDown);
      assertThat(turn.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aCellMayRunAProgram() throws Exception {
    int value =
        cell(
            "In [1]",
            () ->
                run(
                    async(
                        () -> {
                          await(sleep(0));
                          return 5;
                        })));
    assertThat(value).isEqualTo(5);
  }

  @Test
  void runInsideACoroutineShowsTheRightCode() throws Exception {
    cell(
        "In [1]",
        () -> {
          assertThatThrownBy(() -> await(async(() -> await(createTask(async(this::runInTask))))))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("await(main())");
          return null;
        });
  }

  private int runInTask() {
    return run(async(() -> 1));
  }

  @Test
  void runCancelsAndReportsWhatMainLeft() throws Exception {
    cell(
        "In [1]",
        () ->
            run(
                async(
                    () -> {
                      createTask(
                          async(
                              () -> {
                                try {
                                  await(sleep(100));
                                } finally {
                                  program.step("cleaned up");
                                }
                              }),
                          "left behind");
                      await(sleep(0));
                    })));
    assertThat(program.trail()).containsExactly("cleaned up");
    assertThat(program.notices())
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.LeftByRun.class, n -> assertThat(n.tasks()).containsExactly("left behind"));
  }

  @Test
  void runWithAFactoryRunsOnALoopOfItsOwnInVirtualTime() throws Exception {
    double elapsed =
        cell(
            "In [1]",
            () -> {
              EventLoop outer = eventLoop();
              return run(
                  async(
                      () -> {
                        assertThat(eventLoop()).isNotSameAs(outer);
                        double start = eventLoop().time();
                        await(sleep(3600));
                        return eventLoop().time() - start;
                      }),
                  EventLoop::virtualTime);
            });
    assertThat(elapsed).isEqualTo(3600.0);
  }

  @Test
  void cancellingACellCancelsTheProgramOnItsOtherLoop() throws Exception {
    loop = program.hosted();
    var started = new CountDownLatch(1);
    Task<Void> task =
        loop.submitRoot(
            Origin.of("In [1]"),
            "In [1]",
            () ->
                run(
                    async(
                        () -> {
                          try {
                            started.countDown();
                            await(sleep(3600));
                          } finally {
                            program.step("cleaned up");
                          }
                        }),
                    () -> program.newLoop(LoopClock.real())));
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    var ended = new CompletableFuture<Boolean>();
    loop.callSoonThreadsafe(() -> task.onDone(done -> ended.complete(done.isCancelled())));
    task.cancelThreadsafe();
    assertThat(ended.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(program.trail()).containsExactly("cleaned up");
  }

  @Test
  void tasksOfACellGoOnAfterItAndKeepItsOrigin() throws Exception {
    var printed = new CompletableFuture<String>();
    cell(
        "In [7]",
        () -> {
          createTask(
              async(
                  () -> {
                    await(sleep(0));
                    await(toThread(() -> printed.complete(String.valueOf(Origin.current()))));
                  }));
          return null;
        });
    assertThat(printed.get(30, TimeUnit.SECONDS)).isEqualTo("In [7]");
  }

  @Test
  void threadsInheritTheOriginOfTheCellThatMadeThem() throws Exception {
    var seen = new CompletableFuture<String>();
    cell(
        "In [2]",
        () -> {
          new Thread(
                  () -> new Thread(() -> seen.complete(String.valueOf(Origin.current()))).start())
              .start();
          return null;
        });
    assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo("In [2]");
  }

  @Test
  void awaitInAForeignThreadSaysWhatToDo() throws Exception {
    var seen = new CompletableFuture<Throwable>();
    cell(
        "In [1]",
        () -> {
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      await(sleep(0));
                      seen.complete(new AssertionError("not refused"));
                    } catch (MisuseError e) {
                      seen.complete(e);
                    }
                  });
          return null;
        });
    assertThat(seen.get(30, TimeUnit.SECONDS)).hasMessageContaining("createTask(async(");
  }

  @Test
  void theHostedLoopRefusesToBeStopped() throws Exception {
    cell(
        "In [1]",
        () -> {
          EventLoop here = eventLoop();
          assertThatThrownBy(here::stop).isInstanceOf(MisuseError.class);
          assertThatThrownBy(here::runForever).isInstanceOf(MisuseError.class);
          MisuseTest.assertTeaches(
              catchThrowable(here::close), "close() is refused", "run(main())");
          MisuseTest.assertTeaches(
              catchThrowable(() -> here.onSignal("INT", () -> {})), "INT", "CancelledError");
          return null;
        });
  }

  @Test
  void aFailedTaskNobodyAwaitedIsReportedOnceWithItsCell() throws Exception {
    cell(
        "In [4]",
        () -> {
          createTask(
              async(
                  () -> {
                    throw new IllegalStateException("burnt");
                  }));
          return null;
        });
    program.awaitNotice();
    settle();
    assertThat(program.notices())
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.NeverRetrieved.class,
            n -> {
              assertThat(n.origin()).hasToString("In [4]");
              assertThat(n.error()).hasMessage("burnt");
            });
  }

  @Test
  void aFailedTaskIsNotReportedWhileItsCellMayStillAwaitIt() throws Exception {
    cell(
        "In [4]",
        () -> {
          Task<Void> task =
              createTask(
                  async(
                      () -> {
                        throw new IllegalStateException("burnt");
                      }));
          await(sleep(0.001));
          assertThatThrownBy(() -> await(task)).hasMessage("burnt");
          return null;
        });
    settle();
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void aStallIsReportedWithWhoWasDelayed() throws Exception {
    var gate = new CountDownLatch(1);
    cell(
        "In [5]",
        () -> {
          Task<Void> waiting = createTask(async(() -> {}), "soup");
          Thread.ofPlatform()
              .start(
                  () -> {
                    holdTheLoop();
                    gate.countDown();
                  });
          gate.await();
          await(waiting);
          return null;
        });
    program.awaitNotice();
    assertThat(program.notices())
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.Stalled.class,
            n -> {
              assertThat(n.task()).isEqualTo("In [5]");
              assertThat(n.delayed()).containsExactly("soup");
              assertThat(n.blocked()).isTrue();
              assertThat(n.stack().toString()).contains("HostedLoopTest");
            });
  }

  /// Returns when the loop has been held by the present step for so long that it counts.
  private void holdTheLoop() {
    while (!loop.stepWasLong()) Thread.onSpinWait();
  }

  /// Its initialiser awaits, which pins the coroutine's thread.
  static final class AwaitsInItsInitialiser {
    static final Void WAITED = await(sleep(0.001));
  }

  @Test
  void anAwaitInAStaticInitialiserFailsInsteadOfHangingTheLoop() throws Exception {
    if (kind == CarrierKind.BATON) return; // there it only occupies one of the JDK's carriers
    cell(
        "In [1]",
        () -> {
          assertThatThrownBy(() -> AwaitsInItsInitialiser.WAITED.toString())
              .isInstanceOf(ExceptionInInitializerError.class)
              .hasRootCauseInstanceOf(MisuseError.class)
              .hasStackTraceContaining("static initialiser");
          await(sleep(0));
          return null;
        });
    assertThat(cell("In [2]", () -> "goes on")).isEqualTo("goes on");
  }

  @Test
  void aComputationThatHoldsTheLoopIsReportedWithItsStack() throws Exception {
    cell(
        "In [6]",
        () -> {
          Task<Void> waiting = createTask(async(() -> {}), "soup");
          holdTheLoop();
          await(waiting);
          return null;
        });
    program.awaitNotice();
    assertThat(program.notices())
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.Stalled.class,
            n -> {
              assertThat(n.blocked()).isFalse();
              assertThat(n.stack().toString()).contains("holdTheLoop");
              assertThat(n.text()).contains("computed without awaiting", "soup");
            });
  }

  @Test
  void blockingWithNothingElseToRunIsNoStall() throws Exception {
    cell(
        "In [5]",
        () -> {
          holdTheLoop();
          return null;
        });
    settle();
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void aLiftedTaskNoLongerHoldsTheLoop() throws Exception {
    if (kind == CarrierKind.BATON) return; // it cannot tell that a thread is blocked
    loop = program.hosted();
    var gate = new CountDownLatch(1);
    var blocked = new CountDownLatch(1);
    Task<Boolean> task =
        loop.submitRoot(
            Origin.of("In [1]"),
            "In [1]",
            () -> {
              blocked.countDown();
              gate.await();
              await(sleep(0));
              return true;
            });
    assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
    loop.lift(task);
    assertThat(cell("In [2]", () -> "free")).isEqualTo("free");
    var ended = new CountDownLatch(1);
    loop.callSoonThreadsafe(() -> task.onDone(_ -> ended.countDown()));
    gate.countDown();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(task.result()).isTrue();
  }

  @Test
  void aDroppedCoroutineIsReportedWithItsLine() throws Exception {
    cell(
        "In [3]",
        () -> {
          Woven.dropped(Woven.async(() -> 1, "boilWater", "In [2] line 1"), "In [3] line 4");
          return null;
        });
    assertThat(program.notices())
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.NeverAwaited.class,
            n -> assertThat(n.text()).contains("boilWater", "In [3] line 4", "await(boilWater("));
  }

  @Test
  void aCoroutineThatIsForgottenIsReportedWhenItIsCollected() throws Exception {
    cell("In [3]", () -> Woven.async(() -> 1, "boilWater", "In [3] line 1").name());
    while (program.notices().isEmpty()) System.gc();
    assertThat(program.awaitNotice())
        .isEqualTo(
            new Notice.NeverAwaited(
                program.notices().getFirst().origin(), "boilWater", "In [3] line 1"));
  }

  @Test
  void sitesReachTasksAndAwaits() throws Exception {
    cell(
        "In [3]",
        () -> {
          Task<Void> task =
              Woven.createTask(
                  Woven.async(
                      () -> Woven.await(sleep(1), "In [1] line 3"), "soup", "In [1] line 2"),
                  "In [3] line 1");
          await(sleep(0));
          assertThat(task.site()).isEqualTo("In [3] line 1");
          assertThat(task.coroutineName()).isEqualTo("soup");
          assertThat(task.awaitSite()).isEqualTo("In [1] line 3");
          task.cancel();
          return null;
        });
  }

  @Test
  void shutdownCancelsWhatStillRunsAndLetsItCleanUp() throws Exception {
    var cleaned = new CountDownLatch(1);
    cell(
        "In [1]",
        () -> {
          createTask(
              async(
                  () -> {
                    try {
                      await(sleep(3600));
                    } finally {
                      cleaned.countDown();
                    }
                  }));
          await(sleep(0));
          return null;
        });
    loop.shutdown();
    assertThat(cleaned.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
