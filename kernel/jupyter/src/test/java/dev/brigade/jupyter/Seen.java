package dev.brigade.jupyter;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.RawMessage;
import dev.brigade.jupyter.protocol.Trees;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A message as a client sees it.
record Seen(
    Channel channel,
    List<String> identities,
    Map<String, Object> header,
    Map<String, Object> parent,
    Map<String, Object> metadata,
    Map<String, Object> content,
    List<byte[]> buffers) {
  static Seen of(Channel channel, RawMessage message) {
    return new Seen(
        channel,
        message.identities().stream().map(b -> new String(b, StandardCharsets.UTF_8)).toList(),
        Trees.read(message.header()),
        Trees.read(message.parentHeader()),
        Trees.read(message.metadata()),
        Trees.read(message.content()),
        message.buffers());
  }

  String type() {
    return String.valueOf(header.get("msg_type"));
  }

  String parentId() {
    return String.valueOf(parent.get("msg_id"));
  }

  /// A field of the content as text; "null" where it is absent.
  String text(String name) {
    return String.valueOf(content.get(name));
  }

  boolean isStatus(String state) {
    return type().equals("status") && state.equals(content.get("execution_state"));
  }

  boolean isReply() {
    return type().endsWith("_reply");
  }

  /// One word for trails: the status's state, the stream's text, else the type.
  String word() {
    return switch (type()) {
      case "status" -> String.valueOf(content.get("execution_state"));
      case "stream" -> content.get("name") + ":" + content.get("text");
      default -> type();
    };
  }
}
