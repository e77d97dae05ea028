package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class TimeLimitTest {
  private final Program program;

  TimeLimitTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void aBlockThatEndsInTimeGivesItsValue() {
    program.run(
        () -> {
          int value =
              timeout(
                  2,
                  () -> {
                    await(sleep(1));
                    return 5;
                  });
          assertThat(value).isEqualTo(5);
          await(sleep(5));
          assertThat(currentTask().cancelling()).isZero();
        });
  }

  @Test
  void aBlockThatIsLateIsCancelledCleansUpAndThrowsATimeoutError() {
    program.run(
        () -> {
          double start = eventLoop().time();
          assertThatThrownBy(
                  () ->
                      timeout(
                          1,
                          () -> {
                            try {
                              await(sleep(10));
                            } finally {
                              program.step("cleanup");
                            }
                          }))
              .isInstanceOf(TimeoutError.class)
              .hasCauseInstanceOf(CancelledError.class);
          assertThat(eventLoop().time() - start).isEqualTo(1.0);
          await(sleep(1)); // the task itself is not cancelled any more
        });
    assertThat(program.trail()).containsExactly("cleanup");
  }

  @Test
  void aCancellationFromOutsideStaysACancellation() {
    program.run(
        () -> {
          Task<Void> task = createTask(async(() -> timeout(10, () -> await(sleep(20)))));
          await(sleep(1));
          task.cancel();
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
        });
  }

  @Test
  void theInnerOfTwoNestedLimitsExpiresAlone() {
    program.run(
        () -> {
          timeout(
              10,
              () -> {
                assertThatThrownBy(() -> timeout(1, () -> await(sleep(5))))
                    .isInstanceOf(TimeoutError.class);
                program.step("outer goes on");
              });
        });
    assertThat(program.trail()).containsExactly("outer goes on");
  }

  @Test
  void theBodysOwnErrorWinsOverTheLimit() {
    program.run(
        () ->
            assertThatThrownBy(
                    () ->
                        timeout(
                            1,
                            () -> {
                              try {
                                await(sleep(5));
                              } catch (CancelledError e) {
                                throw new IllegalStateException("own");
                              }
                            }))
                .isInstanceOf(IllegalStateException.class)
                .hasSuppressedException(
                    new TimeoutError("the block did not end within its time limit")));
  }

  @Test
  void aDeadlineCanBeMoved() {
    program.run(
        () -> {
          String value =
              timeout(
                  1,
                  limit -> {
                    limit.reschedule(eventLoop().time() + 10);
                    await(sleep(5));
                    assertThat(limit.expired()).isFalse();
                    return "in time";
                  });
          assertThat(value).isEqualTo("in time");
        });
  }

  @Test
  void aLimitOfZeroExpiresAtTheNextTurn() {
    program.run(
        () ->
            assertThatThrownBy(() -> timeout(0, () -> await(sleep(0.5))))
                .isInstanceOf(TimeoutError.class));
  }

  @Test
  void aLateFailureOfShieldedWorkIsReported() {
    program.run(
        () -> {
          Task<Void> inner =
              createTask(
                  async(
                      () -> {
                        await(sleep(2));
                        throw new IllegalStateException("late");
                      }));
          Promise<Void> outer = shield(inner);
          outer.cancel();
          await(sleep(5));
        });
    assertThat(program.notices())
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.CallbackFailed.class, n -> assertThat(n.error()).hasMessage("late"));
  }
}
