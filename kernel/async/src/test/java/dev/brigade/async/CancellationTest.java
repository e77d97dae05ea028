package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class CancellationTest {
  private final Program program;

  CancellationTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void aTaskCancelledBeforeItsFirstStepNeverRunsItsBody() {
    program.run(
        () -> {
          Task<Void> task = createTask(async(() -> program.step("ran")));
          assertThat(task.cancel()).isTrue();
          await(sleep(0));
          assertThat(task.isCancelled()).isTrue();
        });
    assertThat(program.trail()).isEmpty();
  }

  @Test
  void aTaskThatCancelsItselfIsCancelledAtItsNextAwait() {
    program.run(
        () -> {
          Task<Void> task =
              createTask(
                  async(
                      () -> {
                        currentTask().cancel();
                        program.step("still here");
                        await(sleep(1));
                        program.step("never");
                      }));
          await(sleep(2));
          assertThat(task.isCancelled()).isTrue();
        });
    assertThat(program.trail()).containsExactly("still here");
  }

  @Test
  void aTaskThatReturnsRightAfterCancellingItselfEndsCancelled() {
    program.run(
        () -> {
          Task<Boolean> task = createTask(async(() -> currentTask().cancel()));
          await(sleep(0));
          assertThat(task.isCancelled()).isTrue();
        });
  }

  @Test
  void aTaskMayCatchItsCancellationAndGiveAResult() {
    program.run(
        () -> {
          Task<Integer> task =
              createTask(
                  async(
                      () -> {
                        try {
                          await(sleep(10));
                          return 1;
                        } catch (CancelledError e) {
                          await(sleep(1));
                          return 42;
                        }
                      }));
          await(sleep(0));
          task.cancel();
          assertThat(await(task)).isEqualTo(42);
          assertThat(task.cancelling()).isEqualTo(1);
        });
  }

  @Test
  void cancellingATaskThatAwaitsAnotherCancelsTheOtherFirst() {
    program.run(
        () -> {
          Task<Void> inner = createTask(async(() -> await(sleep(10))));
          Task<Void> outer = createTask(async(() -> await(inner)));
          await(sleep(1));
          outer.cancel();
          await(sleep(0));
          await(sleep(0));
          await(sleep(0));
          assertThat(inner.isCancelled()).isTrue();
          assertThat(outer.isCancelled()).isTrue();
        });
  }

  @Test
  void uncancellingTheLastRequestDropsOneNotYetDelivered() {
    program.run(
        () -> {
          Task<Integer> task =
              createTask(
                  async(
                      () -> {
                        Task<?> self = currentTask();
                        self.cancel();
                        self.uncancel();
                        await(sleep(1));
                        return 7;
                      }));
          assertThat(await(task)).isEqualTo(7);
        });
  }

  @Test
  void aDoneTaskCannotBeCancelled() {
    program.run(
        () -> {
          Task<Integer> task = createTask(async(() -> 1));
          await(task);
          assertThat(task.cancel()).isFalse();
          assertThat(task.result()).isEqualTo(1);
        });
  }

  @Test
  void theCancelMessageReachesTheTask() {
    program.run(
        () -> {
          Task<Void> task = createTask(async(() -> await(sleep(10))));
          await(sleep(0));
          task.cancel("kitchen closed");
          assertThatThrownBy(() -> await(task))
              .isInstanceOf(CancelledError.class)
              .hasMessage("kitchen closed");
        });
  }

  @Test
  void cancelFromAForeignThreadIsRefusedWithTheWayToDoIt() throws Exception {
    program.runReal(
        () -> {
          Task<Void> task = createTask(async(() -> await(sleep(10))));
          Throwable thrown =
              await(
                  toThread(
                      () -> {
                        try {
                          task.cancel();
                          return new AssertionError("not refused");
                        } catch (MisuseError e) {
                          task.cancelThreadsafe();
                          return e;
                        }
                      }));
          assertThat(thrown).hasMessageContaining("cancelThreadsafe()");
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
          return null;
        });
  }
}
