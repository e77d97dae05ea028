package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.session.Outcome;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ControlTest {
  @Test
  void interruptEndsTheRunningCellAndAbortsTheOthers() {
    try (var kernel = KernelDriver.start()) {
      kernel.session.scripts.put(
          "hang",
          scene -> {
            scene.print("hanging");
            new CountDownLatch(1).await();
            return new Outcome.Done();
          });
      String cell = kernel.sendExecute("hang");
      kernel.await(cell, "stream");
      String waiting = kernel.sendExecute("1+1");
      kernel.ask("kernel_info_request", Map.of());

      String interrupt = kernel.send(Channel.CONTROL, "interrupt_request", Map.of());

      Seen reply = kernel.replyOf(interrupt);
      assertThat(reply.channel()).isEqualTo(Channel.CONTROL);
      assertThat(reply.content()).isEqualTo(Map.of("status", "ok"));
      assertThat(kernel.replyOf(cell).content()).containsEntry("ename", "Interrupted");
      assertThat(kernel.replyOf(waiting).content()).containsEntry("status", "aborted");
      assertThat(kernel.execute("1+1").content()).containsEntry("status", "ok");
    }
  }

  @Test
  void kernelInfoAndInterruptAreAnsweredBeforeTheSessionIsOpen() {
    try (var kernel = KernelDriver.startCold()) {
      assertThat(kernel.ask("kernel_info_request", Map.of()).content())
          .containsEntry("status", "ok");
      String interrupt = kernel.send(Channel.CONTROL, "interrupt_request", Map.of());
      assertThat(kernel.replyOf(interrupt).content()).containsEntry("status", "ok");
      String cell = kernel.sendExecute("1+1");
      kernel.await(m -> m.parentId().equals(cell) && m.isStatus("busy"));

      kernel.opened();

      assertThat(kernel.replyOf(cell).content()).containsEntry("status", "ok");
    }
  }

  @Test
  void anInterruptReachesTheCellThatIsOnItsWay() {
    try (var kernel = KernelDriver.startCold()) {
      kernel.session.scripts.put(
          "hang",
          _ -> {
            while (!kernel.session.calls.contains("interrupt")) Thread.onSpinWait();
            return ScriptedSession.failed("Interrupted", "the cell was stopped");
          });
      String cell = kernel.sendExecute("hang");
      String waiting = kernel.sendExecute("1+1");
      kernel.replyOf(kernel.send(Channel.CONTROL, "interrupt_request", Map.of()));
      assertThat(kernel.session.calls).isEmpty();

      kernel.opened();

      assertThat(kernel.replyOf(cell).content()).containsEntry("ename", "Interrupted");
      assertThat(kernel.replyOf(waiting).content()).containsEntry("status", "aborted");
      assertThat(kernel.session.calls).containsExactly("interrupt");
      assertThat(kernel.execute("1+1").content()).containsEntry("status", "ok");
    }
  }

  @Test
  void aSessionThatCannotOpenIsSaidInEveryAnswer() {
    try (var kernel = KernelDriver.startCold()) {
      kernel.failedToOpen(new IllegalStateException("no jdk.jshell module"));

      assertThat(kernel.execute("1+1").content())
          .containsEntry("ename", "IllegalStateException")
          .containsEntry("evalue", "no jdk.jshell module");
      assertThat(kernel.ask("complete_request", Map.of("code", "x")).content())
          .containsEntry("evalue", "no jdk.jshell module");
    }
  }

  @Test
  void shutdownEchoesRestartAndStopsTheKernel() throws Exception {
    try (var kernel = KernelDriver.start()) {
      String id = kernel.send(Channel.CONTROL, "shutdown_request", Map.of("restart", true));

      Seen reply = kernel.replyOf(id);

      assertThat(reply.content()).isEqualTo(Map.of("status", "ok", "restart", true));
      assertThat(reply.channel()).isEqualTo(Channel.CONTROL);
      assertThat(kernel.stopped.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shutdownIsServedOnShellAsWell() throws Exception {
    try (var kernel = KernelDriver.start()) {
      Seen reply = kernel.ask("shutdown_request", Map.of("restart", false));

      assertThat(reply.content()).containsEntry("restart", false);
      assertThat(kernel.stopped.get(20, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void theRunningCellAndTheWaitingOnesAreAnsweredWhenTheKernelEnds() {
    var kernel = KernelDriver.start();
    kernel.session.scripts.put(
        "hang",
        scene -> {
          scene.print("hanging");
          new CountDownLatch(1).await();
          return new Outcome.Done();
        });
    String cell = kernel.sendExecute("hang");
    kernel.await(cell, "stream");
    String waiting = kernel.sendExecute("1+1");
    kernel.ask("kernel_info_request", Map.of());

    kernel.session.close();

    assertThat(kernel.replyOf(cell).content()).containsEntry("status", "error");
    assertThat(kernel.replyOf(waiting).content()).containsEntry("status", "aborted");
    kernel.close();
  }
}
