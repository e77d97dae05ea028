package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class WaitTest {
  private final Program program;

  WaitTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static Coroutine<Integer> after(double seconds, int value) {
    return async(
        () -> {
          await(sleep(seconds));
          return value;
        });
  }

  private static Coroutine<Integer> failingAfter(double seconds) {
    return async(
        () -> {
          await(sleep(seconds));
          throw new IllegalStateException("no");
        });
  }

  @Test
  void waitAnyReturnsWithTheFirstAndLeavesTheOthersRunning() {
    program.run(
        () -> {
          var slow = createTask(after(3, 3));
          var quick = createTask(after(1, 1));
          Waited<Task<Integer>> waited = await(waitAny(List.of(slow, quick)));
          assertThat(eventLoop().time()).isEqualTo(1.0);
          assertThat(waited.done()).containsExactly(quick);
          assertThat(waited.pending()).containsExactly(slow);
          assertThat(await(slow)).isEqualTo(3);
        });
  }

  @Test
  void whatEndsBeforeTheWaiterRunsIsDoneToo() {
    program.run(
        () -> {
          var one = createTask(after(1, 1));
          var two = createTask(after(1, 2));
          assertThat(await(waitAny(List.of(one, two))).done()).containsExactly(one, two);
        });
  }

  @Test
  void waitFirstExceptionReturnsAtTheFailureAndDoesNotThrowIt() {
    program.run(
        () -> {
          var good = createTask(after(10, 1));
          var bad = createTask(failingAfter(2));
          var waited = await(waitFirstException(List.of(good, bad)));
          assertThat(eventLoop().time()).isEqualTo(2.0);
          assertThat(waited.done()).containsExactly(bad);
          assertThat(bad.error()).hasMessage("no");
          good.cancel();
        });
  }

  @Test
  void aCancelledTaskIsNoFailureForWaitFirstException() {
    program.run(
        () -> {
          var cancelled = createTask(after(10, 1));
          var other = createTask(after(2, 2));
          cancelled.cancel();
          var waited = await(waitFirstException(List.of(cancelled, other)));
          assertThat(eventLoop().time()).isEqualTo(2.0);
          assertThat(waited.pending()).isEmpty();
        });
  }

  @Test
  void waitAllEndsAtItsTimeLimitWithoutAnError() {
    program.run(
        () -> {
          var quick = createTask(after(1, 1));
          var slow = createTask(after(9, 9));
          var waited = await(waitAll(List.of(quick, slow), 3));
          assertThat(eventLoop().time()).isEqualTo(3.0);
          assertThat(waited.done()).containsExactly(quick);
          assertThat(waited.pending()).containsExactly(slow);
          assertThat(slow.isDone()).isFalse();
          slow.cancel();
        });
  }

  @Test
  void cancellingTheWaitLeavesItsTasksRunning() {
    program.run(
        () -> {
          var work = createTask(after(5, 5));
          var waiter = createTask(async(() -> await(waitAll(List.of(work)))));
          await(sleep(1));
          waiter.cancel();
          await(sleep(0));
          await(sleep(0));
          assertThat(waiter.isCancelled()).isTrue();
          assertThat(work.isDone()).isFalse();
          assertThat(await(work)).isEqualTo(5);
        });
  }

  @Test
  void waitingForNothingIsAnErrorThatSaysSo() {
    program.run(
        () ->
            assertThatThrownBy(() -> await(waitAny(List.<Task<?>>of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("waitAny(...) needs at least one task"));
  }

  @Test
  void waitForGivesTheValueOfWhatEndsInTime() {
    program.run(() -> assertThat(await(waitFor(after(1, 7), 2))).isEqualTo(7));
  }

  @Test
  void waitForWaitsUntilTheCancelledWorkHasCleanedUp() {
    program.run(
        () -> {
          var work =
              createTask(
                  async(
                      () -> {
                        try {
                          await(sleep(10));
                        } finally {
                          await(sleep(2));
                          program.step("cleaned up");
                        }
                      }));
          assertThatThrownBy(() -> await(waitFor(work, 1))).isInstanceOf(TimeoutError.class);
          assertThat(eventLoop().time()).isEqualTo(3.0);
          assertThat(work.isCancelled()).isTrue();
        });
    assertThat(program.trail()).containsExactly("cleaned up");
  }

  @Test
  void anErrorOfTheCleanupReplacesTheTimeout() {
    program.run(
        () -> {
          Coroutine<Void> work =
              async(
                  () -> {
                    try {
                      await(sleep(10));
                    } finally {
                      throwing("broken cleanup");
                    }
                  });
          assertThatThrownBy(() -> await(waitFor(work, 1)))
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("broken cleanup");
        });
  }

  private static void throwing(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void aSwallowedCancellationGivesItsValueAfterAll() {
    program.run(
        () -> {
          var work =
              createTask(
                  async(
                      () -> {
                        try {
                          await(sleep(10));
                        } catch (CancelledError e) {
                          program.step("swallowed");
                        }
                        return 3;
                      }));
          assertThat(await(waitFor(work, 1))).isEqualTo(3);
        });
    assertThat(program.trail()).containsExactly("swallowed");
  }

  @Test
  void withNoTimeLeftACoroutineNeverStarts() {
    program.run(
        () -> {
          for (double seconds : new double[] {0, -1}) {
            Coroutine<Void> work = async(() -> program.step("started"));
            assertThatThrownBy(() -> await(waitFor(work, seconds)))
                .isInstanceOf(TimeoutError.class);
          }
        });
    assertThat(program.trail()).isEmpty();
  }

  @Test
  void whatIsDoneAlreadyNeedsNoTime() {
    program.run(
        () -> {
          var done = createTask(after(1, 1));
          await(done);
          assertThat(await(waitFor(done, 0))).isEqualTo(1);
        });
  }

  @Test
  void asCompletedGivesTheTasksInTheOrderInWhichTheyEnd() {
    program.run(
        () -> {
          var tasks =
              List.of(createTask(after(3, 3)), createTask(after(1, 1)), createTask(after(2, 2)));
          var came = new ArrayList<Promise<Integer>>();
          for (var task : asCompleted(tasks)) {
            came.add(task);
            assertThat(eventLoop().time()).isEqualTo(came.size());
          }
          assertThat(came).containsExactly(tasks.get(1), tasks.get(2), tasks.get(0));
        });
  }

  @Test
  void theCoroutinesOfAsCompletedMayBeAwaitedInAnyOrderAndAtOnce() {
    program.run(
        () -> {
          var coroutines = asCompleted(List.of(after(2, 2), after(1, 1))).coroutines();
          assertThat(await(gather(coroutines))).containsExactly(1, 2);
        });
  }

  @Test
  void asCompletedThrowsWhenItsTimeIsUpAfterGivingWhatIsDone() {
    program.run(
        () -> {
          var never = createTask(after(10, 10));
          var came = new ArrayList<Integer>();
          assertThatThrownBy(
                  () -> {
                    for (var task : asCompleted(List.of(never, createTask(after(1, 1))), 5)) {
                      came.add(await(task));
                    }
                  })
              .isInstanceOf(TimeoutError.class)
              .hasMessageContaining("1 of 2");
          assertThat(came).containsExactly(1);
          never.cancel();
        });
  }
}
