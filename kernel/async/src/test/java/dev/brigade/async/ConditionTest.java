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
final class ConditionTest {
  private final Program program;
  private int stock;

  ConditionTest(CarrierKind kind) {
    program = new Program(kind);
  }

  /// Takes the lock, waits, and keeps the lock.
  private Coroutine<Void> waiter(AsyncCondition condition, String name) {
    return async(
        () -> {
          await(condition.acquire());
          await(condition.await());
          program.step(name);
        });
  }

  @Test
  void signalledWaitersGoOnOneByOneAsTheyGetTheLock() {
    program.run(
        () -> {
          var condition = new AsyncCondition();
          for (int i = 1; i <= 3; i++) createTask(waiter(condition, "waiter " + i));
          await(sleep(0));
          assertThat(condition.isLocked()).isFalse();
          await(condition.acquire());
          condition.signal();
          await(sleep(0));
          program.step("still locked");
          condition.release();
          await(sleep(0));
          program.step("-");
          condition.signal(2);
          await(sleep(0));
          condition.release();
          await(sleep(0));
          program.step("-");
          condition.release();
          await(sleep(0));
          assertThat(condition.isLocked()).isTrue();
        });
    assertThat(program.trail())
        .containsExactly("still locked", "waiter 1", "-", "waiter 2", "-", "waiter 3");
  }

  @Test
  void aCancelledWaiterHoldsTheLockWhenItLeaves() {
    program.run(
        () -> {
          var condition = new AsyncCondition();
          await(condition.acquire());
          Task<Void> waiting = createTask(condition.await());
          eventLoop().callSoon(waiting::cancel);
          assertThatThrownBy(() -> await(waiting)).isInstanceOf(CancelledError.class);
          assertThat(condition.snapshot().waiting()).isEmpty();
          assertThat(condition.isLocked()).isTrue();
        });
  }

  @Test
  void aCancelWhileTheLockIsTakenAgainComesOnceItIsTaken() {
    program.run(
        () -> {
          var condition = new AsyncCondition();
          Task<Void> waiting =
              createTask(
                  async(
                      () -> {
                        try (var _ = await(condition.acquire())) {
                          program.step("waits");
                          await(condition.await());
                        }
                      }));
          await(sleep(0));
          await(condition.acquire());
          condition.signal();
          await(sleep(0));
          waiting.cancel("enough");
          await(sleep(0));
          assertThat(waiting.isDone()).isFalse();
          condition.release();
          await(sleep(0));
          assertThat(waiting.isCancelled()).isTrue();
          assertThatThrownBy(waiting::result).hasMessage("enough");
          assertThat(condition.isLocked()).isFalse();
        });
    assertThat(program.trail()).containsExactly("waits");
  }

  private Coroutine<Void> consumer(AsyncCondition condition) {
    return async(
        () -> {
          try (var _ = await(condition.acquire())) {
            while (true) {
              await(condition.waitFor(() -> stock != 0));
              if (stock < 0) return;
              stock--;
            }
          }
        });
  }

  @Test
  void aSignalToAWaiterCancelledInTheSameTurnGoesToTheNext() {
    signalledAndCancelled(0);
  }

  @Test
  void aSignalToAWaiterCancelledWhileItTakesTheLockGoesToTheNext() {
    signalledAndCancelled(1);
  }

  private void signalledAndCancelled(int turnsBetween) {
    program.run(
        () -> {
          var condition = new AsyncCondition();
          List<Task<Void>> consumers = new ArrayList<>();
          for (int i = 0; i < 2; i++) consumers.add(createTask(consumer(condition)));
          await(sleep(0));
          try (var _ = await(condition.acquire())) {
            stock++;
            condition.signal(1);
            for (int i = 0; i < turnsBetween; i++) await(sleep(0));
            consumers.getFirst().cancel();
            try {
              timeout(1, () -> await(condition.waitFor(() -> stock == 0)));
            } catch (TimeoutError e) {
              program.step(stock + " left"); // nobody tells that an item was taken
            }
            stock = -1;
            condition.signalAll();
          }
          await(consumers.getLast());
        });
    assertThat(program.trail()).containsExactly("0 left");
  }

  @Test
  void waitForDoesNotWaitWhenItIsTrueAndNeedsNoLockThen() {
    program.run(
        () -> {
          var condition = new AsyncCondition();
          await(condition.waitFor(() -> true));
          assertThatThrownBy(() -> await(condition.waitFor(() -> false)))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("needs the condition's lock")
              .hasMessageContaining("right: try (var _ = await(condition.acquire()))");
          assertThatThrownBy(condition::signal).isInstanceOf(MisuseError.class);
          assertThatThrownBy(condition::signalAll).isInstanceOf(MisuseError.class);
        });
  }

  @Test
  void aLockMayBeSharedByConditions() {
    program.run(
        () -> {
          var lock = new AsyncLock("door");
          var in = new AsyncCondition(lock, "in");
          var out = new AsyncCondition(lock, "out");
          try (var _ = await(in.acquire())) {
            assertThat(lock.isLocked()).isTrue();
            assertThat(out.isLocked()).isTrue();
            assertThat(out).hasToString("<AsyncCondition out locked by Task-1>");
          }
          assertThat(lock.isLocked()).isFalse();
        });
  }

  @Test
  void aConditionTellsWhoWaitsForASignalAndWhoForTheLock() {
    program.run(
        () -> {
          var condition = new AsyncCondition();
          Task<Void> first = createTask(consumer(condition));
          Task<Void> second = createTask(consumer(condition));
          await(sleep(0));
          await(condition.acquire());
          condition.signal();
          await(sleep(0));
          assertThat(condition)
              .hasToString(
                  "<AsyncCondition condition-1 locked by Task-1, waiting: Task-3, waiting for the"
                      + " lock: Task-2>");
          assertThat(second.waitingAt()).isSameAs(condition);
          assertThat(first.waitingAt().name()).isEqualTo("condition-1.lock");
          assertThat(first.waitingAt().holders()).containsExactly(currentTask());
          condition.release();
          first.cancel();
          second.cancel();
        });
  }

  @Test
  void aWaiterInACancelledScopeStillWaitsForTheLock() {
    program.run(
        () -> {
          var condition = new AsyncCondition();
          Task<Void> waiting =
              createTask(
                  async(
                      () -> {
                        try (var _ = await(condition.acquire())) {
                          moveOnAfter(1, () -> await(condition.await()));
                          program.step("left at " + eventLoop().time());
                        }
                      }));
          await(sleep(0));
          try (var _ = await(condition.acquire())) {
            await(sleep(3));
          }
          await(waiting);
        });
    assertThat(program.trail()).containsExactly("left at 3.0");
  }
}
