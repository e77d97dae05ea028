package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Locks and events: who gets in, and what a cancellation in the same turn does.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class LockTest {
  private final Program program;

  LockTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private Coroutine<Void> taker(AsyncLock lock, String name) {
    return async(
        () -> {
          await(lock.acquire());
          program.step(name);
        });
  }

  @Test
  void aReleaseLetsExactlyOneWaiterInAndALateComerQueues() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          await(lock.acquire());
          createTask(taker(lock, "1"));
          createTask(taker(lock, "2"));
          await(sleep(0));
          lock.release();
          await(sleep(0));
          await(sleep(0));
          program.step("-");
          createTask(taker(lock, "3"));
          lock.release();
          await(sleep(0));
          program.step("-");
          lock.release();
          await(sleep(0));
        });
    assertThat(program.trail()).containsExactly("1", "-", "2", "-", "3");
  }

  @Test
  void aReleaseAndACancelInOneTurnPassTheLockToTheNext() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          Promise<Void> gate = eventLoop().createPromise();
          Task<Void> a = createTask(inside(lock, gate));
          await(sleep(0));
          Task<Void> b = createTask(inside(lock, null));
          Task<Void> c = createTask(inside(lock, null));
          await(sleep(0));
          assertThat(lock.snapshot().waiting()).containsExactly(b, c);
          gate.setResult(null);
          b.cancel();
          assertThat(lock.snapshot().waiting()).containsExactly(c);
          await(sleep(0));
          assertThat(lock.isLocked()).isFalse();
          assertThat(a.isDone()).isTrue();
          assertThat(b.isCancelled()).isTrue();
          await(c);
        });
  }

  private static Coroutine<Void> inside(AsyncLock lock, Promise<Void> gate) {
    return async(
        () -> {
          try (var _ = await(lock.acquire())) {
            if (gate != null) await(gate);
          }
        });
  }

  @Test
  void aReleaseAndACancelInOneTurnGrantTheLockOnce() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          await(lock.acquire());
          Task<Void> first = createTask(taker(lock, "first"));
          Task<Void> second = createTask(taker(lock, "second"));
          Task<Void> third = createTask(taker(lock, "third"));
          await(sleep(0));
          eventLoop()
              .callSoon(
                  () -> {
                    first.cancel();
                    lock.release();
                  });
          assertThatThrownBy(() -> await(first)).isInstanceOf(CancelledError.class);
          assertThat(second.isDone()).isTrue();
          assertThat(third.isDone()).isFalse();
          third.cancel();
          await(sleep(0));
          assertThat(third.isCancelled()).isTrue();
        });
    assertThat(program.trail()).containsExactly("second");
  }

  @Test
  void aWaiterCancelledBeforeTheReleaseIsSkipped() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          await(lock.acquire());
          Task<Held> first = createTask(lock.acquire());
          await(sleep(0));
          Task<Held> second = createTask(lock.acquire());
          first.cancel();
          lock.release();
          await(sleep(0));
          assertThat(lock.isLocked()).isTrue();
          assertThat(first.isCancelled()).isTrue();
          await(second).close();
        });
  }

  @Test
  void aLockIsOvertakenOnlyWhenAllItsWaitersAreCancelled() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          await(lock.acquire());
          Task<Void> waiting = createTask(taker(lock, "waiting"));
          await(sleep(0));
          waiting.cancel();
          lock.release();
          await(lock.acquire());
          program.step("overtook");
          lock.release();
          await(sleep(0));
        });
    assertThat(program.trail()).containsExactly("overtook");
  }

  @Test
  void aTaskThatRunsLaterInTheTurnOfASetEventDoesNotWaitAtAll() {
    program.run(
        () -> {
          var event = new AsyncEvent();
          createTask(eventually(event, "1"));
          createTask(eventually(event, "2"));
          await(sleep(0));
          createTask(eventually(event, "3"));
          event.set();
          await(sleep(0));
        });
    assertThat(program.trail()).containsExactly("3", "1", "2");
  }

  private Coroutine<Void> eventually(AsyncEvent event, String name) {
    return async(
        () -> {
          await(event.await());
          program.step(name);
        });
  }

  @Test
  void aCancelledWaitLeavesTheEvent() {
    program.run(
        () -> {
          var event = new AsyncEvent();
          Task<Void> waiter = createTask(event.await());
          eventLoop().callSoon(waiter::cancel);
          assertThatThrownBy(() -> await(waiter)).isInstanceOf(CancelledError.class);
          assertThat(event.snapshot().waiting()).isEmpty();
          assertThat(event.isSet()).isFalse();
        });
  }

  @Test
  void aLockTellsItsHolderAndItsWaiters() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          var stove = new AsyncLock("stove");
          assertThat(lock).hasToString("<AsyncLock lock-1 unlocked>");
          Held held = await(stove.acquire());
          Task<Held> waiter = createTask(stove.acquire());
          await(sleep(0));
          assertThat(stove).hasToString("<AsyncLock stove locked by Task-1, waiting: Task-2>");
          assertThat(stove.snapshot())
              .isEqualTo(new AsyncLock.Snapshot("stove", true, currentTask(), List.of(waiter)));
          assertThat(waiter.waitingAt()).isSameAs(stove);
          held.close();
          await(waiter).close();
          assertThat(waiter.waitingAt()).isNull();
        });
  }
}
