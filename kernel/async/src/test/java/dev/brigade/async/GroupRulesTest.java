package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Task groups: whose errors and whose cancellation come out.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class GroupRulesTest {
  private final Program program;

  GroupRulesTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static Coroutine<Void> failing(double seconds, RuntimeException error) {
    return async(
        () -> {
          await(sleep(seconds));
          throw error;
        });
  }

  private static ExceptionGroup errorsOf(Action block) throws Exception {
    try {
      block.run();
    } catch (ExceptionGroup errors) {
      return errors;
    }
    throw new AssertionError("no error came out");
  }

  @Test
  void theErrorOfAChildAndOfTheBlocksCleanupComeOutTogether() {
    program.run(
        () -> {
          ExceptionGroup errors =
              errorsOf(
                  () ->
                      taskGroup(
                          group -> {
                            group.createTask(failing(1, new IllegalStateException("child")));
                            try {
                              await(sleep(10));
                            } catch (CancelledError e) {
                              throw new IllegalArgumentException("cleanup");
                            }
                          }));
          assertThat(errors.exceptions())
              .extracting(Throwable::getMessage)
              .containsExactly("child", "cleanup");
        });
  }

  @Test
  void aGroupTakesItsOwnCancellationBack() {
    program.run(
        () -> {
          errorsOf(() -> taskGroup(g -> g.createTask(failing(0, new IllegalStateException("no")))));
          assertThat(currentTask().cancelling()).isZero();
          await(sleep(0)); // nothing of it leaks out of the group
        });
  }

  @Test
  void ofTwoNestedGroupsThatFailInOneTurnEachTakesBackItsOwn() {
    program.run(
        () -> {
          ExceptionGroup errors =
              errorsOf(
                  () ->
                      taskGroup(
                          outer -> {
                            ExceptionGroup inner = errorsOf(() -> failBoth(outer));
                            assertThat(inner.exceptions().getFirst()).hasMessage("inner");
                            program.step(currentTask().cancelling());
                          }));
          assertThat(errors.exceptions()).singleElement().extracting("message").isEqualTo("outer");
          assertThat(currentTask().cancelling()).isZero();
        });
    assertThat(program.trail()).containsExactly("1");
  }

  private static void failBoth(TaskGroup outer) {
    taskGroup(
        inner -> {
          inner.createTask(failing(0, new IllegalStateException("inner")));
          outer.createTask(failing(0, new IllegalArgumentException("outer")));
        });
  }

  @Test
  void anErrorAndACancellationAreBothKept() {
    program.run(
        () -> {
          var started = new AsyncEvent();
          Task<Void> task =
              createTask(
                  async(
                      () -> {
                        errorsOf(() -> failAndSleep(started));
                        program.step(currentTask().cancelling());
                        await(sleep(1));
                        program.step("not cancelled");
                      }));
          await(started.await());
          assertThat(task.cancelling()).isZero();
          task.cancel();
          assertThat(task.cancelling()).isEqualTo(1);
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
          assertThat(task.isCancelled()).isTrue();
        });
    assertThat(program.trail()).containsExactly("1");
  }

  private static void failAndSleep(AsyncEvent started) {
    taskGroup(
        group -> {
          group.createTask(
              async(
                  () -> {
                    started.set();
                    await(sleep(0));
                    throw new IllegalStateException("no");
                  }));
          await(sleep(1));
        });
  }

  private void childIsCancelledByTheOneItMakes() throws Exception {
    ExceptionGroup errors =
        errorsOf(() -> taskGroup(group -> group.createTask(makerOfAFailing(group))));
    assertThat(errors.exceptions().getFirst()).hasMessage("third");
    assertThat(program.trail()).containsExactly("second cancelled");
  }

  private Coroutine<Void> makerOfAFailing(TaskGroup group) {
    return async(
        () -> {
          group.createTask(
              async(
                  () -> {
                    throw new IllegalStateException("third");
                  }));
          try {
            await(sleep(0));
            await(sleep(0));
          } catch (CancelledError e) {
            program.step("second cancelled");
          }
        });
  }

  @Test
  void aTaskIsCancelledByTheFailureOfATaskItMakes() {
    program.run(this::childIsCancelledByTheOneItMakes);
  }

  @Test
  void aTaskIsCancelledByTheFailureOfAnEagerTaskItMakes() {
    program.run(
        () -> {
          eventLoop().eagerTasks(true);
          childIsCancelledByTheOneItMakes();
        });
  }
}
