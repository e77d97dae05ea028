package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.session.Completeness;
import dev.brigade.session.Completions;
import dev.brigade.session.History;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueriesTest {
  private final KernelDriver kernel = KernelDriver.start();

  @AfterEach
  void everyRequestWasAnsweredOnce() {
    kernel.close();
  }

  @Test
  void kernelInfoNamesTheLanguageAsClientsMatchIt() {
    Seen reply = kernel.ask("kernel_info_request", Map.of());

    assertThat(reply.content()).containsEntry("protocol_version", "5.5");
    assertThat(reply.content().get("language_info"))
        .isEqualTo(
            Map.of(
                "name", "java",
                "version", "" + Runtime.version().feature(),
                "mimetype", "text/x-java",
                "file_extension", ".java",
                "pygments_lexer", "java",
                "codemirror_mode", "text/x-java"));
    assertThat(reply.header()).containsEntry("version", "5.5");
  }

  @Test
  void questionsAreAnsweredWhileACellRuns() {
    var end = new CountDownLatch(1);
    kernel.session.scripts.put(
        "long",
        _ -> {
          end.await();
          return new Outcome.Done();
        });
    String cell = kernel.sendExecute("long");
    kernel.await(cell, "execute_input");

    for (String type : List.of("complete_request", "inspect_request", "is_complete_request")) {
      assertThat(kernel.ask(type, Map.of("code", "x", "cursor_pos", 1)).type()).isNotNull();
    }
    for (String type : List.of("history_request", "comm_info_request", "kernel_info_request")) {
      assertThat(kernel.ask(type, Map.of()).content()).containsEntry("status", "ok");
    }
    String onControl = kernel.send(Channel.CONTROL, "kernel_info_request", Map.of());
    assertThat(kernel.replyOf(onControl).channel()).isEqualTo(Channel.CONTROL);
    assertThat(kernel.of(cell)).noneMatch(m -> m.isStatus("idle"));
    end.countDown();
  }

  @Test
  void cursorsAreCodePointsOutsideAndUtf16Inside() {
    // The smiley is one code point and two chars.
    String code = "\ud83d\ude00 System.out.pri";
    kernel.session.completions =
        new Completions(
            14, 17, List.of(new Completions.Candidate("println", "method", "void println()")));

    Seen reply = kernel.ask("complete_request", Map.of("code", code, "cursor_pos", 16));

    assertThat(kernel.session.calls).contains("complete " + code + " 17");
    assertThat(reply.content())
        .containsEntry("matches", List.of("println"))
        .containsEntry("cursor_start", 13)
        .containsEntry("cursor_end", 16);
    assertThat(reply.content().get("metadata"))
        .isEqualTo(
            Map.of(
                "_jupyter_types_experimental",
                List.of(
                    Map.of(
                        "text", "println",
                        "type", "method",
                        "signature", "void println()",
                        "start", 13,
                        "end", 16))));
  }

  @Test
  void aCursorBeyondTheTextOrAbsentIsItsEnd() {
    kernel.ask("complete_request", Map.of("code", "ab", "cursor_pos", 99));
    kernel.ask("complete_request", Map.of("code", "abc"));

    assertThat(kernel.session.calls).containsExactly("complete ab 2", "complete abc 3");
  }

  @Test
  void inspectionGivesItsBundleOrNotFound() {
    assertThat(kernel.ask("inspect_request", Map.of("code", "x", "cursor_pos", 0)).content())
        .containsEntry("found", false);
    kernel.session.inspection =
        Optional.of(MimeBundle.text("int x").with("text/html", "<b>int</b> x"));

    Seen reply =
        kernel.ask("inspect_request", Map.of("code", "x", "cursor_pos", 1, "detail_level", 1));

    assertThat(reply.content())
        .containsEntry("found", true)
        .containsEntry("data", Map.of("text/plain", "int x", "text/html", "<b>int</b> x"));
    assertThat(kernel.session.calls).contains("inspect x 1 1");
  }

  @Test
  void aHandlerThatThrowsStillRepliesAndTheNextOneWorks() {
    Seen reply = kernel.ask("inspect_request", Map.of("code", "throw", "cursor_pos", 0));

    assertThat(reply.content())
        .containsEntry("status", "error")
        .containsEntry("ename", "StackOverflowError")
        .containsEntry("evalue", "inspection went too deep");
    assertThat(kernel.log).anyMatch(line -> line.contains("inspect_request failed"));
    assertThat(kernel.ask("inspect_request", Map.of("code", "x")).content())
        .containsEntry("status", "ok");
  }

  @Test
  void incompleteInputGetsItsIndent() {
    kernel.session.completeness = new Completeness(Completeness.Status.INCOMPLETE, "  ");
    assertThat(kernel.ask("is_complete_request", Map.of("code", "if (x) {")).content())
        .isEqualTo(Map.of("status", "incomplete", "indent", "  "));

    kernel.session.completeness = new Completeness(Completeness.Status.INVALID, "");
    assertThat(kernel.ask("is_complete_request", Map.of("code", "}")).content())
        .isEqualTo(Map.of("status", "invalid"));
  }

  @Test
  void aLineIsAnsweredBeforeTheSessionIsOpen() {
    try (var cold = KernelDriver.startCold()) {
      assertThat(cold.ask("is_complete_request", Map.of("code", "if (x) {")).content())
          .isEqualTo(Map.of("status", "incomplete", "indent", "    "));
      assertThat(cold.ask("is_complete_request", Map.of("code", "1 + 1")).content())
          .isEqualTo(Map.of("status", "unknown"));
      cold.opened();
    }
  }

  @Test
  void historyIsPairsOrTriplesWithOutput() {
    kernel.session.entries.add(new History.Entry(3, 1, "1+1", "2"));

    assertThat(
            kernel
                .ask("history_request", Map.of("hist_access_type", "tail", "n", 5))
                .content()
                .get("history"))
        .isEqualTo(List.of(List.of(3, 1, "1+1")));
    assertThat(
            kernel
                .ask(
                    "history_request",
                    Map.of(
                        "hist_access_type",
                        "range",
                        "session",
                        3,
                        "start",
                        1,
                        "stop",
                        2,
                        "output",
                        true))
                .content()
                .get("history"))
        .isEqualTo(List.of(List.of(3, 1, List.of("1+1", "2"))));
    kernel.ask(
        "history_request",
        Map.of("hist_access_type", "search", "pattern", "1*", "n", 4, "unique", true));
    assertThat(kernel.session.calls).containsExactly("tail 5", "range 3 1 2", "search 1* 4 true");
  }

  @Test
  void anUnknownHistoryAccessIsExplained() {
    Seen reply = kernel.ask("history_request", Map.of("hist_access_type", "all"));

    assertThat(reply.text("evalue"))
        .contains("hist_access_type is tail, range or search, not \"all\"");
  }

  @Test
  void aCommOfAnUnknownTargetIsClosedAtOnce() {
    String id =
        kernel.sendShell(
            "comm_open",
            Map.of("comm_id", "c1", "target_name", "jupyter.widget", "data", Map.of()));

    assertThat(kernel.words(id)).containsExactly("busy", "comm_close", "idle");
    assertThat(kernel.await(id, "comm_close").content()).containsEntry("comm_id", "c1");
    assertThat(kernel.ask("comm_info_request", Map.of()).content())
        .containsEntry("comms", Map.of());
    kernel.sendShell("comm_msg", Map.of("comm_id", "c1", "data", Map.of()));
    kernel.sendShell("comm_close", Map.of("comm_id", "c1", "data", Map.of()));
  }

  @Test
  void anUnknownRequestGetsAnErrorAndDoesNotKill() {
    Seen reply = kernel.ask("gossip_request", Map.of());

    assertThat(reply.type()).isEqualTo("gossip_reply");
    assertThat(reply.content())
        .containsEntry("evalue", "Brigade does not serve \"gossip_request\".");
    kernel.sendShell("gossip", Map.of());
    assertThat(kernel.execute("1+1").content()).containsEntry("status", "ok");
  }

  @Test
  void aHeaderThatIsNoJsonIsDroppedWithALine() {
    kernel.sendRaw(Channel.SHELL, bytes("{nonsense"), bytes("{}"));

    assertThat(kernel.execute("1+1").content()).containsEntry("status", "ok");
    assertThat(kernel.log).anyMatch(line -> line.contains("SHELL channel was dropped"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aSubscriberIsWelcomed() {
    kernel.dispatcher.subscribed("");

    Seen welcome = kernel.await(m -> m.type().equals("iopub_welcome"));
    assertThat(welcome.parent()).isEmpty();
    assertThat(welcome.identities()).containsExactly("");
  }
}
