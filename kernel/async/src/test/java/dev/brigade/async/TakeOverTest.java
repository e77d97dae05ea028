package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A loop goes on without a thread that user code does not give back.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class TakeOverTest {
  private final Program program;
  private final EventLoop loop;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CompletableFuture<Object> afterwards = new CompletableFuture<>();

  TakeOverTest(CarrierKind kind) {
    program = new Program(kind);
    loop = program.hosted();
  }

  @AfterEach
  void shutDown() {
    gate.countDown();
    loop.shutdown();
  }

  /// As a call into the JDK that hears of nothing.
  private void hang() {
    stuck.countDown();
    while (gate.getCount() > 0) LockSupport.parkNanos(1_000_000);
  }

  private Task<Object> root(String name, Callable<Object> body) {
    return loop.submitRoot(Origin.of(name), name, body);
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private CompletableFuture<String> asks(String name, Callable<String> body) {
    var answer = new CompletableFuture<String>();
    root(
        name,
        () -> {
          answer.complete(body.call());
          return null;
        });
    return answer;
  }

  private boolean takeOver() throws Exception {
    assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
    return loop.takeOver(new IllegalStateException("given up"));
  }

  @Test
  void otherTasksAndTimersGoOnAndTheStuckOneHasFailed() throws Exception {
    var ticks = new CompletableFuture<String>();
    root(
        "ticker",
        () -> {
          await(sleep(0.001));
          ticks.complete("ticked");
          return null;
        });
    Task<Object> task =
        root(
            "stuck",
            () -> {
              hang();
              return "too late";
            });
    assertThat(takeOver()).isTrue();
    assertThat(get(ticks)).isEqualTo("ticked");
    assertThat(get(asks("next", () -> "runs"))).isEqualTo("runs");
    assertThat(task.isDone()).isTrue();
    assertThat(task.error()).hasMessage("given up");
    assertThat(loop.tasks().contains(task)).isFalse();
    assertThat(loop.thread()).isNotNull().isNotSameAs(Thread.currentThread());
  }

  @Test
  void aProgramOnALoopOfItsOwnCleansUpAndEnds() throws Exception {
    EventLoop own = program.newLoop(LoopClock.real());
    var cleaned = new CompletableFuture<String>();
    var error =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowable(
                    () ->
                        run(
                            async(
                                () -> {
                                  createTask(
                                      async(
                                          () -> {
                                            try {
                                              await(sleep(1000));
                                            } finally {
                                              cleaned.complete("cleaned");
                                            }
                                          }));
                                  await(sleep(0));
                                  hang();
                                }),
                            () -> own)),
            task -> new Thread(task).start());
    assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(own.takeOver(new IllegalStateException("given up"))).isTrue();
    assertThat(get(error)).hasMessage("given up");
    assertThat(get(cleaned)).isEqualTo("cleaned");
    assertThat(own.isClosed()).isTrue();
  }

  @Test
  void codeThatWasGivenUpGoesOnAndBelongsToNoTask() throws Exception {
    root(
        "stuck",
        () -> {
          hang();
          afterwards.complete(
              catchThrowable(() -> await(sleep(0))) + " in " + Origin.current().label());
          return null;
        });
    assertThat(takeOver()).isTrue();
    gate.countDown();
    assertThat(get(afterwards).toString())
        .contains("works only inside a coroutine")
        .endsWith("in stuck");
    for (int i = 0; i < 3; i++) assertThat(get(asks("next", () -> "runs"))).isEqualTo("runs");
  }

  @Test
  void codeThatWasGivenUpMayBlockAndEnd() throws Exception {
    var second = new CountDownLatch(1);
    root(
        "stuck",
        () -> {
          hang();
          second.await();
          afterwards.complete("ended");
          return null;
        });
    assertThat(takeOver()).isTrue();
    gate.countDown();
    assertThat(get(asks("next", () -> "runs"))).isEqualTo("runs");
    second.countDown();
    assertThat(get(afterwards)).isEqualTo("ended");
  }

  @Test
  void aCallbackThatNeverReturnsIsLeftBehindToo() throws Exception {
    loop.callSoonThreadsafe(this::hang);
    assertThat(takeOver()).isTrue();
    assertThat(get(asks("next", () -> "runs"))).isEqualTo("runs");
    gate.countDown();
    assertThat(get(asks("next", () -> "runs"))).isEqualTo("runs");
  }

  @Test
  void aLoopThatTurnsIsLeftAlone() throws Exception {
    assertThat(get(asks("one", () -> "runs"))).isEqualTo("runs");
    while (loop.holder() != null) Thread.onSpinWait(); // its step ends after the answer
    Thread before = loop.thread();
    assertThat(loop.takeOver(new IllegalStateException())).isFalse();
    assertThat(loop.thread()).isSameAs(before);
    assertThat(get(asks("two", () -> "runs"))).isEqualTo("runs");
  }

  @Test
  void aSecondThreadCanBeLeftBehindAsWell() throws Exception {
    root(
        "first",
        () -> {
          hang();
          return null;
        });
    assertThat(takeOver()).isTrue();
    var again = new CountDownLatch(1);
    root(
        "second",
        () -> {
          again.countDown();
          hang();
          return null;
        });
    assertThat(again.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(loop.takeOver(new IllegalStateException("again"))).isTrue();
    assertThat(get(asks("next", () -> "runs"))).isEqualTo("runs");
    gate.countDown();
    assertThat(get(asks("next", () -> "runs"))).isEqualTo("runs");
  }

  /// Gives a task up, in the loop's thread.
  private boolean giveUpBlocked(Task<?> task) throws Exception {
    var given = new CompletableFuture<Boolean>();
    loop.callSoonThreadsafe(
        () -> given.complete(loop.giveUpBlocked(task, new IllegalStateException("given up"))));
    return get(given);
  }

  @Test
  void aTaskThatBlocksBesideTheLoopIsGivenUpAndItsCodeGoesOnLater() throws Exception {
    Task<Object> task =
        root(
            "stuck",
            () -> {
              stuck.countDown();
              gate.await();
              afterwards.complete(
                  catchThrowable(() -> await(sleep(0))) + " in " + Origin.current().label());
              return "too late";
            });
    assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
    if (loop.carrierName().equals("baton")) return; // it cannot tell that a thread is blocked
    loop.lift(task);
    assertThat(get(asks("beside", () -> "runs"))).isEqualTo("runs");
    assertThat(giveUpBlocked(task)).isTrue();
    assertThat(task.error()).hasMessage("given up");
    assertThat(giveUpBlocked(task)).isFalse();
    gate.countDown();
    assertThat(get(afterwards).toString())
        .contains("works only inside a coroutine")
        .endsWith("in stuck");
    assertThat(task.error()).hasMessage("given up");
    assertThat(get(asks("next", () -> "runs"))).isEqualTo("runs");
  }

  @Test
  void aTaskThatAwaitsIsNotGivenUp() throws Exception {
    var promise = new CompletableFuture<Object>();
    Task<Object> task = root("waits", () -> await(promise));
    assertThat(get(asks("next", () -> "runs"))).isEqualTo("runs");
    assertThat(giveUpBlocked(task)).isFalse();
    promise.complete("done");
    assertThat(get(task.toCompletableFuture())).isEqualTo("done");
  }
}
