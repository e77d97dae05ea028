package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class RaceTest {
  private final Program program;

  RaceTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private Coroutine<String> runner(String name, double seconds, boolean fails) {
    return async(
        () -> {
          program.step(name + " starts " + eventLoop().time());
          try {
            await(sleep(seconds));
          } catch (CancelledError e) {
            program.step(name + " cancelled");
            throw e;
          }
          if (fails) throw new IllegalStateException(name);
          return name;
        });
  }

  @Test
  void theFirstToSucceedWinsAndTheOthersAreCancelled() {
    program.run(
        () ->
            assertThat(await(race(List.of(runner("a", 3, false), runner("b", 1, false)))))
                .isEqualTo("b"));
    assertThat(program.trail()).containsExactly("a starts 0.0", "b starts 0.0", "a cancelled");
  }

  @Test
  void theNextStartsAfterTheDelayOrAtOnceWhenTheOneBeforeHasFailed() {
    program.run(
        () -> {
          var runners =
              List.of(runner("a", 9, false), runner("b", 0.5, true), runner("c", 1, false));
          assertThat(await(race(runners, 2))).isEqualTo("c");
        });
    assertThat(program.trail())
        .containsExactly("a starts 0.0", "b starts 2.0", "c starts 2.5", "a cancelled");
  }

  @Test
  void ofTwoThatSucceedInTheSameTurnTheFirstGivenWins() {
    program.run(
        () ->
            assertThat(await(race(List.of(runner("a", 1, false), runner("b", 1, false)))))
                .isEqualTo("a"));
  }

  @Test
  void ifAllFailTheirErrorsComeOutTogetherAndUnstartedOnesNeverRun() {
    program.run(
        () ->
            assertThatThrownBy(
                    () -> await(race(List.of(runner("a", 1, true), runner("b", 1, true)))))
                .isInstanceOf(ExceptionGroup.class)
                .hasMessageContaining("all 2 of the race failed"));
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void cancellingTheRaceCancelsAllRunners() {
    program.run(
        () -> {
          var race = createTask(race(List.of(runner("a", 9, false), runner("b", 9, false)), 5));
          await(sleep(1));
          race.cancel();
          assertThatThrownBy(() -> await(race)).isInstanceOf(CancelledError.class);
        });
    assertThat(program.trail()).containsExactly("a starts 0.0", "a cancelled");
  }
}
