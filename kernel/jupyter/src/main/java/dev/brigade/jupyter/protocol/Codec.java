package dev.brigade.jupyter.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Raw messages to requests, and replies and publications to raw messages.
///
/// Any thread; keeps only the id of this kernel session.
public final class Codec {
  private final String session = UUID.randomUUID().toString();
  private final String username = System.getProperty("user.name", "kernel");

  /// Reads a request. Content that cannot be read becomes a [Request.MalformedRequest], so that its
  /// sender still gets an answer.
  ///
  /// @throws ProtocolException the header is no JSON or has no type, so nothing can be answered
  public Incoming decode(Channel channel, RawMessage message) {
    JsonObject header = Json.readObject(message.header());
    String type = header.text("msg_type");
    // Replies give the header back byte for byte, so one that is odd elsewhere can be answered too.
    var parent = new Parent(channel, message.identities(), message.header(), "", type, null);
    try {
      parent = parent.with(header.text("msg_id", ""), header.textOrNull("subshell_id"));
      JsonObject content = Json.readObject(message.content());
      return new Incoming(
          parent,
          RequestReader.read(
              type, content, Json.readObject(message.metadata()), message.buffers()));
    } catch (ProtocolException e) {
      return new Incoming(parent, new Request.MalformedRequest(e.complaint()));
    }
  }

  /// Writes a reply, publication or input request that belongs to a parent.
  public RawMessage encode(Parent parent, Outgoing outgoing) {
    String type = MessageTypes.of(parent, outgoing);
    List<byte[]> identities =
        switch (outgoing) {
          case Reply _, InputRequest _ -> parent.identities();
          case Publication.IopubWelcome welcome -> List.of(utf8(welcome.subscription()));
          case Publication _ -> List.of(utf8("kernel." + session + "." + type));
        };
    return new RawMessage(
        identities,
        Json.write(header(type)),
        parent.header(),
        Json.write(ContentWriter.metadata(outgoing)),
        Json.write(ContentWriter.content(outgoing)),
        ContentWriter.buffers(outgoing));
  }

  /// Where a message goes: a reply to where its request came in.
  public static Channel channel(Parent parent, Outgoing outgoing) {
    return switch (outgoing) {
      case Reply _ -> parent.channel();
      case Publication _ -> Channel.IOPUB;
      case InputRequest _ -> Channel.STDIN;
    };
  }

  private Map<String, Object> header(String type) {
    var header = new LinkedHashMap<String, Object>();
    header.put("msg_id", UUID.randomUUID().toString());
    header.put("session", session);
    header.put("username", username);
    header.put("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
    header.put("msg_type", type);
    header.put("version", KernelInfo.PROTOCOL_VERSION);
    return header;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
