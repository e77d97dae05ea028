package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A loop and the threads beside it: coroutines started from outside, promises as futures and
/// futures as promises.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class ThreadsafeTest {
  private final Program program;
  private final EventLoop loop;

  ThreadsafeTest(CarrierKind kind) {
    program = new Program(kind);
    loop = program.hosted();
  }

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aCoroutineStartedFromAnotherThreadGivesItsResultThere() throws Exception {
    var answer =
        runCoroutineThreadsafe(
            async(
                () -> {
                  await(sleep(0));
                  return eventLoop();
                }),
            loop);
    assertThat(get(answer)).isSameAs(loop);
  }

  @Test
  void whatTheCoroutineThrowsIsTheCauseInTheOtherThread() {
    var failing =
        runCoroutineThreadsafe(
            async(
                () -> {
                  throw new IllegalStateException("disk");
                }),
            loop);
    assertThatThrownBy(() -> get(failing))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("disk");
  }

  @Test
  void aThreadThatGivesUpWaitingCancelsTheCoroutine() throws Exception {
    var cleanedUp = new CountDownLatch(1);
    var started = new CountDownLatch(1);
    var slow = runCoroutineThreadsafe(waitForEver(started, cleanedUp), loop);
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> slow.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    slow.cancel(true);
    assertThat(cleanedUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static Coroutine<Void> waitForEver(CountDownLatch started, CountDownLatch cleanedUp) {
    return async(
        () -> {
          try {
            started.countDown();
            await(eventLoop().createPromise());
          } catch (CancelledError e) {
            cleanedUp.countDown();
            throw e;
          }
        });
  }

  @Test
  void aCoroutineWhoseTaskIsCancelledCancelsTheFuture() throws Exception {
    var started = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var future = runCoroutineThreadsafe(waitForEver(started, ended), loop);
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    loop.tasks().forEach(Task::cancelThreadsafe);
    assertThatThrownBy(() -> get(future)).isInstanceOf(CancellationException.class);
    assertThat(future.isCancelled()).isTrue();
  }

  @Test
  void aFutureCancelledBeforeTheLoopHearsOfItNeverRunsItsCoroutine() throws Exception {
    var holding = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    loop.callSoonThreadsafe(
        () -> {
          holding.countDown();
          awaitLatch(mayGoOn);
        });
    assertThat(holding.await(30, TimeUnit.SECONDS)).isTrue();
    Coroutine<Void> body = async(() -> program.step("ran"));
    runCoroutineThreadsafe(body, loop).cancel(true);
    mayGoOn.countDown();
    get(runCoroutineThreadsafe(sleep(0), loop));
    assertThat(program.trail()).isEmpty();
    assertThat(body.isStarted()).as("closed, so that nobody reports it").isTrue();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClosedLoopStartsNothing() {
    EventLoop closed = program.newLoop(LoopClock.real());
    closed.close();
    assertThatThrownBy(() -> runCoroutineThreadsafe(sleep(0), closed))
        .isInstanceOf(MisuseError.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aPromiseAndItsFutureCancelEachOther() throws Exception {
    CompletableFuture<Promise<Integer>> made = new CompletableFuture<>();
    loop.callSoonThreadsafe(() -> made.complete(loop.createPromise()));
    Promise<Integer> promise = get(made);
    var first = promise.toCompletableFuture();
    var second = promise.toCompletableFuture();
    get(runCoroutineThreadsafe(sleep(0), loop));
    first.cancel(true);
    assertThatThrownBy(() -> get(second)).isInstanceOf(CancellationException.class);
    assertThat(promise.isCancelled()).isTrue();
  }

  @Test
  void aPromiseOfAVirtualLoopIsAwaitedAsAFutureTooWithoutStoppingItsClock() {
    double elapsed =
        program.run(
            () -> {
              Task<String> task = createTask(async(() -> await(later("done"))));
              String text = await(task.toCompletableFuture().thenApply(s -> s + "!"));
              assertThat(text).isEqualTo("done!");
              return eventLoop().time();
            });
    assertThat(elapsed).isEqualTo(60);
  }

  private static Coroutine<String> later(String value) {
    return async(
        () -> {
          await(sleep(60));
          return value;
        });
  }

  @Test
  void aWrappedFutureIsGatheredLikeAnythingElse() throws Exception {
    var outside = new CompletableFuture<Integer>();
    var sum =
        runCoroutineThreadsafe(
            async(() -> await(gather(wrapFuture(outside), async(() -> 2)))), loop);
    outside.complete(1);
    assertThat(get(sum)).containsExactly(1, 2);
  }

  @Test
  void cancellingAWrappedFutureOrItsPromiseCancelsTheOther() throws Exception {
    var first = new CompletableFuture<Integer>();
    get(runCoroutineThreadsafe(async(() -> wrapFuture(first).cancel()), loop));
    get(runCoroutineThreadsafe(sleep(0), loop));
    assertThat(first.isCancelled()).isTrue();

    var second = new CompletableFuture<Integer>();
    var waiting = runCoroutineThreadsafe(async(() -> await(wrapFuture(second))), loop);
    second.cancel(true);
    assertThatThrownBy(() -> get(waiting)).isInstanceOf(CancellationException.class);
  }

  @Test
  void ensurePromiseStartsACoroutineAndLeavesAPromiseAsItIs() {
    program.run(
        () -> {
          Promise<Integer> promise = eventLoop().createPromise();
          assertThat(ensurePromise(promise)).isSameAs(promise);
          assertThat(ensurePromise(async(() -> 1))).isInstanceOf(Task.class);
        });
  }

  @Test
  void aTaskTellsItsCoroutineAndItsContext() {
    program.run(
        () -> {
          var user = new ContextVar<String>("user");
          Coroutine<Void> body = async(() -> setTo(user, "Ada"));
          Task<Void> task = createTask(body);
          assertThat(task.coroutine()).isSameAs(body);
          assertThat(task.context().get(user)).isNull();
          await(task);
          assertThat(task.context().get(user)).isEqualTo("Ada");
          assertThat(task.context().variables()).containsExactly(user);
        });
  }

  private static void setTo(ContextVar<String> variable, String value) {
    variable.set(value);
  }

  @Test
  void aTimeLimitMayBeginWithoutADeadlineAndGetOneLater() {
    program.run(
        () -> {
          assertThatThrownBy(
                  () ->
                      timeout(
                          Double.POSITIVE_INFINITY,
                          limit -> {
                            assertThat(limit.when()).isInfinite();
                            limit.reschedule(eventLoop().time() + 5);
                            await(eventLoop().createPromise());
                          }))
              .isInstanceOf(TimeoutError.class);
          assertThat(eventLoop().time()).isEqualTo(5);
          assertThat(timeout(Double.POSITIVE_INFINITY, () -> 7)).isEqualTo(7);
        });
  }

  @Test
  void aHandlerMayLeaveErrorsToTheDefault() {
    program.run(
        () -> {
          EventLoop mine = eventLoop();
          assertThat(mine.exceptionHandler()).isNull();
          mine.onException(mine::defaultExceptionHandler);
          assertThat(mine.exceptionHandler()).isNotNull();
          mine.callExceptionHandler(ErrorContext.of("disk", new IllegalStateException("full")));
        });
    assertThat(program.notices()).singleElement().isInstanceOf(Notice.CallbackFailed.class);
  }
}
