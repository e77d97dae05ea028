package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecuteTest {
  private final KernelDriver kernel = KernelDriver.start();

  @AfterEach
  void everyRequestWasAnsweredOnce() {
    kernel.close();
  }

  @Test
  void aValueIsPublishedBetweenBusyAndIdle() {
    String id = kernel.sendExecute("1+1");

    assertThat(kernel.words(id))
        .containsExactly("busy", "execute_input", "execute_result", "execute_reply", "idle");
    Seen result = kernel.await(id, "execute_result");
    assertThat(result.content().get("data")).isEqualTo(Map.of("text/plain", "2"));
    assertThat(result.content().get("execution_count")).isEqualTo(1);
    assertThat(kernel.await(id, "execute_input").content())
        .isEqualTo(Map.of("code", "1+1", "execution_count", 1));
  }

  @Test
  void theReplyCarriesCountStatusAndStart() {
    kernel.execute("1+1");

    Seen reply = kernel.execute("1+1");

    assertThat(reply.content().get("status")).isEqualTo("ok");
    assertThat(reply.content().get("execution_count")).isEqualTo(2);
    assertThat(String.valueOf(reply.metadata().get("started"))).endsWith("Z");
    assertThat(reply.parent().get("username")).isEqualTo("learner");
  }

  @Test
  void aStatementPublishesNoResult() {
    assertThat(kernel.words(kernel.sendExecute("int x = 1;")))
        .containsExactly("busy", "execute_input", "execute_reply", "idle");
  }

  @Test
  void anErrorIsPublishedAndRepeatedInTheReply() {
    String id = kernel.sendExecute("fail");

    assertThat(kernel.words(id))
        .containsExactly("busy", "execute_input", "error", "execute_reply", "idle");
    for (Seen message : List.of(kernel.await(id, "error"), kernel.await(id, "execute_reply"))) {
      assertThat(message.content())
          .containsEntry("ename", "ArithmeticException")
          .containsEntry("evalue", "/ by zero")
          .containsEntry("traceback", List.of("\u001b[1mArithmeticException\u001b[0m: / by zero"));
    }
    assertThat(kernel.await(id, "execute_reply").content()).containsEntry("execution_count", 1);
  }

  @Test
  void cellsThatWaitBehindAFailedOneAreAborted() {
    var go = new CountDownLatch(1);
    kernel.session.scripts.put(
        "fail late",
        _ -> {
          go.await();
          return ScriptedSession.failed("X", "y");
        });
    String failing = kernel.sendExecute("fail late");
    String second = kernel.sendExecute("1+1");
    String third = kernel.sendExecute("1+1");
    // Shell requests are queued in order: the answer means that the cells are in the queue.
    kernel.ask("kernel_info_request", Map.of());
    go.countDown();

    assertThat(kernel.replyOf(failing).content()).containsEntry("status", "error");
    for (String id : List.of(second, third)) {
      assertThat(kernel.words(id)).containsExactly("busy", "execute_reply", "idle");
      assertThat(kernel.replyOf(id).content()).containsEntry("status", "aborted");
    }
    assertThat(kernel.execute("1+1").content()).containsEntry("status", "ok");
  }

  @Test
  void stopOnErrorFalseLetsTheOthersRun() {
    var go = new CountDownLatch(1);
    kernel.session.scripts.put(
        "fail late",
        _ -> {
          go.await();
          return ScriptedSession.failed("X", "y");
        });
    kernel.sendShell("execute_request", Map.of("code", "fail late", "stop_on_error", false));
    String second = kernel.sendExecute("1+1");
    go.countDown();

    assertThat(kernel.replyOf(second).content()).containsEntry("status", "ok");
  }

  @Test
  void aSilentCellShowsNoInputNoResultAndTakesNoNumber() {
    kernel.execute("1+1");

    String id = kernel.sendShell("execute_request", Map.of("code", "1+1", "silent", true));

    assertThat(kernel.words(id)).containsExactly("busy", "execute_reply", "idle");
    assertThat(kernel.replyOf(id).content()).containsEntry("execution_count", 1);
  }

  @Test
  void aCellWithoutHistoryTakesNoNumber() {
    kernel.execute("1+1");

    Seen reply = kernel.ask("execute_request", Map.of("code", "1+1", "store_history", false));

    assertThat(reply.content()).containsEntry("execution_count", 1);
    assertThat(kernel.execute("1+1").content()).containsEntry("execution_count", 2);
  }

  @Test
  void userExpressionsComeBackAsValuesAndErrors() {
    kernel.session.expressions.put("x", new Outcome.Value(MimeBundle.text("7"), "int"));

    Seen reply =
        kernel.ask(
            "execute_request",
            Map.of("code", "", "user_expressions", Map.of("good", "x", "bad", "nope")));

    assertThat(reply.content().get("user_expressions"))
        .isEqualTo(
            Map.of(
                "good",
                Map.of("status", "ok", "data", Map.of("text/plain", "7"), "metadata", Map.of()),
                "bad",
                Map.of(
                    "status",
                    "error",
                    "ename",
                    "CompileError",
                    "evalue",
                    "nope",
                    "traceback",
                    List.of("\u001b[1mCompileError\u001b[0m: nope"))));
  }

  @Test
  void whatAMagicWantsInTheNextInputAndPagerIsPayload() {
    kernel.session.nextInput = "int loaded;";
    kernel.session.page = MimeBundle.text("long help");

    Seen reply = kernel.execute("%load x");

    assertThat(reply.content().get("payload"))
        .isEqualTo(
            List.of(
                Map.of("source", "page", "data", Map.of("text/plain", "long help"), "start", 0),
                Map.of("source", "set_next_input", "text", "int loaded;", "replace", false)));
  }

  @Test
  void aSessionThatThrowsStillAnswersWithAnErrorAndACount() {
    String id = kernel.sendExecute("engine dies");

    assertThat(kernel.words(id))
        .containsExactly("busy", "execute_input", "error", "execute_reply", "idle");
    assertThat(kernel.replyOf(id).content())
        .containsEntry("ename", "IllegalStateException")
        .containsEntry("evalue", "JShell is gone")
        .containsEntry("execution_count", 0);
    assertThat(kernel.execute("1+1").content()).containsEntry("status", "ok");
  }

  @Test
  void theCellIdOfJupyterLabIsTolerated() {
    Seen reply =
        kernel.ask("execute_request", Map.of("code", "1+1", "cellId", "abc", "unknown", 1));

    assertThat(reply.content()).containsEntry("status", "ok");
  }

  @Test
  void codeThatIsNoStringIsAnErrorThatNamesTheField() {
    Seen reply = kernel.replyOf(sendWithoutCheck(Map.of("code", 7)));

    assertThat(reply.text("evalue")).contains("\"code\" must be a string, not a number");
  }

  private String sendWithoutCheck(Map<String, ?> content) {
    return kernel.send(Channel.SHELL, "complete_request", content);
  }

  @Test
  void cellsRunInTheOrderTheyCame() {
    var ids = List.of(kernel.sendExecute("1+1"), kernel.sendExecute("1+1"), kernel.sendExecute(""));

    for (int i = 0; i < ids.size(); i++) {
      assertThat(kernel.replyOf(ids.get(i)).content()).containsEntry("execution_count", i + 1);
    }
  }
}
