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
final class GatherTest {
  private final Program program;

  GatherTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static <T> Coroutine<T> after(double seconds, T value) {
    return async(
        () -> {
          await(sleep(seconds));
          return value;
        });
  }

  private static <T> Coroutine<T> failAfter(double seconds, RuntimeException error) {
    return async(
        () -> {
          await(sleep(seconds));
          throw error;
        });
  }

  @Test
  void resultsComeInTheOrderGivenAndTheWaitsOverlap() {
    double elapsed =
        program.run(
            () -> {
              double start = eventLoop().time();
              assertThat(await(gather(after(3, "a"), after(1, "b"), after(2, "c"))))
                  .containsExactly("a", "b", "c");
              return eventLoop().time() - start;
            });
    assertThat(elapsed).isEqualTo(3.0);
  }

  @Test
  void gatheringNothingIsDoneAtOnce() {
    program.run(() -> assertThat(gather(List.<Coroutine<Integer>>of()).result()).isEmpty());
  }

  @Test
  void anAwaitableGivenTwiceRunsOnce() {
    program.run(
        () -> {
          var once =
              async(
                  () -> {
                    program.step("ran");
                    return 1;
                  });
          assertThat(await(gather(once, once))).containsExactly(1, 1);
        });
    assertThat(program.trail()).containsExactly("ran");
  }

  @Test
  void theFirstFailureWinsAndLaterOnesAreIgnored() {
    program.run(
        () -> {
          var first = new IllegalStateException("first");
          var gathered =
              gather(failAfter(2, new IllegalArgumentException("second")), failAfter(1, first));
          assertThatThrownBy(() -> await(gathered)).isSameAs(first);
          await(sleep(5));
        });
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void settledOutcomesKeepTheirPlaces() {
    program.run(
        () -> {
          Task<String> cancelled = createTask(after(9, "never"));
          eventLoop().callLater(1, () -> cancelled.cancel());
          List<Settled<String>> all =
              await(
                  gatherSettled(
                      after(1, "ok"), failAfter(2, new IllegalStateException("no")), cancelled));
          assertThat(all.get(0).isSuccess()).isTrue();
          assertThat(all.get(0).value()).isEqualTo("ok");
          assertThat(all.get(1).error()).hasMessage("no");
          assertThat(all.get(2).isCancelled()).isTrue();
          assertThatThrownBy(() -> all.get(2).value()).isInstanceOf(InvalidStateError.class);
        });
  }

  @Test
  void aCancelledChildIsAFailureOfTheWholeNotItsCancellation() {
    program.run(
        () -> {
          Task<String> child = createTask(after(9, "never"));
          var gathered = gather(child, after(5, "sibling"));
          await(sleep(1));
          child.cancel();
          assertThatThrownBy(() -> await(gathered)).isInstanceOf(CancelledError.class);
          assertThat(gathered.isCancelled()).isFalse();
        });
  }

  @Test
  void cancellingTheWholeCancelsEveryChildAndWinsOverSettledOutcomes() {
    program.run(
        () -> {
          Task<String> a = createTask(after(9, "a"));
          Task<String> b = createTask(after(9, "b"));
          var gathered = gatherSettled(a, b);
          await(sleep(1));
          assertThat(gathered.cancel()).isTrue();
          assertThatThrownBy(() -> await(gathered)).isInstanceOf(CancelledError.class);
          assertThat(a.isCancelled()).isTrue();
          assertThat(b.isCancelled()).isTrue();
        });
  }

  @Test
  void cancellingWhenAllChildrenAreDoneIsRefused() {
    program.run(
        () -> {
          Task<String> a = createTask(after(1, "a"));
          var gathered = gather(a);
          await(a);
          assertThat(gathered.cancel()).isFalse();
          assertThat(await(gathered)).containsExactly("a");
        });
  }
}
