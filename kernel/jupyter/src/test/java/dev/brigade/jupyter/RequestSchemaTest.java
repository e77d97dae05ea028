package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.Codec;
import dev.brigade.jupyter.protocol.RawMessage;
import dev.brigade.jupyter.protocol.Request;
import dev.brigade.jupyter.protocol.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every message of [RequestSchema] as it should be, and with each field missing, null, or of every
/// other kind.
class RequestSchemaTest {
  private static final List<RequestSchema> MESSAGES = RequestSchema.all();

  static Stream<RequestSchema> requests() {
    return MESSAGES.stream().filter(RequestSchema::isRequest);
  }

  private static Request read(RequestSchema message, Map<String, ?> content) {
    return read(Map.of("msg_id", "1", "msg_type", message.type()), message.channel(), content);
  }

  private static Request read(Map<String, ?> header, Channel channel, Map<String, ?> content) {
    byte[] empty = Trees.write(Map.of());
    var raw =
        new RawMessage(
            List.of(), Trees.write(header), empty, empty, Trees.write(content), List.of());
    return new Codec().decode(channel, raw).request();
  }

  private static Map<String, Object> with(Map<String, Object> content, String name, Object value) {
    var changed = new LinkedHashMap<>(content);
    changed.put(name, value);
    return changed;
  }

  @Test
  void everyRequestThatIsServedIsInTheSchema() {
    assertThat(Stream.of(Request.class.getPermittedSubclasses()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    MESSAGES.stream().map(message -> message.full().getClass()).distinct(),
                    Stream.of(Request.UnknownRequest.class, Request.MalformedRequest.class))
                .toList());
  }

  @ParameterizedTest
  @FieldSource("MESSAGES")
  void everyFieldIsRead(RequestSchema message) {
    assertThat(read(message, message.content())).isEqualTo(message.full());
  }

  @ParameterizedTest
  @FieldSource("MESSAGES")
  void absentAndNullFieldsHaveTheirDefaults(RequestSchema message) {
    assertThat(read(message, message.leanContent())).isEqualTo(message.leanest());
    Map<String, Object> nulls = message.content();
    nulls.replaceAll((name, value) -> message.leanContent().get(name));
    assertThat(read(message, nulls)).isEqualTo(message.leanest());
  }

  @ParameterizedTest
  @FieldSource("MESSAGES")
  void fieldsThatNobodyKnowsAreLeftAlone(RequestSchema message) {
    assertThat(read(message, with(message.content(), "of_a_later_protocol", List.of(1))))
        .isEqualTo(message.full());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aTrueMessageHasItsReply(RequestSchema message) {
    try (var kernel = KernelDriver.start()) {
      Map<String, Object> content = message.content();
      if (message.type().equals("delete_subshell_request")) {
        String made = kernel.send(Channel.CONTROL, "create_subshell_request", Map.of());
        content.put("subshell_id", kernel.replyOf(made).text("subshell_id"));
      }

      Seen reply = kernel.replyOf(kernel.send(message.channel(), message.type(), content));

      assertThat(reply.type()).isEqualTo(message.type().replace("_request", "_reply"));
      assertThat(reply.channel()).isEqualTo(message.channel());
      // ipykernel's usage_reply, which clients know, has no status.
      assertThat(reply.content().getOrDefault("status", "ok")).isIn("ok", "complete");
    }
  }

  @ParameterizedTest
  @FieldSource("MESSAGES")
  void aRequiredFieldThatIsMissingIsNamed(RequestSchema message) {
    try (var kernel = KernelDriver.start()) {
      for (RequestSchema.Field field : message.fields()) {
        if (!field.required() || field.name().equals("hist_access_type")) continue;
        Map<String, Object> content = message.content();
        content.remove(field.name());
        refused(kernel, message, content, "the field \"" + field.name() + "\" is missing");
        content.put(field.name(), null);
        refused(kernel, message, content, "the field \"" + field.name() + "\" is missing");
      }
    }
  }

  @ParameterizedTest
  @FieldSource("MESSAGES")
  void aFieldOfAnotherKindIsNamed(RequestSchema message) {
    try (var kernel = KernelDriver.start()) {
      for (RequestSchema.Field field : message.fields()) {
        String complaint = "the field \"" + field.name() + "\" must be " + field.kind().words;
        for (Object stranger : field.kind().strangers()) {
          refused(kernel, message, with(message.content(), field.name(), stranger), complaint);
        }
      }
    }
  }

  /// A request has an error reply, a message of a comm a line in the log, and the kernel goes on.
  private static void refused(
      KernelDriver kernel, RequestSchema message, Map<String, Object> content, String complaint) {
    String id = kernel.send(message.channel(), message.type(), content);
    if (message.isRequest()) {
      Seen reply = kernel.replyOf(id);
      assertThat(reply.content())
          .containsEntry("status", "error")
          .containsEntry("ename", "MalformedRequest");
      assertThat(reply.text("evalue")).contains(message.type(), complaint);
    } else {
      kernel.untilIdle(id);
    }
    assertThat(kernel.log.getLast()).contains(message.type(), complaint);
    assertThat(kernel.ask("kernel_info_request", Map.of()).content()).containsEntry("status", "ok");
  }

  @Test
  void aHeaderWithFieldsOfAnotherKindIsAnswered() {
    Map<String, Object> header = Map.of("msg_type", "kernel_info_request", "msg_id", "1");
    for (Object stranger : List.of(7, true, List.of(), Map.of())) {
      for (String name : List.of("msg_id", "subshell_id")) {
        assertThat(read(with(header, name, stranger), Channel.SHELL, Map.of()))
            .isEqualTo(
                new Request.MalformedRequest(
                    "the field \"" + name + "\" must be a string, not " + kind(stranger)));
      }
    }
    // What Brigade does not ask for may be anything.
    for (String name : List.of("session", "username", "date", "version")) {
      assertThat(read(with(header, name, 7), Channel.SHELL, Map.of()))
          .isEqualTo(new Request.KernelInfoRequest());
    }
    assertThat(read(Map.of("msg_type", "kernel_info_request"), Channel.SHELL, Map.of()))
        .isEqualTo(new Request.KernelInfoRequest());
  }

  private static String kind(Object value) {
    return switch (value) {
      case Integer _ -> "a number";
      case Boolean _ -> "a boolean";
      case List<?> _ -> "a list";
      default -> "an object";
    };
  }
}
