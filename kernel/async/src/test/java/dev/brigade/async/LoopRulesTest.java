package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Callbacks, timers, stopping: the rules of the loop itself.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class LoopRulesTest {
  private final Program program;

  LoopRulesTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static void doNothing() {}

  private static TimerHandle timer(TimerHeap heap, long deadline) {
    return heap.add(LoopRulesTest::doNothing, null, null, null, deadline);
  }

  @Test
  void aCancelledTimerAtTheHeadIsDroppedAndTheNextLiveOneIsWaitedFor() {
    var heap = new TimerHeap();
    TimerHandle first = timer(heap, 5);
    TimerHandle second = timer(heap, 20);
    first.cancel();
    assertThat(heap.head()).isSameAs(second);
    assertThat(heap.size()).isEqualTo(1);
  }

  @Test
  void timeDoesNotStopAtACancelledTimer() {
    program.run(
        () -> {
          EventLoop loop = eventLoop();
          TimerHandle cancelled = loop.callLater(5, () -> program.step("never"));
          Promise<Double> fired = loop.createPromise();
          loop.callLater(20, () -> fired.setResult(loop.time()));
          cancelled.cancel();
          long before = loop.statistics().iterations();
          assertThat(await(fired)).isEqualTo(20);
          assertThat(loop.statistics().iterations() - before).isLessThanOrEqualTo(2);
        });
    assertThat(program.trail()).isEmpty();
  }

  @Test
  void cancelledTimersAreDroppedAtOnceOnlyWhenTheyAreMoreThanHalfOfManyTimers() {
    var heap = new TimerHeap();
    var timers = new ArrayList<TimerHandle>();
    for (int i = 0; i < 102; i++) timers.add(timer(heap, i));
    timers.subList(1, 52).forEach(TimerHandle::cancel);
    heap.head();
    assertThat(heap.size()).as("half of them are cancelled, not more").isEqualTo(102);
    timers.get(52).cancel();
    heap.head();
    assertThat(heap.size()).isEqualTo(50);
  }

  @Test
  void fewCancelledTimersStayUntilTheyReachTheHead() {
    var heap = new TimerHeap();
    var timers = new ArrayList<TimerHandle>();
    for (int i = 0; i < 100; i++) timers.add(timer(heap, i));
    timers.subList(1, 100).forEach(TimerHandle::cancel);
    assertThat(heap.head()).isSameAs(timers.getFirst());
    assertThat(heap.size()).isEqualTo(100);
  }

  @Test
  void ofTwoNegativeDelaysTheEarlierDeadlineComesFirst() {
    program.run(
        () -> {
          eventLoop().callLater(-1, () -> program.step("-1"));
          eventLoop().callLater(-2, () -> program.step("-2"));
          await(sleep(0));
          await(sleep(0));
        });
    assertThat(program.trail()).containsExactly("-2", "-1");
  }

  @Test
  void aLoopStoppedBeforeItRunsDoesOneIterationThatDoesNotWait() {
    EventLoop loop = program.newLoop(LoopClock.virtual());
    loop.callSoon(
        () -> {
          program.step("ready");
          loop.callSoon(() -> program.step("of the next iteration"));
        });
    loop.callLater(10, () -> program.step("later"));
    loop.stop();
    loop.runForever();
    assertThat(program.trail()).containsExactly("ready");
    assertThat(loop.time()).isZero();
    loop.close();
  }

  @Test
  void theLoopRefusesCallsFromOtherThreadsSaveOne() throws Exception {
    EventLoop loop = program.hosted();
    assertThatThrownBy(() -> loop.callSoon(LoopRulesTest::doNothing))
        .isInstanceOf(MisuseError.class)
        .hasMessageContaining("loop.callSoonThreadsafe(...)");
    assertThatThrownBy(() -> loop.callLater(1, LoopRulesTest::doNothing))
        .isInstanceOf(MisuseError.class);
    assertThatThrownBy(() -> loop.callAt(1, LoopRulesTest::doNothing))
        .isInstanceOf(MisuseError.class);
    assertThatThrownBy(() -> loop.createTask(sleep(0))).isInstanceOf(MisuseError.class);
    turn(loop);
    loop.shutdown();
  }

  private static void turn(EventLoop loop) throws InterruptedException {
    var turned = new CountDownLatch(1);
    loop.callSoonThreadsafe(turned::countDown);
    assertThat(turned.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCallbackCancelledFromAnotherThreadDoesNotRun() throws Exception {
    EventLoop loop = program.hosted();
    var held = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    loop.callSoonThreadsafe(
        () -> {
          held.countDown();
          awaitLatch(goOn);
        });
    assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
    Handle handle = loop.callSoonThreadsafe(() -> program.step("never"));
    handle.cancel();
    goOn.countDown();
    turn(loop);
    assertThat(handle.isCancelled()).isTrue();
    assertThat(program.trail()).isEmpty();
    loop.shutdown();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aJobWhosePromiseWasCancelledMayEndAfterItsLoopIsClosed() throws Exception {
    var started = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var uncaught = new AtomicReference<Throwable>();
    var thread = new AtomicReference<Thread>();
    program.run(
        () -> {
          Promise<Void> job =
              eventLoop()
                  .runInExecutor(
                      work -> thread.set(startThread(work, uncaught)),
                      () -> {
                        started.countDown();
                        awaitLatch(goOn);
                      });
          awaitLatch(started);
          job.cancel();
          await(sleep(0));
        });
    goOn.countDown();
    assertThat(thread.get().join(java.time.Duration.ofSeconds(30))).isTrue();
    assertThat(uncaught.get()).isNull();
    assertThat(program.notices()).isEmpty();
  }

  private static Thread startThread(Runnable work, AtomicReference<Throwable> uncaught) {
    return Thread.ofPlatform().uncaughtExceptionHandler((_, e) -> uncaught.set(e)).start(work);
  }

  @Test
  void aSleepOfZeroLetsExactlyThoseRunThatAreReady() {
    program.run(
        () -> {
          EventLoop loop = eventLoop();
          loop.callSoon(
              () -> {
                program.step("first");
                loop.callSoon(() -> program.step("made by the first"));
              });
          loop.callSoon(() -> program.step("second"));
          program.step("before");
          await(sleep(0));
          program.step("after");
        });
    assertThat(program.trail())
        .containsExactly("before", "first", "second", "after", "made by the first");
  }

  @Test
  void aLoopStoppedTooEarlySaysSoAndItsTaskWaitsOn() {
    EventLoop loop = program.newLoop(LoopClock.virtual());
    var counter = new AtomicReference<Task<?>>();
    Coroutine<Void> count =
        async(
            () -> {
              counter.set(currentTask());
              for (int i = 1; i < 10; i++) {
                await(sleep(1));
                program.step(i);
                if (i == 2) loop.stop();
              }
            });
    assertThatThrownBy(() -> loop.runUntilComplete(count))
        .isInstanceOf(MisuseError.class)
        .hasMessageContaining("stopped before");
    Task<?> task = counter.get();
    assertThat(task.isDone()).isFalse();
    assertThat(loop.time()).isEqualTo(2);
    assertThat(program.trail()).containsExactly("1", "2");
    loop.callSoon(task::cancel);
    assertThatThrownBy(() -> loop.runUntilComplete(task)).isInstanceOf(CancelledError.class);
    loop.close();
  }

  @Test
  void whatWasStoppedTooEarlyDoesNotStopALaterRunWhenItIsDone() {
    EventLoop loop = program.newLoop(LoopClock.virtual());
    Promise<Integer> early = loop.createPromise();
    loop.callSoonThreadsafe(loop::stop);
    assertThatThrownBy(() -> loop.runUntilComplete(early)).isInstanceOf(MisuseError.class);
    loop.callLater(1, () -> early.setResult(1));
    loop.runUntilComplete(sleep(2));
    assertThat(loop.time()).isEqualTo(2);
    loop.close();
  }

  @Test
  void aLoopThatRunsAlreadyIsGivenNoTaskWhenItRefuses() throws Exception {
    EventLoop loop = program.newLoop(LoopClock.virtual());
    var running = new CountDownLatch(1);
    loop.callSoonThreadsafe(running::countDown);
    Thread owner = Thread.ofPlatform().start(loop::runForever);
    awaitLatch(running);
    Coroutine<Void> refused = sleep(1);
    assertThatThrownBy(() -> loop.runUntilComplete(refused)).isInstanceOf(MisuseError.class);
    assertThat(loop.tasks()).isEmpty();
    assertThat(refused.isStarted()).isTrue(); // closed: nobody reports it as forgotten
    loop.stop();
    owner.join();
    loop.close();
  }

  @Test
  void tasksCanBeListedFromOtherThreadsWhileTheyComeAndGo() throws Exception {
    EventLoop loop = program.hosted();
    var done =
        runCoroutineThreadsafe(
            async(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    var some = new ArrayList<Coroutine<Void>>();
                    for (int k = 0; k < 20; k++) some.add(sleep(0));
                    await(gather(some));
                  }
                }),
            loop);
    while (!done.isDone()) {
      assertThat(loop.tasks()).hasSizeLessThanOrEqualTo(21).doesNotContainNull();
      assertThat(TaskGraph.of(loop).toString()).isNotNull();
    }
    done.get(30, TimeUnit.SECONDS);
    loop.shutdown();
  }
}
