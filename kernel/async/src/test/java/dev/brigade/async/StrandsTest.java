package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// What one task's thread may pass on to the next task, on the scheduler: the baton's threads carry
/// one task each.
final class StrandsTest {
  private final Program program = new Program(CarrierKind.SCHEDULER);

  private static Task<Thread> runs(Action what) {
    return createTask(
        async(
            () -> {
              what.run();
              return Thread.currentThread();
            }));
  }

  @Test
  void aTaskThatEndsLeavesItsThreadToTheNextOneThatStarts() {
    program.run(
        () -> {
          Thread first = await(runs(() -> {}));
          Task<String> second = createTask(async(() -> Thread.currentThread().getName()), "second");
          assertThat(await(second)).as("its name is the task's").isEqualTo("second");
          assertThat(await(runs(() -> {}))).isSameAs(first);
        });
  }

  @Test
  void tasksThatWaitAtTheSameTimeHaveThreadsOfTheirOwn() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    program.run(
        () -> {
          List<Coroutine<Boolean>> all = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            all.add(
                async(
                    () -> {
                      await(sleep(1));
                      return threads.add(Thread.currentThread());
                    }));
          }
          assertThat(await(gather(all))).doesNotContain(false);
        });
  }

  @Test
  void aThreadLocalOfOneTaskIsNotSeenByTheNext() {
    var local = new ThreadLocal<String>();
    var inherited = new InheritableThreadLocal<String>();
    program.run(
        () -> {
          Thread first = await(runs(() -> local.set("mine")));
          Thread second = await(runs(() -> assertThat(local.get()).isNull()));
          assertThat(second).isNotSameAs(first);
        });
    program.run(
        () -> {
          Thread first = await(runs(() -> inherited.set("mine")));
          Thread second = await(runs(() -> assertThat(inherited.get()).isNull()));
          assertThat(second).isNotSameAs(first);
        });
  }

  @Test
  void anotherContextClassLoaderOfOneTaskIsNotTheNextOnes() {
    program.run(
        () -> {
          ClassLoader usual = Thread.currentThread().getContextClassLoader();
          await(runs(() -> Thread.currentThread().setContextClassLoader(null)));
          await(
              runs(
                  () ->
                      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(usual)));
        });
  }

  @Test
  void anInterruptOfOneTaskDoesNotReachTheNext() {
    program.run(
        () -> {
          await(runs(() -> Thread.currentThread().interrupt()));
          await(runs(() -> assertThat(Thread.currentThread().isInterrupted()).isFalse()));
        });
    program.run(
        () -> {
          Thread first = await(runs(() -> {}));
          first.interrupt(); // it waits for its next task
          Task<Boolean> next = createTask(async(() -> Thread.currentThread().isInterrupted()));
          assertThat(await(next)).isFalse();
        });
  }

  @Test
  void aThreadThatWasAskedForIsItsTasksAlone() {
    program.run(
        () -> {
          var gate = new AsyncEvent();
          Task<Thread> task = runs(() -> await(gate.await()));
          assertThat(task.thread()).as("before the first step").isNull();
          await(sleep(0));
          Thread asked = task.thread();
          gate.set();
          assertThat(await(task)).isSameAs(asked);
          assertThat(task.thread()).as("after the end").isNull();
          assertThat(await(runs(() -> {}))).isNotSameAs(asked);
        });
  }

  @Test
  void aTaskThatBlockedOnALockKeepsItsThreadToItself() {
    program.run(
        () -> {
          Thread first = await(runs(() -> WovenWaits.end(WovenWaits.begin(null, "Lock.lock"))));
          assertThat(await(runs(() -> {}))).isNotSameAs(first);
        });
  }

  @Test
  void theThreadsEndWithTheLoop() throws Exception {
    Thread thread = program.run(() -> await(runs(() -> {})));
    thread.join();
    assertThat(thread.isAlive()).isFalse();
  }
}
