package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is cancelled by a cancellation, how often, and what is left of the request.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class CancelRulesTest {
  private final Program program;

  CancelRulesTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void aSwallowedCancellationLeavesLaterWaitsAlone() {
    program.run(
        () -> {
          EventLoop loop = eventLoop();
          Promise<Integer> second = loop.createPromise();
          Promise<Integer> third = loop.createPromise();
          Task<Integer> task =
              createTask(
                  async(
                      () -> {
                        try {
                          await(second);
                        } catch (CancelledError e) {
                          program.step("swallowed");
                        }
                        return await(third);
                      }));
          await(sleep(0));
          task.cancel();
          assertThat(second.isCancelled()).isTrue();
          await(sleep(0));
          third.setResult(42);
          assertThat(await(task)).isEqualTo(42);
          assertThat(task.isCancelled()).isFalse();
        });
    assertThat(program.trail()).containsExactly("swallowed");
  }

  @Test
  void aTaskThatHasCancelledItselfCancelsTheTaskItAwaitsNext() {
    program.run(
        () -> {
          Promise<Integer> promise = eventLoop().createPromise();
          Task<Integer> nested = createTask(async(() -> await(promise)));
          Task<Integer> task =
              createTask(
                  async(
                      () -> {
                        await(sleep(0));
                        currentTask().cancel();
                        return await(nested);
                      }));
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
          assertThat(task.isCancelled()).isTrue();
          assertThat(nested.isCancelled()).isTrue();
          assertThat(promise.isCancelled()).isTrue();
        });
  }

  @Test
  void cancellingATaskAndWhatItAwaitsInOneTurnEndsBothCancelled() {
    program.run(
        () -> {
          Promise<Integer> promise = eventLoop().createPromise();
          Task<Integer> task = createTask(async(() -> await(promise)));
          await(sleep(0));
          promise.cancel();
          task.cancel();
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
          assertThat(promise.isCancelled()).isTrue();
          assertThat(task.isCancelled()).isTrue();
        });
  }

  @Test
  void uncancelTakesARequestBackAndTheNextOneCountsAgain() {
    program.run(
        () -> {
          Task<Void> task =
              createTask(
                  async(
                      () -> {
                        try {
                          await(sleep(10));
                        } catch (CancelledError e) {
                          currentTask().uncancel();
                          await(sleep(10));
                        }
                      }));
          await(sleep(1));
          assertThat(task.cancel()).isTrue();
          assertThat(task.cancelling()).isEqualTo(1);
          await(sleep(1));
          assertThat(task.cancelling()).isZero();
          assertThat(task.isDone()).isFalse();
          assertThat(task.cancel()).isTrue();
          assertThat(task.cancelling()).isEqualTo(1);
          assertThatThrownBy(() -> await(task)).isInstanceOf(CancelledError.class);
          task.uncancel();
          assertThat(task.isCancelled()).isTrue();
        });
  }

  /// A time limit as one would write it by hand.
  private String withLimit(double work, double limit) {
    Task<?> self = currentTask();
    boolean[] timedOut = {false};
    TimerHandle timer =
        eventLoop()
            .callLater(
                limit,
                () -> {
                  timedOut[0] = true;
                  self.cancel();
                });
    String outcome;
    try {
      await(sleep(work));
      outcome = "in time";
    } catch (CancelledError e) {
      if (!timedOut[0] || self.uncancel() > 0) throw e;
      outcome = "too late";
    } finally {
      timer.cancel();
    }
    await(sleep(0)); // outer code is not affected
    return outcome + " " + self.cancelling();
  }

  @Test
  void aTimeLimitWrittenByHandLeavesTheCodeAroundItAlone() {
    program.run(
        () -> {
          assertThat(await(createTask(async(() -> withLimit(10, 1))))).isEqualTo("too late 0");
          assertThat(await(createTask(async(() -> withLimit(0, 1))))).isEqualTo("in time 0");
          Task<String> outside = createTask(async(() -> withLimit(10, 5)));
          await(sleep(1));
          outside.cancel();
          assertThatThrownBy(() -> await(outside)).isInstanceOf(CancelledError.class);
          assertThat(outside.cancelling()).isEqualTo(1);
        });
  }

  @Test
  void aShieldedGatherLivesOnWhenItsShieldIsCancelled() {
    program.run(
        () -> {
          Promise<Integer> one = eventLoop().createPromise();
          Promise<Integer> two = eventLoop().createPromise();
          var parent = gather(one, two);
          var outer = shield(parent);
          await(sleep(0));
          outer.cancel();
          await(sleep(0));
          assertThat(outer.isCancelled()).isTrue();
          one.setResult(1);
          two.setResult(2);
          await(sleep(0));
          assertThat(await(parent)).containsExactly(1, 2);
        });
  }

  @Test
  void aCancelledGatherOfShieldsLeavesTheShieldedAlone() {
    program.run(
        () -> {
          Promise<Integer> one = eventLoop().createPromise();
          Promise<Integer> two = eventLoop().createPromise();
          Promise<Integer> shield1 = shield(one);
          Promise<Integer> shield2 = shield(two);
          var parent = gather(shield1, shield2);
          await(sleep(0));
          parent.cancel();
          await(sleep(0));
          assertThatThrownBy(() -> await(parent)).isInstanceOf(CancelledError.class);
          assertThat(shield1.isCancelled()).isTrue();
          assertThat(shield2.isCancelled()).isTrue();
          one.setResult(1);
          two.setResult(2);
          await(sleep(0));
          assertThat(one.result() + two.result()).isEqualTo(3);
        });
  }

  @Test
  void theCancellationOfShieldedWorkCancelsTheShield() {
    program.run(
        () -> {
          Task<Void> inner = createTask(sleep(10));
          Promise<Void> outer = shield(inner);
          await(sleep(0));
          inner.cancel();
          assertThatThrownBy(() -> await(outer)).isInstanceOf(CancelledError.class);
          assertThat(outer.isCancelled()).isTrue();
        });
  }
}
