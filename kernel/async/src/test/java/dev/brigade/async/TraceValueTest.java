package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.async.trace.LoopView;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceDiff;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class TraceValueTest {
  private static final long SECOND = 1_000_000_000;

  private final Program program;

  TraceValueTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static Coroutine<Void> cook(double time) {
    return Coroutines.of("cook", () -> await(sleep(time)));
  }

  private static Trace cooks(double first, double second) {
    return trace(() -> await(gather(cook(first), cook(second))));
  }

  @Test
  void aTraceKnowsTheOrderOfEndsAndIsTheLastOne() {
    program.run(
        () -> {
          Trace trace = cooks(2, 1);
          assertThat(trace.order()).containsExactly("Task-3 cook", "Task-2 cook");
          assertThat(order()).isEqualTo(trace.order());
          assertThat(lastTrace()).isSameAs(trace);
          assertThat(trace.timeline().nanos()).isEqualTo(2 * SECOND);
        });
  }

  @Test
  void codeThatFailsLeavesItsTrace() {
    program.run(
        () -> {
          assertThatThrownBy(
                  () ->
                      trace(
                          () -> {
                            await(sleep(1));
                            throw new IllegalStateException("burnt");
                          }))
              .hasMessage("burnt");
          assertThat(lastTrace().timeline().nanos()).isEqualTo(SECOND);
        });
  }

  @Test
  void withoutATraceTheAnswerSaysHowToMakeOne() {
    program.run(
        () ->
            assertThatThrownBy(Async::order)
                .isInstanceOf(MisuseError.class)
                .hasMessageContaining("nothing has been traced")
                .hasMessageContaining("right: trace(() ->"));
  }

  @Test
  void aDiffSaysWhatChangedPlaceAndWhatGotFaster() {
    program.run(
        () -> {
          TraceDiff diff = cooks(2, 1).diff(cooks(2, 4));
          assertThat(diff.rows())
              .containsExactly(
                  new TraceDiff.Row("cook 2", 1, 2, SECOND, 4 * SECOND),
                  new TraceDiff.Row("cook", 2, 1, 2 * SECOND, 2 * SECOND));
          assertThat(diff.sameOrder()).isFalse();
          assertThat(diff.toString())
              .contains("1 -> 2", "4.0 times as slow", "2.000 s -> 4.000 s", "as fast");
          assertThat(cooks(1, 2).diff(cooks(1, 3)).sameOrder()).isTrue();
        });
  }

  @Test
  void aDiffNamesTasksThatOnlyOneTraceHas() {
    program.run(
        () -> {
          TraceDiff diff = cooks(1, 1).diff(trace(() -> await(createTask(cook(1)))));
          assertThat(diff.onlyBefore()).containsExactly("cook 2");
          assertThat(diff.onlyAfter()).isEmpty();
        });
  }

  @Test
  void stepsShowWhatIsReadyWhatSleepsAndWhatWaits() {
    program.run(
        () -> {
          List<LoopView> steps = cooks(2, 1).steps();
          LoopView first = steps.getFirst();
          assertThat(first.what()).contains("creates Task-2 cook");
          assertThat(first.ready()).containsExactly("Task-2 cook");
          LoopView asleep =
              steps.stream().filter(step -> step.timers().size() == 2).findFirst().orElseThrow();
          assertThat(asleep.timers()).containsExactly("1.000 s Task-3 cook", "2.000 s Task-2 cook");
          assertThat(asleep.waiting()).containsExactly("Task-1: gather");
          assertThat(steps).extracting(LoopView::step).startsWith(1, 2, 3).endsWith(steps.size());
          assertThat(asleep.text())
              .contains("  timers   1.000 s Task-3 cook, 2.000 s Task-2 cook\n", "  ready    -\n");
        });
  }

  @Test
  void aFewStepsOfManyAreTheFirstTheLastAndSomeBetween() {
    program.run(
        () -> {
          Trace trace = cooks(2, 1);
          int all = trace.steps().size();
          List<LoopView> some = LoopView.of(trace, 4);
          assertThat(some).hasSize(4);
          assertThat(some.getFirst().step()).isEqualTo(1);
          assertThat(some.getLast().step()).isEqualTo(all);
          assertThat(LoopView.at(trace, 3).orElseThrow()).isEqualTo(trace.steps().get(2));
          assertThat(LoopView.at(trace, all + 9).orElseThrow().step()).isEqualTo(all);
        });
  }
}
