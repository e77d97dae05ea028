package dev.brigade.jupyter.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request that a message answers or belongs to. Passed along as a value, never kept in a
/// field: output of an old cell still finds its own.
///
/// @param channel where the request came in, and where its reply goes
/// @param identities of the client
/// @param header the request's header, byte for byte
/// @param id the header's `msg_id`
/// @param type the header's `msg_type`
/// @param subshell the header's `subshell_id`; null for the main shell
public record Parent(
    Channel channel,
    List<byte[]> identities,
    byte[] header,
    String id,
    String type,
    @Nullable String subshell) {
  /// No request at all: the kernel speaks on its own.
  public static final Parent NONE =
      new Parent(Channel.IOPUB, List.of(), "{}".getBytes(StandardCharsets.UTF_8), "", "", null);

  public Parent {
    identities = List.copyOf(identities);
  }

  /// The same request with what else its header says.
  Parent with(String messageId, @Nullable String ofSubshell) {
    return new Parent(channel, identities, header, messageId, type, ofSubshell);
  }
}
