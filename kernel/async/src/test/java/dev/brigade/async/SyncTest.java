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
final class SyncTest {
  private final Program program;

  SyncTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void aLockKeepsItsSectionWholeAcrossAwaits() {
    int[] shared = {0};
    program.run(
        () -> {
          var lock = new AsyncLock();
          List<Coroutine<Void>> work = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            work.add(
                async(
                    () -> {
                      try (var _ = await(lock.acquire())) {
                        int read = shared[0];
                        await(sleep(0));
                        shared[0] = read + 1;
                      }
                    }));
          }
          await(gather(work));
        });
    assertThat(shared[0]).isEqualTo(100);
  }

  @Test
  void withoutALockUpdatesAreLost() {
    int[] shared = {0};
    program.run(
        () -> {
          List<Coroutine<Void>> work = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            work.add(
                async(
                    () -> {
                      int read = shared[0];
                      await(sleep(0));
                      shared[0] = read + 1;
                    }));
          }
          await(gather(work));
        });
    assertThat(shared[0]).isEqualTo(1);
  }

  @Test
  void aCancelledWaiterPassesItsTurnOn() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          Held held = await(lock.acquire());
          Task<Void> first = createTask(taker(lock, "first"));
          Task<Void> second = createTask(taker(lock, "second"));
          await(sleep(0));
          // Released and cancelled in the same turn: the wake-up must not get lost.
          held.close();
          first.cancel();
          await(second);
          assertThat(first.isCancelled()).isTrue();
          assertThat(lock.isLocked()).isFalse();
        });
    assertThat(program.trail()).containsExactly("second");
  }

  private Coroutine<Void> taker(AsyncLock lock, String name) {
    return async(
        () -> {
          try (var _ = await(lock.acquire())) {
            program.step(name);
          }
        });
  }

  @Test
  void releasingAFreeLockSaysHowToUseIt() {
    program.run(
        () ->
            assertThatThrownBy(() -> new AsyncLock().release())
                .isInstanceOf(MisuseError.class)
                .hasMessageContaining("try (var _ = await(lock.acquire()))"));
  }

  @Test
  void closingAHeldLockTwiceReleasesItOnce() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          Held held = await(lock.acquire());
          held.close();
          held.close();
          assertThat(lock.isLocked()).isFalse();
        });
  }

  @Test
  void aSemaphorePermitGrantedToACancelledWaiterGoesToTheNext() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(1);
          Held held = await(semaphore.acquire());
          Task<Void> first = createTask(guest(semaphore, "first"));
          Task<Void> second = createTask(guest(semaphore, "second"));
          await(sleep(0));
          held.close();
          first.cancel();
          await(second);
          assertThat(semaphore.isLocked()).isFalse();
        });
    assertThat(program.trail()).containsExactly("second");
  }

  private Coroutine<Void> guest(AsyncSemaphore semaphore, String name) {
    return async(
        () -> {
          try (var _ = await(semaphore.acquire())) {
            program.step(name);
          }
        });
  }

  @Test
  void aLateComerQueuesBehindTheWaitersOfASemaphore() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(1);
          Held held = await(semaphore.acquire());
          Task<Void> waiting = createTask(guest(semaphore, "waiting"));
          await(sleep(0));
          held.close();
          assertThat(semaphore.isLocked()).isTrue();
          await(guest(semaphore, "late"));
          await(waiting);
        });
    assertThat(program.trail()).containsExactly("waiting", "late");
  }

  @Test
  void cancellingAGetLosesNoItem() {
    program.run(
        () -> {
          var queue = new AsyncQueue<String>();
          Task<String> first = createTask(queue.get());
          Task<String> second = createTask(queue.get());
          await(sleep(0));
          queue.putNowait("item");
          first.cancel();
          assertThat(await(second)).isEqualTo("item");
        });
  }

  @Test
  void aFullQueueRefusesAndAnEmptyOneHasNothing() {
    program.run(
        () -> {
          var queue = new AsyncQueue<Integer>(1);
          queue.putNowait(1);
          assertThatThrownBy(() -> queue.putNowait(2)).isInstanceOf(QueueFull.class);
          queue.getNowait();
          assertThatThrownBy(queue::getNowait).isInstanceOf(QueueEmpty.class);
          queue.taskDone();
          assertThatThrownBy(queue::taskDone).isInstanceOf(MisuseError.class);
        });
  }

  @Test
  void aPrimitiveInUseOnOneLoopIsRefusedOnAnotherAndMovesWhenItIsFree() {
    var lock = new AsyncLock();
    program.run(
        () -> {
          Held held = await(lock.acquire());
          Throwable refused =
              await(
                  toThread(
                      () -> {
                        try {
                          program.run(() -> await(lock.acquire()));
                          return null;
                        } catch (MisuseError e) {
                          return e;
                        }
                      }));
          assertThat(refused).hasMessageContaining("in use on loop");
          held.close();
        });
    program.run(() -> await(lock.acquire()).close());
  }
}
