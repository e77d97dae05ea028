package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The order of events of whole programs, as CPython 3.11 printed it for the same program in
/// Python.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class OrderTest {
  private final Program program;

  OrderTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void sleepersPrintInTheOrderOfTheirTimersAndTurns() {
    program.run(
        () -> {
          var tasks = new ArrayList<Task<Void>>();
          for (int i = 0; i < 3; i++) tasks.add(createTask(sleeper(i)));
          await(gather(tasks));
        });
    assertThat(program.trail())
        .containsExactly(
            "0 start", "1 start", "2 start", "0 turn", "1 turn", "2 turn", "0 end", "1 end",
            "2 end");
  }

  private Coroutine<Void> sleeper(int n) {
    return async(
        () -> {
          program.step(n + " start");
          await(sleep(0));
          program.step(n + " turn");
          await(sleep(1));
          program.step(n + " end");
        });
  }

  @Test
  void aCallbackScheduledByACallbackWaitsForTheNextIteration() {
    program.run(
        () -> {
          EventLoop loop = eventLoop();
          loop.callSoon(
              () -> {
                program.step("a");
                loop.callSoon(() -> program.step("c"));
              });
          loop.callSoon(() -> program.step("b"));
          await(sleep(0));
          program.step("main");
          await(sleep(0));
        });
    assertThat(program.trail()).containsExactly("a", "b", "main", "c");
  }

  @Test
  void aLockServesItsWaitersInTheOrderTheyCame() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          List<Coroutine<Void>> work = new ArrayList<>();
          for (int i = 0; i < 5; i++) work.add(worker(lock, i));
          await(gather(work));
        });
    assertThat(program.trail())
        .containsExactly(
            "0 waits", "0 in", "1 waits", "2 waits", "3 waits", "4 waits", "0 out", "1 in", "1 out",
            "2 in", "2 out", "3 in", "3 out", "4 in", "4 out");
  }

  private Coroutine<Void> worker(AsyncLock lock, int n) {
    return async(
        () -> {
          program.step(n + " waits");
          try (var _ = await(lock.acquire())) {
            program.step(n + " in");
            await(sleep(0));
            program.step(n + " out");
          }
        });
  }

  @Test
  void aFailureReachesTheGatherersWaiterAndTheSiblingsRunOn() {
    program.run(
        () -> {
          try {
            await(gather(stage("a", 1), failing(), stage("b", 3)));
          } catch (IllegalStateException e) {
            program.step("caught " + e.getMessage());
          }
          await(sleep(5));
        });
    assertThat(program.trail())
        .containsExactly("a begins", "f begins", "b begins", "a ends", "caught f", "b ends");
  }

  private Coroutine<String> stage(String name, double seconds) {
    return async(
        () -> {
          program.step(name + " begins");
          await(sleep(seconds));
          program.step(name + " ends");
          return name;
        });
  }

  private Coroutine<String> failing() {
    return async(
        () -> {
          program.step("f begins");
          await(sleep(2));
          throw new IllegalStateException("f");
        });
  }

  @Test
  void timersWithEqualDeadlinesFireInTheOrderTheyWereSet() {
    program.run(
        () -> {
          EventLoop loop = eventLoop();
          double when = loop.time() + 1;
          for (int i = 0; i < 20; i++) {
            int n = i;
            loop.callAt(when, () -> program.step(n));
          }
          await(sleep(2));
        });
    assertThat(program.trail())
        .containsExactly(
            java.util.stream.IntStream.range(0, 20)
                .mapToObj(String::valueOf)
                .toArray(String[]::new));
  }
}
