package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.users.UserCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class ErrorReportTest {
  private final CarrierKind kind;
  private final Program program;

  ErrorReportTest(CarrierKind kind) {
    this.kind = kind;
    program = new Program(kind);
  }

  private <T> T runDebug(LoopClock clock, Action main) {
    run(
        async(main),
        () -> new EventLoop(program.options(clock).withDebug(true), kind.carrier(), false));
    return null;
  }

  @Test
  void theExceptionHandlerHearsOfACallbackThatFailed() {
    var heard = new ArrayList<ErrorContext>();
    program.run(
        () -> {
          eventLoop().onException(heard::add);
          eventLoop()
              .callSoon(
                  () -> {
                    throw new IllegalStateException("no");
                  });
          await(sleep(1));
        });
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst().error()).hasMessage("no");
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void theExceptionHandlerHearsOfATaskNobodyAwaited() {
    var heard = new ArrayList<ErrorContext>();
    program.run(
        () -> {
          eventLoop().onException(heard::add);
          createTask(
              async(
                  () -> {
                    throw new IllegalStateException("no");
                  }),
              "lost");
          await(sleep(1));
        });
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst().message()).isEqualTo("lost failed, and nobody awaited it");
    assertThat(heard.getFirst().promise()).isInstanceOf(Task.class);
  }

  @Test
  void aHandlerThatFailsIsReportedItselfAndTheLoopGoesOn() {
    program.run(
        () -> {
          eventLoop()
              .onException(
                  _ -> {
                    throw new IllegalArgumentException("broken handler");
                  });
          eventLoop().callExceptionHandler(ErrorContext.of("mine", new Exception("first")));
          await(sleep(1));
          program.step("goes on");
        });
    assertThat(program.trail()).containsExactly("goes on");
    assertThat(program.notices())
        .extracting(Notice::text)
        .containsExactly(
            "mine: java.lang.Exception: first",
            "The exception handler of the loop failed: java.lang.IllegalArgumentException: broken"
                + " handler");
  }

  @Test
  void theHandlerSeesTheContextVariablesOfTheTaskThatFailed() {
    var user = new ContextVar<String>("user");
    program.run(
        () -> {
          eventLoop().onException(_ -> program.step(user.get("nobody")));
          createTask(
              async(
                  () -> {
                    user.set("Ada");
                    throw new IllegalStateException("no");
                  }));
          await(sleep(1));
        });
    assertThat(program.trail()).containsExactly("Ada");
  }

  /// A clock that code moves forward, as a slow step would.
  private static LoopClock.Virtual moved() {
    return (LoopClock.Virtual) LoopClock.virtual();
  }

  @Test
  void debugModeNamesASlowStepAndASlowCallbackWithTheirDurations() {
    var clock = moved();
    runDebug(
        clock,
        () -> {
          createTask(async(() -> clock.jumpTo(clock.nanos() + 250_000_000L)), "slow-task");
          await(sleep(1));
          eventLoop().callSoon(() -> clock.jumpTo(clock.nanos() + 350_000_000L));
          await(sleep(1));
        });
    List<Notice.Slow> slow =
        program.notices().stream()
            .filter(Notice.Slow.class::isInstance)
            .map(Notice.Slow.class::cast)
            .toList();
    assertThat(slow).extracting(Notice.Slow::millis).containsExactly(250L, 350L);
    assertThat(slow.getFirst().what()).contains("slow-task");
    assertThat(slow.get(1).what()).startsWith("callback ");
  }

  @Test
  void whatIsFasterThanTheSlowCallbackDurationIsNotReported() {
    var clock = moved();
    runDebug(
        clock,
        () -> {
          eventLoop().slowCallbackDuration(1);
          createTask(async(() -> clock.jumpTo(clock.nanos() + 900_000_000L)));
          await(sleep(2));
        });
    assertThat(program.notices()).isEmpty();
  }

  @Test
  void inDebugModeATaskKnowsTheStackThatCreatedIt() {
    runDebug(
        LoopClock.virtual(),
        () -> {
          Task<?> task = UserCode.createsHere();
          assertThat(task.creationStack()).isNotEmpty().hasSizeLessThanOrEqualTo(10);
          assertThat(task.creationStack().getFirst().getMethodName()).isEqualTo("createsHere");
          assertThat(task.site()).contains("UserCode.java:");
        });
    program.run(
        () -> {
          Task<?> task = createTask(async(() -> {}));
          assertThat(task.creationStack()).isEmpty();
          assertThat(task.site()).isNull();
        });
  }

  @Test
  void aWaitingTasksStackShowsWhereItWaits() {
    program.run(
        () -> {
          Task<?> task = UserCode.createsHere();
          await(sleep(0));
          assertThat(task.stack())
              .extracting(StackTraceElement::getMethodName)
              .contains("waitsHere");
          task.cancel();
          await(waitAll(List.of(task)));
          assertThat(task.stack()).isEmpty();
        });
  }

  @Test
  void aSignalIsACallbackOfTheLoopUntilItIsRemoved() {
    program.runReal(
        () -> {
          var loop = eventLoop();
          var came = loop.<Integer>createPromise();
          loop.onSignal("WINCH", () -> came.setResult(1));
          new ProcessBuilder("kill", "-s", "WINCH", "" + ProcessHandle.current().pid()).start();
          assertThat(await(came)).isEqualTo(1);
          assertThat(loop.removeSignal("WINCH")).isTrue();
          assertThat(loop.removeSignal("WINCH")).isFalse();
          assertThatThrownBy(() -> loop.onSignal("SEGV", () -> {}))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("Names come without SIG");
          return 0;
        });
  }
}
