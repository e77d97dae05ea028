package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.session.Emission;
import dev.brigade.session.Outcome;
import dev.brigade.session.comm.CommData;
import dev.brigade.session.comm.CommMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CommsTest {
  private static CommData data(Map<String, Object> data, byte... buffer) {
    return new CommData(new LinkedHashMap<>(data), Map.of("version", "2.1.0"), List.of(buffer));
  }

  @Test
  void messagesReachTheSessionWithTheirBytesWhileACellRuns() {
    var gate = new CountDownLatch(1);
    try (var kernel = KernelDriver.start()) {
      kernel.session.scripts.put(
          "hang",
          scene -> {
            scene.print("hanging");
            gate.await();
            return new Outcome.Done();
          });
      String cell = kernel.sendExecute("hang");
      kernel.await(cell, "stream");

      kernel.untilIdle(
          kernel.sendComm(
              "comm_open",
              Map.of("comm_id", "c1", "target_name", "known", "data", Map.of("a", 1)),
              new byte[] {1, 2}));
      kernel.untilIdle(
          kernel.sendComm(
              "comm_msg", Map.of("comm_id", "c1", "data", Map.of("b", List.of(2))), new byte[0]));
      kernel.untilIdle(kernel.sendComm("comm_close", Map.of("comm_id", "c1"), new byte[0]));

      List<CommMessage> heard = kernel.session.heard;
      assertThat(heard).hasSize(3);
      assertThat(heard.getFirst()).isInstanceOf(CommMessage.Opened.class);
      assertThat(heard.getFirst().content().get("a")).isEqualTo(1);
      assertThat(heard.getFirst().content().buffers().getFirst()).containsExactly(1, 2);
      assertThat(heard.get(1).content().get("b")).isEqualTo(List.of(2));
      assertThat(heard.getLast()).isInstanceOf(CommMessage.Closed.class);
      gate.countDown();
      kernel.replyOf(cell);
    }
  }

  @Test
  void anAnswerBelongsToTheMessageThatAskedAndNotToTheNewestCell() {
    try (var kernel = KernelDriver.start()) {
      kernel.session.scripts.put("cell", _ -> new Outcome.Done());
      kernel.replyOf(kernel.sendExecute("cell"));
      String id =
          kernel.sendComm(
              "comm_msg", Map.of("comm_id", "c1", "data", Map.of("ask", 1)), new byte[0]);
      kernel.untilIdle(id);
      assertThat(kernel.words(id)).containsExactly("busy", "comm_msg", "idle");
      assertThat(kernel.await(id, "comm_msg").content()).containsEntry("data", Map.of("told", 1));
    }
  }

  @Test
  void oneOfAnUnknownTargetIsClosedAtOnce() {
    try (var kernel = KernelDriver.start()) {
      String id =
          kernel.sendShell(
              "comm_open", Map.of("comm_id", "c1", "target_name", "nobody", "data", Map.of()));
      kernel.untilIdle(id);
      assertThat(kernel.await(id, "comm_close").content()).containsEntry("comm_id", "c1");
    }
  }

  @Test
  void whatASessionSendsLeavesInOrderWithBytesAndMetadata() {
    try (var kernel = KernelDriver.start()) {
      kernel.session.scripts.put(
          "comms",
          scene -> {
            scene.print("before");
            scene.emit(
                new Emission.Comm(
                    scene.cell, new CommMessage.Opened("c9", "chart", data(Map.of("x", 1)))));
            scene.emit(
                new Emission.Comm(
                    scene.cell,
                    new CommMessage.Sent("c9", data(Map.of("y", 2), (byte) 5, (byte) 6))));
            scene.emit(new Emission.Comm(scene.cell, new CommMessage.Closed("c9", CommData.EMPTY)));
            return new Outcome.Done();
          });
      String cell = kernel.sendExecute("comms");
      assertThat(kernel.words(cell))
          .containsSubsequence("stdout:before", "comm_open", "comm_msg", "comm_close");
      Seen opened = kernel.await(cell, "comm_open");
      assertThat(opened.channel()).isEqualTo(Channel.IOPUB);
      assertThat(opened.content())
          .containsEntry("target_name", "chart")
          .containsEntry("data", Map.of("x", 1));
      assertThat(opened.metadata()).containsEntry("version", "2.1.0");
      assertThat(kernel.await(cell, "comm_msg").buffers().getFirst()).containsExactly(5, 6);
    }
  }

  @Test
  void openOnesAreListedByTarget() {
    try (var kernel = KernelDriver.start()) {
      kernel.session.comms.putAll(Map.of("c1", "chart", "c2", "slider"));
      assertThat(kernel.ask("comm_info_request", Map.of()).content().get("comms"))
          .isEqualTo(
              Map.of("c1", Map.of("target_name", "chart"), "c2", Map.of("target_name", "slider")));
      assertThat(
              kernel
                  .ask("comm_info_request", Map.of("target_name", "chart"))
                  .content()
                  .get("comms"))
          .isEqualTo(Map.of("c1", Map.of("target_name", "chart")));
    }
  }
}
