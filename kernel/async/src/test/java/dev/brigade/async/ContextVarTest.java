package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class ContextVarTest {
  private final Program program;
  private final ContextVar<Integer> var = new ContextVar<>("number");

  ContextVarTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void aTaskSeesItsCreatorsValueAndKeepsItsOwn() {
    program.run(
        () -> {
          var.set(1);
          var child =
              createTask(
                  async(
                      () -> {
                        int seen = var.get();
                        var.set(2);
                        await(sleep(1));
                        return seen * 10 + var.get();
                      }));
          var.set(3);
          assertThat(await(child)).isEqualTo(12);
          assertThat(var.get()).isEqualTo(3);
        });
  }

  @Test
  void aHundredInterleavedTasksKeepTheirValuesApart() {
    program.run(
        () -> {
          var tasks = new ArrayList<Task<Boolean>>();
          for (int i = 0; i < 100; i++) {
            int mine = i;
            tasks.add(
                createTask(
                    async(
                        () -> {
                          for (int round = 0; round < 10; round++) {
                            var.set(mine + round);
                            await(sleep(0));
                            if (var.get() != mine + round) return false;
                          }
                          return true;
                        })));
          }
          assertThat(await(gather(tasks))).doesNotContain(false);
        });
  }

  @Test
  void tasksThatAreGivenOneContextShareIt() {
    program.run(
        () -> {
          Context shared = Context.empty();
          await(eventLoop().createTask(async(() -> var.set(5).oldValue()), shared));
          int seen = await(eventLoop().createTask(async(() -> var.get()), shared));
          assertThat(seen).isEqualTo(5);
          assertThat(var.get(0)).isZero();
          assertThat(shared.get(var)).isEqualTo(5);
        });
  }

  @Test
  void aCallbackGetsTheValuesOfTheMomentItWasScheduled() {
    program.run(
        () -> {
          var.set(1);
          eventLoop().callSoon(() -> program.step("soon " + var.get()));
          var.set(2);
          eventLoop()
              .callLater(
                  1,
                  () -> {
                    program.step("later " + var.get());
                    var.set(9);
                  });
          var promise = eventLoop().<Integer>createPromise();
          promise.onDone(_ -> program.step("done " + var.get()));
          var.set(3);
          promise.setResult(0);
          await(sleep(2));
          program.step("task " + var.get());
        });
    assertThat(program.trail()).containsExactly("soon 1", "done 2", "later 2", "task 3");
  }

  @Test
  void toThreadTakesTheValuesAlongAndRunInExecutorDoesNot() {
    program.run(
        () -> {
          var.set(4);
          assertThat(await(toThread(() -> var.get(0)))).isEqualTo(4);
          assertThat(await(eventLoop().runInExecutor(null, () -> var.get(0)))).isZero();
        });
  }

  @Test
  void aTokenBringsBackTheValueBefore() {
    program.run(
        () -> {
          try (var _ = var.set(1)) {
            try (var _ = var.set(2)) {
              assertThat(var.get()).isEqualTo(2);
            }
            assertThat(var.get()).isEqualTo(1);
          }
          assertThatThrownBy(var::get)
              .isInstanceOf(NoSuchElementException.class)
              .hasMessageContaining("ContextVar 'number' has no value here");
        });
  }

  @Test
  void aTokenIsForOneVariableOneContextAndOneUse() {
    program.run(
        () -> {
          var token = var.set(1);
          var.reset(token);
          assertThatThrownBy(() -> var.reset(token))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("used already");
          var mine = var.set(2);
          var other = createTask(async(() -> var.reset(mine)));
          assertThatThrownBy(() -> await(other))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("another task, callback or thread");
        });
  }
}
