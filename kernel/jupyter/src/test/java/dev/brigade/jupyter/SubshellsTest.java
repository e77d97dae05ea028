package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SubshellsTest {
  private final CountDownLatch gate = new CountDownLatch(1);

  private static String create(KernelDriver kernel) {
    String id = kernel.send(Channel.CONTROL, "create_subshell_request", Map.of());
    return (String) kernel.replyOf(id).content().get("subshell_id");
  }

  private static Object list(KernelDriver kernel) {
    String id = kernel.send(Channel.CONTROL, "list_subshell_request", Map.of());
    return kernel.replyOf(id).content().get("subshell_id");
  }

  private static Seen delete(KernelDriver kernel, String subshell) {
    return kernel.replyOf(
        kernel.send(Channel.CONTROL, "delete_subshell_request", Map.of("subshell_id", subshell)));
  }

  /// A cell of the main shell that goes on until the gate opens.
  private String hang(KernelDriver kernel) {
    kernel.session.scripts.put(
        "hang",
        scene -> {
          scene.print("hanging");
          gate.await();
          return new Outcome.Done();
        });
    String cell = kernel.sendExecute("hang");
    kernel.await(cell, "stream");
    return cell;
  }

  private static String executeIn(KernelDriver kernel, String subshell, String code) {
    return kernel.sendTo(subshell, "execute_request", Map.of("code", code));
  }

  @Test
  void theyAreMadeListedAndDeletedOnControl() {
    try (var kernel = KernelDriver.start()) {
      assertThat(list(kernel)).isEqualTo(List.of());
      String one = create(kernel);
      String two = create(kernel);
      assertThat(list(kernel)).isEqualTo(List.of(one, two));
      assertThat(delete(kernel, one).content()).isEqualTo(Map.of("status", "ok"));
      assertThat(list(kernel)).isEqualTo(List.of(two));
      assertThat(delete(kernel, one).content())
          .containsEntry("status", "error")
          .containsEntry("ename", "NoSuchSubshell");
    }
  }

  @Test
  void aCellRunsBesideTheMainShellsWithACountOfItsOwn() {
    try (var kernel = KernelDriver.start()) {
      kernel.execute("1+1");
      kernel.execute("1+1");
      String cell = hang(kernel);
      String subshell = create(kernel);

      Seen reply = kernel.replyOf(executeIn(kernel, subshell, "1+1"));

      assertThat(reply.content()).containsEntry("status", "ok").containsEntry("execution_count", 1);
      assertThat(reply.channel()).isEqualTo(Channel.SHELL);
      gate.countDown();
      assertThat(kernel.replyOf(cell).content()).containsEntry("execution_count", 3);
    }
  }

  @Test
  void aFailureAbortsWhatWaitsInItsOwnSubshellOnly() {
    try (var kernel = KernelDriver.start()) {
      String cell = hang(kernel);
      String waiting = kernel.sendExecute("1+1");
      String subshell = create(kernel);
      var begun = new CountDownLatch(1);
      kernel.session.scripts.put(
          "fail later",
          scene -> {
            scene.print("begun");
            begun.await();
            return ScriptedSession.failed("ArithmeticException", "/ by zero");
          });
      String fails = executeIn(kernel, subshell, "fail later");
      kernel.await(fails, "stream");
      String aborted = executeIn(kernel, subshell, "1+1");
      kernel.ask("kernel_info_request", Map.of());
      begun.countDown();

      assertThat(kernel.replyOf(fails).content()).containsEntry("status", "error");
      assertThat(kernel.replyOf(aborted).content()).containsEntry("status", "aborted");
      gate.countDown();
      assertThat(kernel.replyOf(cell).content()).containsEntry("status", "ok");
      assertThat(kernel.replyOf(waiting).content()).containsEntry("status", "ok");
    }
  }

  @Test
  void eachAsksAndIsAnsweredByItself() {
    try (var kernel = KernelDriver.start()) {
      kernel.session.scripts.put(
          "ask",
          scene -> new Outcome.Value(MimeBundle.text("" + scene.read("? ", false)), "Object"));
      String subshell = create(kernel);
      String main = kernel.sendExecute("ask");
      kernel.await(main, "input_request");
      String beside = executeIn(kernel, subshell, "ask");
      kernel.await(beside, "input_request");

      kernel.sendTo(subshell, "input_reply", Map.of("value", "for the subshell"));
      kernel.replyOf(beside);
      kernel.send(Channel.STDIN, "input_reply", Map.of("value", "for the main shell"));
      kernel.replyOf(main);

      assertThat(kernel.await(beside, "execute_result").content().toString())
          .contains("for the subshell");
      assertThat(kernel.await(main, "execute_result").content().toString())
          .contains("for the main shell");
    }
  }

  @Test
  void anAnswerThatNamesNoSubshellIsForWhoeverAsks() {
    try (var kernel = KernelDriver.start()) {
      kernel.session.scripts.put(
          "ask",
          scene -> new Outcome.Value(MimeBundle.text("" + scene.read("? ", false)), "Object"));
      String subshell = create(kernel);
      String beside = executeIn(kernel, subshell, "ask");
      kernel.await(beside, "input_request");
      kernel.send(Channel.STDIN, "input_reply", Map.of("value", "here"));
      assertThat(kernel.await(beside, "execute_result").content().toString()).contains("here");
    }
  }

  @Test
  void anUnknownOneIsAnErrorForEveryRequest() {
    try (var kernel = KernelDriver.start()) {
      for (String type : List.of("execute_request", "complete_request", "is_complete_request")) {
        assertThat(kernel.replyOf(kernel.sendTo("nobody", type, Map.of("code", "1"))).content())
            .containsEntry("status", "error")
            .containsEntry("ename", "NoSuchSubshell");
      }
    }
  }

  @Test
  void aDeletedOneFinishesTheCellsItWasGiven() {
    try (var kernel = KernelDriver.start()) {
      String subshell = create(kernel);
      kernel.session.scripts.put(
          "hang",
          scene -> {
            scene.print("hanging");
            gate.await();
            return new Outcome.Done();
          });
      String cell = executeIn(kernel, subshell, "hang");
      kernel.await(cell, "stream");
      String next = executeIn(kernel, subshell, "1+1");
      kernel.ask("kernel_info_request", Map.of());
      delete(kernel, subshell);
      gate.countDown();
      assertThat(kernel.replyOf(cell).content()).containsEntry("status", "ok");
      assertThat(kernel.replyOf(next).content()).containsEntry("status", "ok");
    }
  }

  @Test
  void theClientsNameForACellComesBackWithItsReply() {
    try (var kernel = KernelDriver.start()) {
      String id =
          kernel.send(
              Channel.SHELL,
              "execute_request",
              Map.of("code", "1+1"),
              null,
              Map.of("cellId", "7f3", "deletedCells", List.of()));
      assertThat(kernel.replyOf(id).metadata())
          .containsEntry("cellId", "7f3")
          .containsKey("started");
    }
  }

  @Test
  void whatTheProcessUsesIsToldOnControl() {
    try (var kernel = KernelDriver.start()) {
      Map<String, Object> usage =
          kernel.replyOf(kernel.send(Channel.CONTROL, "usage_request", Map.of())).content();
      assertThat(usage).containsEntry("pid", (int) ProcessHandle.current().pid());
      assertThat(((Number) usage.get("kernel_memory")).longValue()).isPositive();
    }
  }

  @Test
  void aDebugRequestIsRefused() {
    try (var kernel = KernelDriver.start()) {
      Seen reply = kernel.replyOf(kernel.send(Channel.CONTROL, "debug_request", Map.of()));
      assertThat(reply.content())
          .containsEntry("status", "error")
          .containsEntry("ename", "UnknownRequest");
      Map<String, Object> info = kernel.ask("kernel_info_request", Map.of()).content();
      assertThat(info.get("supported_features")).isEqualTo(List.of("kernel subshells"));
    }
  }
}
