package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.session.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StdinTest {
  private final KernelDriver kernel = KernelDriver.start();

  @AfterEach
  void everyRequestWasAnsweredOnce() {
    kernel.close();
  }

  private void reply(String value) {
    kernel.send(Channel.STDIN, "input_reply", Map.of("value", value));
  }

  @Test
  void aCellAsksItsOwnClientForALine() {
    kernel.session.scripts.put(
        "ask",
        scene -> {
          scene.print("before ");
          scene.print("got " + scene.read("name? ", false));
          return new Outcome.Done();
        });
    String id = kernel.sendExecute("ask");

    Seen question = kernel.await(id, "input_request");
    assertThat(question.channel()).isEqualTo(Channel.STDIN);
    assertThat(question.identities()).containsExactly("client-identity");
    assertThat(question.content()).isEqualTo(Map.of("prompt", "name? ", "password", false));
    reply("h\u00e9llo \u2603");

    assertThat(kernel.words(id))
        .containsExactly(
            "busy",
            "execute_input",
            "stdout:before ",
            "input_request",
            "stdout:got h\u00e9llo \u2603",
            "execute_reply",
            "idle");
  }

  @Test
  void aPasswordIsAskedForAsOne() {
    kernel.session.scripts.put(
        "ask",
        scene -> {
          scene.read("secret: ", true);
          return new Outcome.Done();
        });
    String id = kernel.sendExecute("ask");

    assertThat(kernel.await(id, "input_request").content()).containsEntry("password", true);
    reply("x");
  }

  @Test
  void controlDIsTheEndOfInput() {
    kernel.session.scripts.put(
        "ask",
        scene -> {
          scene.print("got " + scene.read("", false));
          return new Outcome.Done();
        });
    String id = kernel.sendExecute("ask");
    kernel.await(id, "input_request");

    reply("\u0004");

    assertThat(kernel.words(id)).contains("stdout:got null");
  }

  @Test
  void anAnswerThatIsNoTextIsAnEmptyLine() {
    kernel.session.scripts.put(
        "ask",
        scene -> {
          scene.print("got [" + scene.read("", false) + "]");
          return new Outcome.Done();
        });
    for (Map<String, ?> answer : List.of(Map.<String, Object>of(), Map.of("value", 7))) {
      String id = kernel.sendExecute("ask");
      kernel.await(id, "input_request");
      kernel.send(Channel.STDIN, "input_reply", answer);
      assertThat(kernel.words(id)).contains("stdout:got []");
    }
  }

  @Test
  void aWaitForInputCanBeInterruptedAndItsLateAnswerIsDropped() {
    kernel.session.scripts.put(
        "ask",
        scene -> {
          scene.print("got " + scene.read("", false));
          return new Outcome.Done();
        });
    String first = kernel.sendExecute("ask");
    kernel.await(first, "input_request");

    kernel.send(Channel.CONTROL, "interrupt_request", Map.of());
    assertThat(kernel.replyOf(first).content()).containsEntry("ename", "Interrupted");
    reply("late");
    kernel.ask("kernel_info_request", Map.of());

    String second = kernel.sendExecute("ask");
    kernel.await(second, "input_request");
    reply("right");
    assertThat(kernel.words(second)).contains("stdout:got right");
  }

  @Test
  void aClientThatAllowsNoInputIsNotAsked() {
    kernel.session.scripts.put(
        "ask",
        scene ->
            scene.request.stdin() == null
                ? ScriptedSession.failed("IOException", "this client takes no input")
                : new Outcome.Done());

    Seen reply = kernel.ask("execute_request", Map.of("code", "ask", "allow_stdin", false));

    assertThat(reply.content()).containsEntry("status", "error");
  }
}
