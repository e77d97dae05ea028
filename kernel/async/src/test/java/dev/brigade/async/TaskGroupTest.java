package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class TaskGroupTest {
  private final Program program;

  TaskGroupTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static Coroutine<Integer> after(double seconds, int value) {
    return async(
        () -> {
          await(sleep(seconds));
          return value;
        });
  }

  private Coroutine<Integer> failingAfter(double seconds, String why) {
    return async(
        () -> {
          await(sleep(seconds));
          throw new IllegalStateException(why);
        });
  }

  private Coroutine<Void> forEver(String name) {
    return async(
        () -> {
          try {
            await(sleep(1000));
          } catch (CancelledError e) {
            program.step(name + " cancelled");
            throw e;
          }
        });
  }

  private static ExceptionGroup groupOf(ScopedAction<TaskGroup> body) {
    return catchThrowableOfType(ExceptionGroup.class, () -> taskGroup(body));
  }

  @Test
  void theBlockEndsWhenAllItsTasksHaveEnded() {
    program.run(
        () -> {
          var tasks =
              taskGroup(
                  group -> List.of(group.createTask(after(1, 1)), group.createTask(after(3, 3))));
          assertThat(eventLoop().time()).isEqualTo(3.0);
          assertThat(tasks.get(0).result() + tasks.get(1).result()).isEqualTo(4);
        });
  }

  @Test
  void anErrorOfAChildCancelsTheOthersAndComesOutInAGroup() {
    program.run(
        () -> {
          ExceptionGroup errors =
              groupOf(
                  group -> {
                    group.createTask(forEver("a"));
                    group.createTask(failingAfter(1, "no"));
                    group.createTask(forEver("b"));
                  });
          assertThat(errors.exceptions()).hasSize(1);
          assertThat(errors.exceptions().getFirst()).hasMessage("no");
          assertThat(currentTask().cancelling()).isZero();
        });
    assertThat(program.trail()).containsExactly("a cancelled", "b cancelled");
  }

  @Test
  void theErrorOfTheBlockAndOfAChildsCleanupComeOutTogether() {
    program.run(
        () -> {
          ExceptionGroup errors =
              groupOf(
                  group -> {
                    group.createTask(
                        async(
                            () -> {
                              try {
                                await(sleep(100));
                              } finally {
                                throwing("cleanup");
                              }
                            }));
                    await(sleep(1));
                    throw new IllegalArgumentException("block");
                  });
          assertThat(errors.exceptions())
              .extracting(Throwable::getMessage)
              .containsExactly("cleanup", "block");
          assertThat(errors.subgroup(IllegalArgumentException.class).exceptions()).hasSize(1);
        });
  }

  private static void throwing(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void aChildsErrorInterruptsTheBlockAtItsAwait() {
    program.run(
        () -> {
          groupOf(
              group -> {
                group.createTask(failingAfter(1, "no"));
                try {
                  await(sleep(100));
                } catch (CancelledError e) {
                  program.step("block cancelled at " + eventLoop().time());
                  throw e;
                }
              });
        });
    assertThat(program.trail()).containsExactly("block cancelled at 1.0");
  }

  @Test
  void aCancellationFromOutsideComesOutAsItIsAfterTheChildrenHaveEnded() {
    program.run(
        () -> {
          var parent =
              createTask(async(() -> taskGroup(group -> group.createTask(forEver("child")))));
          await(sleep(1));
          parent.cancel();
          assertThatThrownBy(() -> await(parent)).isInstanceOf(CancelledError.class);
          assertThat(parent.cancelling()).isEqualTo(1);
        });
    assertThat(program.trail()).containsExactly("child cancelled");
  }

  @Test
  void cancelledFromOutsideAndWithAnErrorTheErrorComesOutAndTheCancellationFollows() {
    program.run(
        () -> {
          var parent =
              createTask(
                  async(
                      () -> {
                        ExceptionGroup errors =
                            groupOf(
                                group -> {
                                  group.createTask(
                                      async(
                                          () -> {
                                            try {
                                              await(sleep(100));
                                            } finally {
                                              throwing("cleanup");
                                            }
                                          }));
                                  await(sleep(100));
                                });
                        program.step(errors.exceptions().size());
                        await(sleep(1));
                        program.step("not reached");
                      }));
          await(sleep(1));
          parent.cancel();
          assertThatThrownBy(() -> await(parent)).isInstanceOf(CancelledError.class);
        });
    assertThat(program.trail()).containsExactly("1");
  }

  @Test
  void aKeyboardInterruptComesOutAsItIs() {
    program.run(
        () ->
            assertThatThrownBy(
                    () ->
                        taskGroup(
                            group -> {
                              group.createTask(
                                  async(
                                      () -> {
                                        throw new KeyboardInterrupt("Ctrl-C");
                                      }));
                              group.createTask(failingAfter(0, "also"));
                              await(sleep(10));
                            }))
                .isInstanceOf(KeyboardInterrupt.class)
                .hasMessage("Ctrl-C"));
  }

  @Test
  void aGroupThatStopsOrHasEndedTakesNoMoreTasks() {
    program.run(
        () -> {
          TaskGroup[] kept = new TaskGroup[1];
          groupOf(
              group -> {
                kept[0] = group;
                group.createTask(failingAfter(1, "no"));
                try {
                  await(sleep(10));
                } finally {
                  assertThatThrownBy(() -> group.createTask(after(1, 1)))
                      .isInstanceOf(MisuseError.class)
                      .hasMessageContaining("shutting down because a task failed");
                }
              });
          assertThatThrownBy(() -> kept[0].createTask(after(1, 1)))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("is finished");
        });
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void ofTwoNestedGroupsTheInnerOnesErrorReachesTheOuterAsAGroup() {
    program.run(
        () -> {
          ExceptionGroup errors =
              groupOf(
                  outer -> {
                    outer.createTask(forEver("sibling"));
                    taskGroup(inner -> inner.createTask(failingAfter(1, "deep")));
                  });
          assertThat(errors.exceptions().getFirst()).isInstanceOf(ExceptionGroup.class);
          assertThat(errors.leaves()).hasSize(1);
          assertThat(errors.leaves().getFirst()).hasMessage("deep");
        });
    assertThat(program.trail()).containsExactly("sibling cancelled");
  }

  @Test
  void cancellingTheGroupEndsTheBlockWithoutAnError() {
    program.run(
        () -> {
          taskGroup(
              group -> {
                group.createTask(forEver("a"));
                await(sleep(1));
                group.cancel();
                await(sleep(10));
                program.step("not reached");
              });
          assertThat(eventLoop().time()).isEqualTo(1.0);
          await(sleep(1)); // the task itself goes on
        });
    assertThat(program.trail()).containsExactly("a cancelled");
  }

  @Test
  void startWaitsUntilTheChildSaysThatItIsReady() {
    program.run(
        () ->
            taskGroup(
                group -> {
                  int port =
                      await(
                          group.start(
                              (TaskGroup.Started<Integer> ready) ->
                                  async(
                                      () -> {
                                        await(sleep(2));
                                        ready.started(8080);
                                        await(sleep(5));
                                      })));
                  program.step(port + " at " + eventLoop().time());
                }));
    assertThat(program.trail()).containsExactly("8080 at 2.0");
  }

  @Test
  void whatAChildThrowsBeforeItIsReadyGoesToWhoStartedIt() {
    program.run(
        () ->
            taskGroup(
                group -> {
                  assertThatThrownBy(
                          () -> await(group.start(ready -> failingAfter(1, "port in use"))))
                      .hasMessage("port in use");
                  assertThatThrownBy(() -> await(group.start(ready -> after(1, 1))))
                      .isInstanceOf(MisuseError.class)
                      .hasMessageContaining("without calling started");
                }));
  }

  @Test
  void exceptionsAreHandledByTypeAndTheRestIsThrownOn() {
    var errors =
        new ExceptionGroup(
            "two",
            List.of(
                new java.io.IOException("disk"),
                new ExceptionGroup("inner", List.of(new IllegalStateException("state")))));
    var rest = errors.handle(java.io.IOException.class, e -> program.step(e.getMessage()));
    assertThat(program.trail()).containsExactly("disk");
    assertThatThrownBy(rest::orThrow)
        .isInstanceOf(ExceptionGroup.class)
        .hasMessageContaining("state");
    rest.handle(IllegalStateException.class, e -> program.step(e.getMessage())).orThrow();
    assertThat(program.trail()).containsExactly("disk", "state");
  }
}
