package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class GeneratorTest {
  private final Program program;

  GeneratorTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private AsyncGenerator<Integer> ticks(int count) {
    return generator(
        out -> {
          try {
            for (int i = 0; i < count; i++) {
              await(sleep(1));
              out.emit(i);
            }
          } finally {
            program.step("cleanup");
          }
        });
  }

  @Test
  void valuesComeAsTheBodyMakesThemAndItsWaitsLetOthersRun() {
    program.run(
        () -> {
          var other =
              createTask(
                  async(
                      () -> {
                        await(sleep(1.5));
                        program.step("other");
                      }));
          for (int tick : ticks(3)) program.step(tick + " at " + eventLoop().time());
          await(other);
        });
    assertThat(program.trail())
        .containsExactly("0 at 1.0", "other", "1 at 2.0", "2 at 3.0", "cleanup");
  }

  @Test
  void aBodyThatDoesNotWaitNeedsNoTurnOfTheLoop() {
    program.run(
        () -> {
          eventLoop().callSoon(() -> program.step("loop turned"));
          AsyncGenerator<Integer> numbers =
              generator(
                  out -> {
                    for (int i = 0; i < 3; i++) out.emit(i);
                  });
          for (int number : numbers) program.step(number);
          await(sleep(0));
        });
    assertThat(program.trail()).containsExactly("0", "1", "2", "loop turned");
  }

  @Test
  void nothingRunsBeforeTheFirstValueIsAskedFor() {
    program.run(
        () -> {
          var ticks = ticks(1);
          await(sleep(5));
          ticks.close();
        });
    assertThat(program.trail()).isEmpty();
  }

  @Test
  void closingEarlyRunsTheCleanupOfTheBody() {
    program.run(
        () -> {
          try (var ticks = ticks(10)) {
            for (int tick : ticks) {
              program.step(tick);
              if (tick == 1) break;
            }
          }
          program.step("after");
        });
    assertThat(program.trail()).containsExactly("0", "1", "cleanup", "after");
  }

  @Test
  void whatTheBodyThrowsComesOutOfTheIteration() {
    program.run(
        () -> {
          AsyncGenerator<Integer> broken =
              generator(
                  out -> {
                    out.emit(1);
                    throw new java.io.IOException("no more");
                  });
          var seen = new ArrayList<Integer>();
          assertThatThrownBy(
                  () -> {
                    for (int value : broken) seen.add(value);
                  })
              .isInstanceOf(java.io.IOException.class)
              .hasMessage("no more");
          assertThat(seen).containsExactly(1);
        });
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void cancellingWhoIteratesCancelsTheBodyAtItsAwait() {
    program.run(
        () -> {
          var consumer =
              createTask(
                  async(
                      () -> {
                        for (int tick : ticks(100)) program.step(tick);
                      }));
          await(sleep(1.5));
          consumer.cancel();
          assertThatThrownBy(() -> await(consumer)).isInstanceOf(CancelledError.class);
        });
    assertThat(program.trail()).containsExactly("0", "cleanup");
  }

  @Test
  void aGeneratorLeftAtTheEndOfTheProgramIsCleanedUp() {
    program.run(
        () -> {
          for (int tick : ticks(100)) if (tick == 0) break;
          assertThat(allTasks()).hasSize(1); // its body is none of the program's tasks
        });
    assertThat(program.trail()).containsExactly("cleanup");
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void twoConsumersAtOnceAreAnErrorThatNamesTheWayOut() {
    program.run(
        () -> {
          var ticks = ticks(3);
          var first =
              createTask(
                  async(
                      () -> {
                        for (int tick : ticks) program.step(tick);
                      }));
          await(sleep(0.5));
          assertThatThrownBy(() -> ticks.iterator().hasNext())
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("AsyncQueue");
          await(first);
        });
  }

  @Test
  void theBodySeesAndSetsTheContextVariablesOfWhoIterates() {
    var user = new ContextVar<String>("user");
    program.run(
        () -> {
          user.set("Ada");
          AsyncGenerator<String> names =
              generator(
                  out -> {
                    out.emit(user.get());
                    user.set("Grace");
                    out.emit("");
                  });
          var seen = names.iterator();
          assertThat(seen.next()).isEqualTo("Ada");
          seen.next();
          assertThat(user.get()).isEqualTo("Grace");
          names.close();
        });
  }

  @Test
  void theSequencerRunsPiecesInTheOrderWritten() {
    program.run(
        () -> {
          var order = new Sequencer();
          var a =
              createTask(
                  async(
                      () -> {
                        try (var _ = await(order.at(1))) {
                          program.step("a1");
                          await(sleep(1));
                        }
                        try (var _ = await(order.at(2))) {
                          program.step("a2");
                        }
                      }));
          var b =
              createTask(
                  async(
                      () -> {
                        try (var _ = await(order.at(3))) {
                          program.step("b3");
                        }
                      }));
          try (var _ = await(order.at(0))) {
            program.step("main0");
          }
          await(gather(a, b));
          assertThatThrownBy(() -> await(order.at(2)))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("position 2");
        });
    assertThat(program.trail()).containsExactly("main0", "a1", "a2", "b3");
  }

  @Test
  void aCancelledWaitBreaksTheSequencerSoThatNobodyWaitsForEver() {
    program.run(
        () -> {
          var order = new Sequencer();
          var waiting = createTask(async(() -> await(order.at(1))));
          var behind = createTask(async(() -> await(order.at(2))));
          await(sleep(0));
          waiting.cancel();
          assertThatThrownBy(() -> await(behind))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("broken");
        });
  }

  @Test
  void waitUntilAllBlockedReturnsWhenTheOthersHaveComeAsFarAsTheyCan() {
    program.run(
        () -> {
          for (int n = 1; n <= 3; n++) {
            int turns = n * 10;
            createTask(
                async(
                    () -> {
                      for (int i = 0; i < turns; i++) await(sleep(0));
                      program.step(turns);
                      await(sleep(100));
                      program.step("not yet");
                    }));
          }
          await(waitUntilAllBlocked());
          program.step("blocked at " + eventLoop().time());
          for (Task<?> task : allTasks()) if (task != currentTask()) task.cancel();
        });
    assertThat(program.trail()).containsExactly("10", "20", "30", "blocked at 0.0");
  }
}
