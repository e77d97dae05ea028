package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Promises: callbacks, errors nobody asks for, and who may await them.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class PromiseTest {
  private final Program program;

  PromiseTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void callbacksRunThroughTheLoopInTheOrderOfTheirRegistration() {
    program.run(
        () -> {
          Promise<Integer> promise = eventLoop().createPromise();
          promise.onDone(p -> program.step("first " + p.result()));
          promise.onDone(_ -> program.step("second"));
          promise.setResult(7);
          promise.onDone(_ -> program.step("registered when it was done"));
          program.step("settled");
          await(sleep(0));
        });
    assertThat(program.trail())
        .containsExactly("settled", "first 7", "second", "registered when it was done");
  }

  @Test
  void aRemovedCallbackIsNotCalled() {
    program.run(
        () -> {
          Promise<Integer> promise = eventLoop().createPromise();
          java.util.function.Consumer<Promise<Integer>> twice = _ -> program.step("never");
          promise.onDone(twice);
          promise.onDone(_ -> program.step("stays"));
          promise.onDone(twice);
          assertThat(promise.removeDoneCallback(twice)).isEqualTo(2);
          promise.setResult(1);
          await(sleep(0));
        });
    assertThat(program.trail()).containsExactly("stays");
  }

  @Test
  void anErrorNobodyAsksForIsReportedOnce() {
    program.run(
        () -> {
          Promise<Integer> promise = eventLoop().createPromise();
          promise.setError(new IllegalStateException("disk"));
          await(sleep(1));
          await(sleep(1));
        });
    assertThat(program.notices()).singleElement().isInstanceOf(Notice.CallbackFailed.class);
    assertThat(program.notices().getFirst().text()).contains("nobody awaited it", "disk");
  }

  @Test
  void anErrorThatWasLookedAtIsNotReported() {
    program.run(
        () -> {
          Promise<Integer> promise = eventLoop().createPromise();
          promise.setError(new IllegalStateException("disk"));
          assertThat(promise.error()).hasMessage("disk");
          await(sleep(1));
        });
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void aTaskThatAwaitsItselfIsAnErrorAndDoesNotHang() {
    program.run(
        () -> {
          Task<Void> task = createTask(async(() -> await(itself())));
          assertThatThrownBy(() -> await(task))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("cannot await itself");
        });
  }

  @SuppressWarnings("unchecked") // the running task, as what it is
  private static Task<Void> itself() {
    return (Task<Void>) currentTask();
  }

  @Test
  void aPromiseIsSettledOnceAndOnItsOwnThread() throws Exception {
    program.run(
        () -> {
          Promise<Integer> promise = eventLoop().createPromise();
          promise.setResult(1);
          assertThatThrownBy(() -> promise.setResult(2)).isInstanceOf(InvalidStateError.class);
          assertThat(promise.cancel()).isFalse();
          Promise<Integer> other = eventLoop().createPromise();
          var tried = new CountDownLatch(1);
          Thread thread =
              Thread.ofPlatform()
                  .start(
                      () -> {
                        try {
                          other.setResult(1);
                        } catch (MisuseError e) {
                          program.step(e.getMessage().contains("callSoonThreadsafe"));
                        } finally {
                          tried.countDown();
                        }
                      });
          tried.await();
          thread.join();
          assertThat(other.isDone()).isFalse();
        });
    assertThat(program.trail()).containsExactly("true");
  }
}
