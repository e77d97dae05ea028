package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class CancelScopeTest {
  private final Program program;

  CancelScopeTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void moveOnAfterEndsTheBlockAtItsDeadlineAndGoesOn() {
    program.run(
        () -> {
          CancelScope scope = moveOnAfter(2, () -> await(sleep(10)));
          assertThat(scope.cancelledCaught()).isTrue();
          assertThat(eventLoop().time()).isEqualTo(2.0);
          assertThat(moveOnAfter(2, () -> await(sleep(1))).cancelledCaught()).isFalse();
          assertThat(currentTask().cancelling()).isZero();
        });
  }

  @Test
  void inACancelledScopeEveryAwaitThatWouldWaitThrows() {
    program.run(
        () ->
            cancelScope(
                scope -> {
                  scope.cancel();
                  for (int i = 0; i < 3; i++) {
                    try {
                      await(sleep(1));
                    } catch (CancelledError e) {
                      program.step("again");
                    }
                  }
                  await(sleep(0));
                  program.step("not reached");
                }));
    assertThat(program.trail()).containsExactly("again", "again", "again");
  }

  @Test
  void failAfterThrowsATimeoutErrorOrGivesTheValue() {
    program.run(
        () -> {
          assertThatThrownBy(() -> failAfter(1, () -> await(sleep(5))))
              .isInstanceOf(TimeoutError.class);
          int value = failAfter(1, () -> 5);
          assertThat(value).isEqualTo(5);
        });
  }

  @Test
  void theTasksOfAGroupInTheScopeAreCancelledToo() {
    program.run(
        () -> {
          CancelScope scope =
              moveOnAfter(
                  1,
                  () ->
                      taskGroup(
                          group -> {
                            for (String name : List.of("a", "b")) {
                              group.createTask(
                                  async(
                                      () -> {
                                        try {
                                          await(sleep(100));
                                        } catch (CancelledError e) {
                                          program.step(name);
                                          throw e;
                                        }
                                      }));
                            }
                          }));
          assertThat(scope.cancelledCaught()).isTrue();
          assertThat(eventLoop().time()).isEqualTo(1.0);
        });
    assertThat(program.trail()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aShieldKeepsTheCancellationOfOuterScopesOut() {
    program.run(
        () -> {
          CancelScope outer =
              moveOnAfter(
                  1,
                  () -> {
                    try {
                      await(sleep(10));
                    } finally {
                      CancelScope.shielded(() -> await(sleep(3)));
                      program.step("cleaned up at " + eventLoop().time());
                    }
                  });
          assertThat(outer.cancelledCaught()).isTrue();
        });
    assertThat(program.trail()).containsExactly("cleaned up at 4.0");
  }

  @Test
  void theInnerOfTwoScopesEndsAloneAndTheOuterOneEndsBoth() {
    program.run(
        () -> {
          CancelScope outer =
              moveOnAfter(
                  5,
                  () -> {
                    CancelScope inner = moveOnAfter(1, () -> await(sleep(10)));
                    program.step("inner " + inner.cancelledCaught());
                    moveOnAfter(10, () -> await(sleep(20)));
                    program.step("not reached");
                  });
          program.step("outer " + outer.cancelledCaught() + " " + eventLoop().time());
        });
    assertThat(program.trail()).containsExactly("inner true", "outer true 5.0");
  }

  @Test
  void aPlainCancellationOfTheTaskGoesThroughTheScope() {
    program.run(
        () -> {
          var task = createTask(async(() -> moveOnAfter(10, () -> await(sleep(20)))));
          await(sleep(1));
          task.cancel();
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
        });
  }

  @Test
  void aDeadlineCanBeMoved() {
    program.run(
        () -> {
          CancelScope scope =
              moveOnAfter(
                  1,
                  s -> {
                    s.deadline(3);
                    await(sleep(2));
                    program.step("two");
                    await(sleep(2));
                    program.step("not reached");
                  });
          assertThat(scope.cancelledCaught()).isTrue();
          assertThat(eventLoop().time()).isEqualTo(3.0);
        });
    assertThat(program.trail()).containsExactly("two");
  }

  @Test
  void aTimeoutInsideACancelledScopeDoesNotClaimTheCancellation() {
    program.run(
        () -> {
          CancelScope scope = moveOnAfter(1, () -> timeout(50, () -> await(sleep(100))));
          assertThat(scope.cancelledCaught()).isTrue();
        });
  }

  @Test
  void aLockHeldInTheScopeIsGivenBackAndAWaiterForItLeavesTheQueue() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          moveOnAfter(
              1,
              () -> {
                try (var _ = await(lock.acquire())) {
                  await(sleep(10));
                }
              });
          assertThat(lock.isLocked()).isFalse();
          var holder = await(lock.acquire());
          assertThat(moveOnAfter(1, () -> await(lock.acquire())).cancelledCaught()).isTrue();
          holder.close();
          assertThat(lock.isLocked()).isFalse();
        });
  }
}
