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

  @Test
  void aTaskMadeInTheFirstStatementRunsOnlyWhenTheProgramAwaits() {
    program.run(
        () -> {
          Task<Void> task =
              createTask(
                  async(
                      () -> {
                        program.step("bg 1");
                        await(sleep(0));
                        program.step("bg 2");
                      }));
          program.step("line 2");
          await(sleep(0));
          program.step("line 4");
          await(task);
          program.step("end");
        });
    assertThat(program.trail()).containsExactly("line 2", "bg 1", "line 4", "bg 2", "end");
  }

  @Test
  void aCancelledTaskCleansUpBeforeItsWaiterHearsOfIt() {
    program.run(
        () -> {
          Task<Void> task = createTask(victim());
          await(sleep(0));
          task.cancel();
          program.step("asked");
          try {
            await(task);
          } catch (CancelledError e) {
            program.step("m sees it");
          }
          program.step(task.isCancelled());
        });
    assertThat(program.trail())
        .containsExactly(
            "v starts", "asked", "v cancelled", "v cleaned", "v finally", "m sees it", "true");
  }

  private Coroutine<Void> victim() {
    return async(
        () -> {
          try {
            program.step("v starts");
            await(sleep(10));
          } catch (CancelledError e) {
            program.step("v cancelled");
            await(sleep(0));
            program.step("v cleaned");
            throw e;
          } finally {
            program.step("v finally");
          }
        });
  }

  @Test
  void aSemaphoreLetsTheNextInWhenOneLeaves() {
    program.run(
        () -> {
          var semaphore = new AsyncSemaphore(2);
          List<Coroutine<Void>> work = new ArrayList<>();
          for (int i = 0; i < 5; i++) work.add(guest(semaphore, i));
          await(gather(work));
        });
    assertThat(program.trail())
        .containsExactly(
            "0 in", "1 in", "0 out", "2 in", "1 out", "3 in", "2 out", "4 in", "3 out", "4 out");
  }

  private Coroutine<Void> guest(AsyncSemaphore semaphore, int n) {
    return async(
        () -> {
          try (var _ = await(semaphore.acquire())) {
            program.step(n + " in");
            await(sleep(0.01 * (n + 1)));
            program.step(n + " out");
          }
        });
  }

  @Test
  void aFullQueueMakesItsProducerTakeTurnsWithTheConsumer() {
    program.run(
        () -> {
          var queue = new AsyncQueue<Integer>(1);
          await(gather(producer(queue), consumer(queue)));
          await(queue.join());
          program.step("joined");
        });
    assertThat(program.trail())
        .containsExactly("put 0", "got 0", "put 1", "got 1", "put 2", "got 2", "joined");
  }

  private Coroutine<Void> producer(AsyncQueue<Integer> queue) {
    return async(
        () -> {
          for (int i = 0; i < 3; i++) {
            await(queue.put(i));
            program.step("put " + i);
          }
        });
  }

  private Coroutine<Void> consumer(AsyncQueue<Integer> queue) {
    return async(
        () -> {
          for (int i = 0; i < 3; i++) {
            program.step("got " + await(queue.get()));
            queue.taskDone();
          }
        });
  }

  @Test
  void anEventWakesAllItsWaitersEvenIfItIsClearedAtOnce() {
    program.run(
        () -> {
          var event = new AsyncEvent();
          var tasks = new ArrayList<Task<Void>>();
          for (int i = 0; i < 3; i++) tasks.add(createTask(waiter(event, i)));
          await(sleep(0));
          event.set();
          event.clear();
          program.step("set");
          await(gather(tasks));
        });
    assertThat(program.trail())
        .containsExactly("0 waits", "1 waits", "2 waits", "set", "0 goes", "1 goes", "2 goes");
  }

  private Coroutine<Void> waiter(AsyncEvent event, int n) {
    return async(
        () -> {
          program.step(n + " waits");
          await(event.await());
          program.step(n + " goes");
        });
  }

  @Test
  void anAwaitedCoroutineRunsInPlaceAndDoneCallbacksGoThroughTheLoop() {
    program.run(
        () -> {
          Task<Integer> task =
              createTask(
                  async(
                      () -> {
                        program.step("outer");
                        int inner = await(async(this::inner));
                        program.step("back");
                        return inner;
                      }));
          task.onDone(_ -> program.step("done cb"));
          program.step("made");
          await(task);
          program.step("awaited");
        });
    assertThat(program.trail())
        .containsExactly("made", "outer", "inner", "back", "done cb", "awaited");
  }

  private int inner() {
    program.step("inner");
    return 1;
  }

  @Test
  void aShieldedTaskGoesOnWhenItsWaiterIsCancelled() {
    program.run(
        () -> {
          Task<String> inner = createTask(stage("work", 5));
          Task<String> waiter = createTask(async(() -> await(shield(inner))));
          await(sleep(1));
          waiter.cancel();
          try {
            await(waiter);
          } catch (CancelledError e) {
            program.step("main sees");
          }
          program.step(await(inner));
        });
    assertThat(program.trail()).containsExactly("work begins", "main sees", "work ends", "work");
  }
}
