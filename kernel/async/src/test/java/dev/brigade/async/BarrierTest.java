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
final class BarrierTest {
  private static final int N = 5;

  private final Program program;
  private int count;

  BarrierTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static List<Task<Void>> tasks(int n, Action body) {
    List<Task<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < n; i++) tasks.add(createTask(async(body)));
    return tasks;
  }

  private long steps(String what) {
    return program.trail().stream().filter(what::equals).count();
  }

  @Test
  void eachPartyGetsItsNumberAndAllGoOnTogether() {
    program.run(
        () -> {
          var barrier = new AsyncBarrier(3);
          for (int i = 0; i < 3; i++) {
            String name = "party " + i;
            double pause = i;
            createTask(
                async(
                    () -> {
                      await(sleep(pause));
                      int index = await(barrier.await());
                      program.step(name + " as " + index + " at " + eventLoop().time());
                    }));
          }
          await(sleep(5));
          assertThat(barrier.waitingCount()).isZero();
          assertThat(barrier.isBroken()).isFalse();
        });
    assertThat(program.trail())
        .containsExactlyInAnyOrder(
            "party 0 as 0 at 2.0", "party 1 as 1 at 2.0", "party 2 as 2 at 2.0");
  }

  @Test
  void cancellingAWaiterOnlyLowersTheCount() {
    program.run(
        () -> {
          var barrier = new AsyncBarrier(3);
          Action body =
              () -> {
                await(barrier.await());
                program.step("passed");
              };
          Task<Void> first = createTask(async(body));
          Task<Void> second = createTask(async(body));
          await(sleep(0));
          assertThat(barrier.waitingCount()).isEqualTo(2);
          first.cancel();
          await(sleep(0));
          assertThat(barrier.waitingCount()).isEqualTo(1);
          assertThat(first.isCancelled()).isTrue();
          Task<Void> third = createTask(async(body));
          await(sleep(0));
          assertThat(barrier.waitingCount()).isEqualTo(2);
          await(gather(second, third, createTask(async(body))));
          assertThat(barrier.waitingCount()).isZero();
        });
    assertThat(steps("passed")).isEqualTo(3);
  }

  @Test
  void whoComesBackWhileItDrainsWaitsForTheNextRound() {
    program.run(
        () -> {
          var barrier = new AsyncBarrier(N);
          var passing = new AsyncBarrier(N - 2);
          int[] back = {2};
          await(
              gather(
                  tasks(
                      N,
                      () -> {
                        await(barrier.await());
                        if (back[0]-- > 0) {
                          await(barrier.await());
                        } else {
                          await(passing.await());
                          await(barrier.await());
                        }
                        program.step("through");
                      })));
          assertThat(barrier.state()).isEqualTo(AsyncBarrier.State.FILLING);
        });
    assertThat(steps("through")).isEqualTo(N);
  }

  @Test
  void allButTheLastToLeaveSeeItDraining() {
    program.run(
        () -> {
          var barrier = new AsyncBarrier(N);
          await(
              gather(
                  tasks(
                      N,
                      () -> {
                        await(barrier.await());
                        program.step(barrier.state());
                      })));
        });
    assertThat(program.trail())
        .containsExactly("DRAINING", "DRAINING", "DRAINING", "DRAINING", "FILLING");
  }

  @Test
  void aResetBreaksThoseWhoWait() {
    program.run(
        () -> {
          var barrier = new AsyncBarrier(N);
          List<Task<Void>> waiting =
              tasks(
                  N - 1,
                  () -> {
                    try {
                      await(barrier.await());
                    } catch (BrokenBarrierError e) {
                      program.step("broken");
                    }
                  });
          await(sleep(0));
          createTask(barrier.reset());
          await(gather(waiting));
          assertThat(barrier.waitingCount()).isZero();
          assertThat(barrier.state()).isEqualTo(AsyncBarrier.State.FILLING);
        });
    assertThat(steps("broken")).isEqualTo(N - 1);
  }

  @Test
  void aResetWhileNobodyIsInsideLeavesThoseForTheNextRoundAlone() {
    program.run(
        () -> {
          var barrier = new AsyncBarrier(N);
          await(
              gather(
                  tasks(
                      N,
                      () -> {
                        await(barrier.await());
                        if (++count == N) {
                          await(barrier.reset());
                          await(barrier.await());
                        } else {
                          try {
                            await(barrier.await());
                            program.step("second");
                          } catch (BrokenBarrierError e) {
                            program.step("broken");
                          }
                        }
                        await(barrier.await());
                        program.step("third");
                      })));
        });
    assertThat(steps("second")).isEqualTo(N - 1);
    assertThat(steps("broken")).isZero();
    assertThat(steps("third")).isEqualTo(N);
  }

  @Test
  void aResetWhileItDrainsBreaksThoseStillInside() {
    program.run(
        () -> {
          var barrier = new AsyncBarrier(N);
          await(
              gather(
                  tasks(
                      N,
                      () -> {
                        try {
                          await(barrier.await());
                          if (barrier.snapshot().inside() == N / 2) await(barrier.reset());
                        } catch (BrokenBarrierError e) {
                          program.step("broken");
                        }
                      })));
          assertThat(barrier.state()).isEqualTo(AsyncBarrier.State.FILLING);
        });
    assertThat(steps("broken")).isEqualTo(N / 2);
  }

  @Test
  void anAbortFailsAllNowAndLaterUntilAReset() {
    program.run(
        () -> {
          var barrier = new AsyncBarrier(N, "start");
          await(
              gather(
                  tasks(
                      N,
                      () -> {
                        try {
                          if (await(barrier.await()) == N / 2) {
                            throw new IllegalStateException("false start");
                          }
                          await(barrier.await());
                          program.step("passed");
                        } catch (BrokenBarrierError e) {
                          program.step("broken");
                        } catch (IllegalStateException e) {
                          await(barrier.abort());
                        }
                      })));
          assertThat(barrier.isBroken()).isTrue();
          assertThat(barrier.waitingCount()).isZero();
          assertThat(barrier).hasToString("<AsyncBarrier start broken>");
          assertThatThrownBy(() -> await(barrier.await()))
              .isInstanceOf(BrokenBarrierError.class)
              .hasMessageContaining("await(barrier.reset())");
          await(barrier.reset());
          await(gather(tasks(N, () -> await(barrier.await()))));
        });
    assertThat(steps("passed")).isZero();
    assertThat(steps("broken")).isEqualTo(N - 1);
  }

  @Test
  void aBarrierTellsHowManyHaveComeAndWho() {
    program.run(
        () -> {
          var barrier = new AsyncBarrier(3);
          List<Task<Void>> waiting = tasks(2, () -> await(barrier.await()));
          await(sleep(0));
          assertThat(barrier)
              .hasToString(
                  "<AsyncBarrier barrier-1 filling, 2 of 3 have come, waiting: Task-2, Task-3>");
          assertThat(barrier.snapshot())
              .isEqualTo(
                  new AsyncBarrier.Snapshot(
                      "barrier-1",
                      AsyncBarrier.State.FILLING,
                      3,
                      2,
                      List.<Task<?>>copyOf(waiting)));
          assertThat(waiting.getFirst().waitingAt()).isSameAs(barrier);
          waiting.forEach(Task::cancel);
        });
    assertThatThrownBy(() -> new AsyncBarrier(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
