package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Loops that draw the next task by a seed, and cells' bodies on loops of their own.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class ShuffleTest {
  private final CarrierKind kind;
  private Program program;

  ShuffleTest(CarrierKind kind) {
    this.kind = kind;
    program = new Program(kind);
  }

  private EventLoop shuffled(long seed) {
    return new EventLoop(
        program.options(LoopClock.virtual()).withShuffle(seed), kind.carrier(), false);
  }

  private <T> T run(long seed, Callable<T> main) {
    program = new Program(kind);
    return Async.run(async(main), () -> shuffled(seed));
  }

  /// Two tasks that read, give up their turn, and write: what is left of four increments.
  private int lostUpdate() {
    int[] counter = {0};
    var tasks = new ArrayList<Task<Void>>();
    for (String name : List.of("a", "b")) {
      tasks.add(
          createTask(
              async(
                  () -> {
                    for (int i = 0; i < 2; i++) {
                      int seen = counter[0];
                      program.step(name + " reads " + seen);
                      await(sleep(0));
                      counter[0] = seen + 1;
                      program.step(name + " writes " + counter[0]);
                    }
                  })));
    }
    await(gather(tasks));
    return counter[0];
  }

  @Test
  void seedsBringDifferentOutcomesOfARaceToLight() {
    var outcomes = new TreeSet<Integer>();
    for (long seed = 0; seed < 20; seed++) outcomes.add(run(seed, this::lostUpdate));
    assertThat(outcomes).hasSizeGreaterThan(1);
    // No order can do better than one after the other.
    assertThat(outcomes.last()).isEqualTo(4);
  }

  @Test
  void theSameSeedGivesTheSameLog() {
    for (long seed = 0; seed < 20; seed++) {
      int first = run(seed, this::lostUpdate);
      List<String> log = program.trail();
      assertThat(run(seed, this::lostUpdate)).isEqualTo(first);
      assertThat(program.trail()).isEqualTo(log);
    }
  }

  @Test
  void anAsyncLockHoldsInEveryOrder() {
    for (long seed = 0; seed < 50; seed++) {
      int total =
          run(
              seed,
              () -> {
                var lock = new AsyncLock();
                int[] counter = {0};
                var tasks = new ArrayList<Task<Void>>();
                for (int i = 0; i < 5; i++) {
                  tasks.add(
                      createTask(
                          async(
                              () -> {
                                try (var _ = await(lock.acquire())) {
                                  int seen = counter[0];
                                  await(sleep(0));
                                  counter[0] = seen + 1;
                                }
                              })));
                }
                await(gather(tasks));
                return counter[0];
              });
      assertThat(total).isEqualTo(5);
    }
  }

  @Test
  void callbacksKeepTheirOrderAndTimersOfOneDeadlineTheirs() {
    for (long seed = 0; seed < 20; seed++) {
      run(
          seed,
          () -> {
            EventLoop loop = eventLoop();
            for (int i = 0; i < 4; i++) {
              int n = i;
              loop.callSoon(() -> program.step("soon " + n));
              loop.callLater(1, () -> program.step("later " + n));
              createTask(async(() -> await(sleep(0))));
            }
            await(sleep(2));
            return null;
          });
      assertThat(program.trail())
          .containsExactly(
              "soon 0", "soon 1", "soon 2", "soon 3", "later 0", "later 1", "later 2", "later 3");
    }
  }

  @Test
  void aTaskThatNeverWaitsDoesNotKeepATimerFromFiring() {
    boolean rang =
        run(
            3,
            () -> {
              boolean[] rung = {false};
              eventLoop().callLater(0, () -> rung[0] = true);
              while (!rung[0]) await(sleep(0));
              return rung[0];
            });
    assertThat(rang).isTrue();
  }

  @Test
  void timeIsVirtualOnAShuffledLoop() {
    String text =
        Async.run(
            async(
                () -> {
                  await(sleep(3600));
                  return eventLoop().time() + " " + eventLoop();
                }),
            () -> EventLoop.shuffled(7));
    assertThat(text).startsWith("3600.0 ").contains("virtual time shuffled by seed 7");
  }

  // --- a cell's body on a loop of its own

  private <T> T cell(EventLoop home, EventLoop other, Callable<T> body) throws Exception {
    var result = new CompletableFuture<T>();
    Origin origin = Origin.of("In [1]");
    home.submitRoot(
        origin,
        "In [1]",
        () -> {
          try {
            result.complete(other.runRoot(origin, "In [1]", body));
          } catch (Throwable t) { // the test wants it
            result.completeExceptionally(t);
          }
          return null;
        });
    return result.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aBodyRunsOnTheOtherLoopAndMayRunProgramsThere() throws Exception {
    EventLoop home = program.hosted();
    try {
      EventLoop other = program.newLoop(LoopClock.virtual());
      double time =
          cell(
              home,
              other,
              () -> {
                assertThat(eventLoop()).isSameAs(other);
                assertThat(Origin.current().loops()).containsExactly(other);
                Async.run(async(() -> await(sleep(5))));
                return eventLoop().time();
              });
      assertThat(time).isEqualTo(5.0);
      assertThat(other.isClosed()).isTrue();
    } finally {
      home.shutdown();
    }
  }

  @Test
  void tasksABodyLeavesAreToldOfAndCancelled() throws Exception {
    EventLoop home = program.hosted();
    try {
      cell(
          home,
          program.newLoop(LoopClock.virtual()),
          () -> {
            createTask(
                async(
                    () -> {
                      try {
                        await(sleep(60));
                      } finally {
                        program.step("cleaned up");
                      }
                    }),
                "left");
            await(sleep(0));
            return null;
          });
      assertThat(program.trail()).containsExactly("cleaned up");
      assertThat(program.notices().getFirst()).isInstanceOf(Notice.LeftByRun.class);
      assertThat(program.notices().getFirst().text()).contains("left");
    } finally {
      home.shutdown();
    }
  }

  @Test
  void cancellingTheCellCancelsItsBodyElsewhere() throws Exception {
    EventLoop home = program.hosted();
    var begun = new CountDownLatch(1);
    try {
      var ended = new CompletableFuture<Void>();
      var thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      cell(
                          home,
                          program.newLoop(LoopClock.real()),
                          () -> {
                            begun.countDown();
                            await(sleep(3600));
                            return null;
                          });
                      ended.complete(null);
                    } catch (Exception e) { // the test wants it
                      ended.completeExceptionally(e.getCause());
                    }
                  });
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      home.tasks().getFirst().cancelThreadsafe();
      assertThatThrownBy(() -> ended.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CancelledError.class);
      thread.join(30_000);
    } finally {
      home.shutdown();
    }
  }
}
