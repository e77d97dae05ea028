package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class SemaphoreTest {
  private final Program program;

  SemaphoreTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private Coroutine<Void> taker(AsyncSemaphore semaphore, Object name) {
    return async(
        () -> {
          await(semaphore.acquire());
          program.step(name);
        });
  }

  private Coroutine<Void> twice(AsyncSemaphore semaphore, String name) {
    return async(
        () -> {
          for (int round = 1; round <= 2; round++) {
            await(semaphore.acquire());
            program.step(name + round);
            await(sleep(0.01));
            semaphore.release();
          }
        });
  }

  @Test
  void whoComesAgainQueuesBehindThoseWhoWait() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(1);
          await(gather(twice(semaphore, "a"), twice(semaphore, "b"), twice(semaphore, "c")));
        });
    assertThat(program.trail()).containsExactly("a1", "b1", "c1", "a2", "b2", "c2");
  }

  @Test
  void whoReleasesAndAcquiresAgainDoesNotOvertake() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(1);
          Task<Void> first = createTask(taker(semaphore, 1));
          Task<Void> second =
              createTask(
                  async(
                      () -> {
                        await(semaphore.acquire());
                        program.step(2);
                        semaphore.release();
                        await(semaphore.acquire());
                        program.step(4);
                      }));
          Task<Void> third = createTask(taker(semaphore, 3));
          await(sleep(0));
          semaphore.release();
          semaphore.release();
          await(gather(first, second, third));
        });
    assertThat(program.trail()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aCancelledWaiterIsSkipped() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(0);
          Task<Void> first = createTask(taker(semaphore, 1));
          Task<Void> second = createTask(taker(semaphore, 2));
          Task<Void> third = createTask(taker(semaphore, 3));
          await(sleep(0));
          first.cancel();
          await(sleep(0));
          semaphore.release();
          semaphore.release();
          await(gatherSettled(first, second, third));
        });
    assertThat(program.trail()).containsExactly("2", "3");
  }

  @Test
  void oneAcquireWakesAllForWhomThereArePermits() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(0);
          Task<Void> first =
              createTask(
                  async(
                      () -> {
                        await(semaphore.acquire());
                        createTask(async(() -> program.step(4)));
                        program.step(1);
                      }));
          Task<Void> second =
              createTask(
                  async(
                      () -> {
                        for (int i = 0; i < 3; i++) semaphore.release();
                        assertThat(semaphore.snapshot().permits()).isEqualTo(2);
                        assertThat(semaphore.isLocked()).isTrue();
                        await(semaphore.acquire());
                        program.step(2);
                      }));
          Task<Void> third = createTask(taker(semaphore, 3));
          await(sleep(0));
          assertThat(semaphore.snapshot().permits()).isEqualTo(2);
          await(sleep(0));
          await(gather(first, second, third));
          await(sleep(0));
        });
    assertThat(program.trail()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aPermitReleasedInTheTurnOfACancelGoesToTheNext() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(0);
          Task<Held> first = createTask(semaphore.acquire());
          Task<Held> second = createTask(semaphore.acquire());
          await(sleep(0));
          first.cancel();
          semaphore.release();
          await(sleep(0));
          await(sleep(0));
          assertThat(semaphore.isLocked()).isTrue();
          assertThat(second.isDone()).isTrue();
        });
  }

  @Test
  void aWaiterCancelledByTheOneThatLeavesKeepsNothing() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(1);
          Task<?>[] tasks = new Task<?>[2];
          tasks[0] =
              createTask(
                  async(
                      () -> {
                        try (var _ = await(semaphore.acquire())) {
                          await(sleep(0));
                        }
                        tasks[1].cancel();
                      }));
          tasks[1] = createTask(taker(semaphore, "never"));
          var outcomes = await(gatherSettled(tasks[0], tasks[1]));
          assertThat(outcomes.get(0).isSuccess()).isTrue();
          assertThat(outcomes.get(1).isCancelled()).isTrue();
          timeout(1, () -> await(semaphore.acquire()));
        });
    assertThat(program.trail()).isEmpty();
  }

  @Test
  void aBoundedSemaphoreRefusesAReleaseTooMany() {
    program.run(
        () -> {
          var semaphore = new AsyncBoundedSemaphore(2, "ovens");
          Held held = await(semaphore.acquire());
          held.close();
          assertThatThrownBy(semaphore::release)
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("<AsyncBoundedSemaphore ovens unlocked, permits: 2 of 2>")
              .hasMessageContaining("wrong:")
              .hasMessageContaining("right: try (var _ = await(semaphore.acquire()))");
          assertThat(semaphore.snapshot().permits()).isEqualTo(2);
          assertThat(semaphore.snapshot().holdersKnown()).isTrue();
          assertThatThrownBy(() -> new AsyncBoundedSemaphore(-1))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  void aSemaphoreKnowsItsHoldersUntilAnotherGivesAPermitBack() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(2);
          Held held = await(semaphore.acquire());
          Task<Void> other = createTask(taker(semaphore, "other"));
          Task<Void> waiting = createTask(taker(semaphore, "waiting"));
          await(sleep(0));
          assertThat(semaphore)
              .hasToString(
                  "<AsyncSemaphore semaphore-1 locked, permits: 0 of 2, held by Task-1, Task-2,"
                      + " waiting: Task-3>");
          assertThat(waiting.waitingAt().holders()).containsExactly(currentTask(), other);
          held.close();
          await(waiting);
          assertThat(semaphore.snapshot().holders()).containsExactly(other, waiting);
          semaphore.release(); // this task holds none any more
          assertThat(semaphore.snapshot().holdersKnown()).isFalse();
          assertThat(semaphore.snapshot().holders()).isEmpty();
        });
  }

  @Test
  void aPermitReleasedByHandIsStruckOutOnce() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(3);
          Held first = await(semaphore.acquire());
          await(semaphore.acquire());
          semaphore.release();
          first.close();
          assertThat(semaphore.snapshot().holdersKnown()).isTrue();
          assertThat(semaphore.snapshot().holders()).isEmpty();
          assertThat(semaphore.snapshot().permits()).isEqualTo(3);
        });
  }
}
