package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class EagerTaskTest {
  private final Program program;

  EagerTaskTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void theFirstStepRunsInsideTheCallThatMakesTheTask() {
    program.run(
        () -> {
          var task =
              eventLoop()
                  .createEagerTask(
                      async(
                          () -> {
                            program.step("first step of " + currentTask().name());
                            await(sleep(1));
                            program.step("second");
                            return 5;
                          }));
          program.step("creator");
          assertThat(currentTask()).isNotSameAs(task);
          assertThat(await(task)).isEqualTo(5);
        });
    assertThat(program.trail()).containsExactly("first step of Task-2", "creator", "second");
  }

  @Test
  void aTaskThatEndsInItsFirstStepIsDoneAtOnce() {
    program.run(
        () -> {
          var task = eventLoop().createEagerTask(async(() -> 7));
          assertThat(task.isDone()).isTrue();
          assertThat(task.result()).isEqualTo(7);
          assertThat(allTasks()).hasSize(1);
        });
  }

  @Test
  void anEagerTaskIsCancelledWhereItWaits() {
    program.run(
        () -> {
          var task = eventLoop().createEagerTask(async(() -> await(sleep(100))));
          task.cancel();
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
          assertThat(eventLoop().time()).isZero();
        });
  }

  @Test
  void aCallbackCanMakeOneToo() {
    program.run(
        () -> {
          var loop = eventLoop();
          loop.callSoon(
              () -> {
                loop.createEagerTask(async(() -> program.step("task")));
                program.step("callback");
              });
          await(sleep(1));
        });
    assertThat(program.trail()).containsExactly("task", "callback");
  }

  private Coroutine<Integer> tree(int depth) {
    return async(
        () -> {
          if (depth == 0) return 1;
          var children = new ArrayList<Coroutine<Integer>>();
          for (int i = 0; i < 5; i++) children.add(tree(depth - 1));
          int sum = 1;
          for (int part : await(gather(children))) sum += part;
          return sum;
        });
  }

  @Test
  void aTreeOfGathersThatNeverWaitsNeedsNoTurnOfAnEagerLoop() {
    program.run(
        () -> {
          var loop = eventLoop();
          loop.eagerTasks(true);
          boolean[] turned = {false};
          loop.callSoon(() -> turned[0] = true);
          assertThat(await(tree(4))).isEqualTo(781);
          assertThat(turned[0]).isFalse();
        });
  }

  @Test
  void theSameTreeTakesATaskForEachNodeOnALazyLoop() {
    program.run(
        () -> {
          assertThat(await(tree(4))).isEqualTo(781);
          // The root runs in the main task, each of the others in one of its own.
          assertThat(eventLoop().statistics().tasksCreated()).isEqualTo(781);
        });
  }
}
