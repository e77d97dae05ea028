package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What Ctrl-C does to a program, by what the program does when it comes.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class CtrlCTest {
  private final EventLoop loop;
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  CtrlCTest(CarrierKind kind) {
    loop = new Program(kind).newLoop(LoopClock.real());
  }

  private Task<Integer> start(Coroutine<Integer> body) {
    Task<Integer> main =
        loop.registry().createMain(body, new RunScope(false), TaskSpec.inherited(null, null));
    main.onDone(_ -> loop.stopEngine());
    loop.startThread(() -> LoopRuns.settle(main, end));
    return main;
  }

  @Test
  void ctrlCStopsAProgramThatNeverWaitsForAnything() throws Exception {
    var turning = new CountDownLatch(1);
    Task<Integer> main =
        start(
            async(
                () -> {
                  try {
                    while (true) {
                      await(sleep(0));
                      turning.countDown();
                    }
                  } catch (CancelledError e) {
                    throw new CancelledError("cleaned up");
                  }
                }));
    assertThat(turning.await(30, TimeUnit.SECONDS)).isTrue();
    try (var ctrlC = CtrlC.of(main, end)) {
      ctrlC.press();
      assertThatThrownBy(() -> ctrlC.await(end)).isInstanceOf(KeyboardInterrupt.class);
    }
  }

  /// Holds the loop until Ctrl-C was pressed, so that its request comes in the same turn.
  private static void cancelAndHold(Task<?> main, CountDownLatch waiting, CountDownLatch goOn)
      throws InterruptedException {
    main.cancel();
    waiting.countDown();
    goOn.await();
  }

  @Test
  void aProgramThatWasCancelledOtherwiseStaysCancelled() throws Exception {
    var waiting = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Task<Integer> main =
        start(
            async(
                () -> {
                  Task<?> self = currentTask();
                  createTask(async(() -> cancelAndHold(self, waiting, goOn)));
                  await(sleep(10));
                  return 1;
                }));
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    try (var ctrlC = CtrlC.of(main, end)) {
      ctrlC.press();
      goOn.countDown();
      assertThatThrownBy(() -> ctrlC.await(end)).isInstanceOf(CancelledError.class);
      assertThat(main.isCancelled()).isTrue();
    }
  }
}
