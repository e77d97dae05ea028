package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class IntrospectionTest {
  private final CarrierKind kind;
  private final Program program;

  IntrospectionTest(CarrierKind kind) {
    this.kind = kind;
    program = new Program(kind);
  }

  private List<Notice.Deadlock> deadlocks() {
    return program.notices().stream()
        .filter(Notice.Deadlock.class::isInstance)
        .map(Notice.Deadlock.class::cast)
        .toList();
  }

  private static Task<Void> sleeper(String name) {
    return createTask(sleep(100), name);
  }

  private static List<String> awaiters(Task<?> task) {
    return TaskGraph.of(eventLoop()).node(task).awaitedBy().stream()
        .<String>map(Task::name)
        .toList();
  }

  @Test
  void whoAwaitsWhomReachesThroughGatherShieldWaitAndTaskGroup() {
    program.run(
        () -> {
          var work = sleeper("work");
          createTask(async(() -> await(work)), "plain");
          createTask(async(() -> await(gather(work, sleeper("other")))), "gatherer");
          createTask(async(() -> await(shield(work))), "shielder");
          createTask(async(() -> await(waitAny(List.of(work)))), "waiter");
          var grouped =
              createTask(
                  async(
                      () ->
                          taskGroup(group -> group.createTask(async(() -> await(work)), "child"))),
                  "group");
          await(sleep(1));
          assertThat(awaiters(work))
              .containsExactlyInAnyOrder("plain", "gatherer", "shielder", "waiter", "child");
          Task<?> child =
              allTasks().stream().filter(t -> t.name().equals("child")).findFirst().orElseThrow();
          assertThat(awaiters(child)).containsExactly("group");
          assertThat(callGraph(child).awaitedBy())
              .singleElement()
              .satisfies(above -> assertThat(above.promise()).isSameAs(grouped));
        });
  }

  @Test
  void theTreeShowsUnderEachTaskThoseItAwaits() {
    program.run(
        () -> {
          createTask(async(() -> await(gather(sleeper("a"), sleeper("b")))), "both");
          await(sleep(1));
          assertThat(TaskGraph.of(eventLoop()).toString())
              .isEqualTo(
                  """
                  Task-1 coroutine running
                  both coroutine waiting for gather (a, b)
                  ├── a sleep waiting for sleep
                  └── b sleep waiting for sleep\
                  """);
        });
  }

  @Test
  void theCallGraphPrintsStacksAndAwaiters() {
    program.run(
        () -> {
          var work = dev.brigade.users.UserCode.createsHere();
          createTask(async(() -> await(work)), "boss");
          await(sleep(1));
          assertThat(callGraph(work).toString())
              .contains("* Task(name=" + work.name() + ")")
              .contains("UserCode.waitsHere")
              .contains("+ Awaited by:\n     * Task(name=boss)");
        });
  }

  @Test
  void twoTasksThatTakeTwoLocksInOppositeOrderAreReportedAsACircle() {
    program.run(
        () -> {
          var one = new AsyncLock("one");
          var two = new AsyncLock("two");
          var a = createTask(async(() -> both(one, two)), "a");
          var b = createTask(async(() -> both(two, one)), "b");
          await(sleep(5));
          assertThat(TaskGraph.of(eventLoop()).deadlocked()).containsExactly(a, b);
          a.cancel();
          await(sleep(5));
          assertThat(b.isDone()).isTrue();
        });
    assertThat(deadlocks()).hasSize(1);
    assertThat(deadlocks().getFirst().text())
        .contains("a waits for two (held by b)")
        .contains("b waits for one (held by a)");
  }

  private static void both(AsyncLock first, AsyncLock second) {
    try (var _ = await(first.acquire())) {
      await(sleep(1));
      try (var _ = await(second.acquire())) {
        await(sleep(1));
      }
    }
  }

  @Test
  void aTaskThatWaitsForItsOwnLockIsReported() {
    program.run(
        () -> {
          var lock = new AsyncLock("door");
          moveOnAfter(
              5,
              () -> {
                try (var _ = await(lock.acquire())) {
                  await(lock.acquire());
                }
              });
        });
    assertThat(deadlocks()).hasSize(1);
    assertThat(deadlocks().getFirst().text())
        .contains("waits for what it holds itself")
        .contains("Task-1 waits for door (held by Task-1)");
  }

  @Test
  void aHolderThatAwaitsItsOwnWaiterIsReported() {
    program.run(
        () -> {
          var lock = new AsyncLock("door");
          moveOnAfter(
              5,
              () -> {
                try (var _ = await(lock.acquire())) {
                  await(gather(async(() -> await(lock.acquire())), sleeper("s")));
                }
              });
        });
    assertThat(deadlocks()).isEmpty(); // the sleeper ends, so the gather is not stuck for certain
    program.run(
        () -> {
          var lock = new AsyncLock("door");
          moveOnAfter(
              5,
              () -> {
                try (var _ = await(lock.acquire())) {
                  await(gather(async(() -> await(lock.acquire()))));
                }
              });
        });
    assertThat(deadlocks()).hasSize(1);
  }

  @Test
  void tasksThatAwaitEachOtherAreReported() {
    program.run(
        () -> {
          Task<?>[] other = new Task<?>[1];
          var a =
              createTask(
                  async(
                      () -> {
                        await(sleep(1));
                        await(other[0]);
                      }),
                  "a");
          other[0] = createTask(async(() -> await(a)), "b");
          await(sleep(2));
          a.cancel();
          await(sleep(1));
        });
    assertThat(deadlocks()).hasSize(1);
    assertThat(deadlocks().getFirst().waits()).hasSize(2);
  }

  @Test
  void aProgramOfWhichNothingCanGoOnIsReported() {
    EventLoop loop = program.newLoop(LoopClock.virtual());
    var queue = new AsyncQueue<Integer>();
    Thread runner =
        Thread.ofPlatform()
            .start(() -> run(async(() -> await(gather(queue.get(), queue.get()))), () -> loop));
    Notice notice = awaitNotice();
    assertThat(notice).isInstanceOf(Notice.Deadlock.class);
    assertThat(notice.text()).contains("nothing in this loop can go on").contains("Task-2");
    loop.callSoonThreadsafe(
        () -> {
          queue.putNowait(1);
          queue.putNowait(2);
        });
    join(runner);
  }

  private Notice awaitNotice() {
    try {
      return program.awaitNotice();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      assertThat(thread.join(java.time.Duration.ofSeconds(30))).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void allOfItCanBeAskedFromAnotherThreadWhileTheLoopIsStuck() throws Exception {
    EventLoop loop = program.hosted();
    var stuck = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    loop.callSoonThreadsafe(
        () -> {
          createTask(sleep(100), "sleeper");
          createTask(
              async(
                  () -> {
                    await(sleep(0));
                    stuck.countDown();
                    goOn.await(30, TimeUnit.SECONDS);
                  }),
              "stuck");
        });
    assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(TaskGraph.of(loop).toString())
        .contains("sleeper sleep waiting for sleep")
        .contains("stuck coroutine running");
    assertThat(loop.statistics().tasksLiving()).isEqualTo(2);
    assertThat(CallGraph.of(loop.tasks().getFirst()).awaitedBy()).isEmpty();
    goOn.countDown();
    loop.shutdown();
  }

  @Test
  void statisticsCountTasksTurnsAndTimers() {
    program.run(
        () -> {
          sleeper("a");
          sleeper("b");
          await(sleep(1));
          LoopStatistics now = eventLoop().statistics();
          assertThat(now.tasksCreated()).isEqualTo(3);
          assertThat(now.tasksLiving()).isEqualTo(3);
          assertThat(now.timers()).isEqualTo(2);
          assertThat(now.turns()).isGreaterThanOrEqualTo(4);
          assertThat(now.iterations()).isPositive();
        });
  }

  @Test
  void aStepThatLastsIsReportedWhileItLasts() throws Exception {
    var options = program.options(LoopClock.real());
    EventLoop loop = EventLoop.host(options, kind.carrier());
    var goOn = new CountDownLatch(1);
    loop.callSoonThreadsafe(
        () -> {
          createTask(
              async(
                  () -> {
                    goOn.await(30, TimeUnit.SECONDS);
                  }),
              "stuck");
          createTask(sleep(0), "neighbour");
        });
    Notice notice = program.awaitNotice();
    assertThat(notice).isInstanceOf(Notice.Stuck.class);
    assertThat(notice.text()).contains("stuck blocks its thread").contains("Waiting: neighbour");
    goOn.countDown();
    loop.shutdown();
  }
}
