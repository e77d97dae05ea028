package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.Channel;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Requests with contents that no client should send: each still gets its busy, at most one reply
/// of the schema, and its idle, and the kernel goes on.
class ContentFuzzTest {
  private static final List<String> TYPES =
      List.of(
          "execute_request",
          "complete_request",
          "inspect_request",
          "is_complete_request",
          "history_request",
          "kernel_info_request",
          "comm_info_request",
          "comm_open",
          "comm_msg",
          "comm_close",
          "interrupt_request",
          "create_subshell_request",
          "delete_subshell_request",
          "list_subshell_request",
          "usage_request",
          "debug_request",
          "gossip_request",
          "gossip");

  private static final List<String> FIELDS =
      List.of(
          "code",
          "silent",
          "store_history",
          "user_expressions",
          "allow_stdin",
          "stop_on_error",
          "cursor_pos",
          "detail_level",
          "hist_access_type",
          "output",
          "n",
          "session",
          "start",
          "stop",
          "pattern",
          "unique",
          "target_name",
          "comm_id",
          "data",
          "subshell_id",
          "value",
          "restart");

  private record Message(Channel channel, String type, Map<String, Object> content) {}

  private static Arbitrary<Object> value() {
    Arbitrary<Object> plain =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8).map(text -> (Object) text),
            Arbitraries.of(
                "tail", "range", "search", "1+1", "*", "\ud83d", "\ud83d\ude00x", "\u0000"),
            Arbitraries.integers().map(number -> (Object) number),
            Arbitraries.longs().map(number -> (Object) number),
            Arbitraries.doubles().map(number -> (Object) number),
            Arbitraries.of(true, false).map(flag -> (Object) flag));
    return Arbitraries.lazyOf(
        () -> plain,
        () -> plain,
        () -> value().list().ofMaxSize(2).map(list -> (Object) list),
        () -> Arbitraries.maps(Arbitraries.of(FIELDS), value()).ofMaxSize(2).map(map -> map));
  }

  @Provide
  Arbitrary<List<Message>> messages() {
    return Combinators.combine(
            Arbitraries.of(Channel.SHELL, Channel.SHELL, Channel.CONTROL),
            Arbitraries.of(TYPES),
            Arbitraries.maps(Arbitraries.of(FIELDS), value()).ofMaxSize(6))
        .as(Message::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Property(tries = 300)
  void everyRequestIsAnsweredAndTheKernelGoesOn(@ForAll("messages") List<Message> messages) {
    try (var kernel = KernelDriver.start()) {
      for (Message each : messages) kernel.send(each.channel(), each.type(), each.content());
      assertThat(kernel.ask("kernel_info_request", Map.of()).content())
          .containsEntry("status", "ok");
      assertThat(kernel.execute("1+1").content()).containsEntry("status", "ok");
    }
  }
}
