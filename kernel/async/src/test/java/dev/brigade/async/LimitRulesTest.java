package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Time limits within each other, within cancelled tasks, and beside a loop that was busy.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class LimitRulesTest {
  private final Program program;

  LimitRulesTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void theOuterLimitEndsWhatComesAfterABusyInnerOne() {
    program.run(
        () -> {
          assertThatThrownBy(
                  () ->
                      timeout(
                          0.1,
                          () -> {
                            assertThatThrownBy(() -> timeout(0.01, () -> busyThenAsleep(0.05)))
                                .isInstanceOf(TimeoutError.class);
                            program.step("inner over at " + eventLoop().time());
                            await(sleep(10));
                          }))
              .isInstanceOf(TimeoutError.class);
          assertThat(eventLoop().time()).isEqualTo(0.1);
          assertThat(currentTask().cancelling()).isZero();
        });
    assertThat(program.trail()).containsExactly("inner over at 0.05");
  }

  /// Holds the loop, on its clock, and then waits.
  private static void busyThenAsleep(double seconds) throws InterruptedException {
    WovenTime.sleep(Math.round(seconds * 1e9));
    await(sleep(1));
  }

  @Test
  void ifBothLimitsPassWhileTheLoopIsBusyTheOuterOneConvertsTheCancellation() {
    program.run(
        () -> {
          assertThatThrownBy(() -> timeout(0.1, () -> timeout(0.01, () -> busyThenAsleep(0.2))))
              .isInstanceOf(TimeoutError.class);
          assertThat(eventLoop().time()).isEqualTo(0.2);
          assertThat(currentTask().cancelling()).isZero();
          await(sleep(1));
        });
  }

  @Test
  void anOuterLimitThatPassesFirstIsNotTakenForTheInnerOne() {
    program.run(
        () ->
            assertThatThrownBy(() -> timeout(0.002, () -> aLongerLimitInside()))
                .isInstanceOf(TimeoutError.class));
    assertThat(program.trail()).containsExactly("inner: CancelledError");
  }

  private void aLongerLimitInside() {
    try {
      timeout(0.1, () -> busyThenAsleep(0.01));
    } catch (CancelledError | TimeoutError e) {
      program.step("inner: " + e.getClass().getSimpleName());
      throw e;
    }
  }

  @Test
  void aLimitWorksInTheCleanupOfACancelledTask() {
    program.run(
        () -> {
          Task<String> task = createTask(async(() -> cleanup(0, false)));
          assertThat(await(task)).isEqualTo("TimeoutError");
        });
  }

  @Test
  void aCancellationInTheCleanupOfACancelledTaskIsNoTimeout() {
    program.run(
        () -> {
          Task<String> task = createTask(async(() -> cleanup(1, true)));
          assertThat(await(task)).isEqualTo("CancelledError");
        });
  }

  private static String cleanup(double limit, boolean cancelAgain) {
    currentTask().cancel();
    try {
      await(sleep(1));
      return "not cancelled";
    } catch (CancelledError first) {
      try {
        timeout(
            limit,
            () -> {
              if (cancelAgain) currentTask().cancel();
              await(sleep(2));
            });
        return "no error";
      } catch (CancelledError | TimeoutError second) {
        return second.getClass().getSimpleName();
      }
    }
  }

  @Test
  void aCancellationIsNotLostWhenTheAwaitedEndsInTheSameTurn() {
    program.run(
        () -> {
          Task<String> inner = createTask(async(() -> "done"));
          Task<Void> task =
              createTask(
                  async(
                      () -> {
                        await(waitFor(inner, 100));
                        await(sleep(1));
                        program.step("not cancelled");
                      }));
          await(sleep(0));
          task.cancel();
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
          assertThat(await(inner)).isEqualTo("done");
        });
    assertThat(program.trail()).isEmpty();
  }
}
