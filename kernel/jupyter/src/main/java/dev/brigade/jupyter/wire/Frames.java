package dev.brigade.jupyter.wire;

import dev.brigade.jupyter.protocol.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A message as the frames of one multipart message: identities, delimiter, signature, header,
/// parent header, metadata, content, buffers.
final class Frames {
  static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

  private Frames() {}

  /// What became of a multipart message.
  sealed interface Parsed {
    record Good(RawMessage message) implements Parsed {}

    /// @param reason why it is dropped
    record Bad(String reason) implements Parsed {}
  }

  static Parsed parse(List<byte[]> frames, Signer signer) {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
      delimiter++;
    }
    if (delimiter == frames.size()) return new Parsed.Bad("it has no <IDS|MSG> frame");
    if (frames.size() < delimiter + 6) {
      return new Parsed.Bad(
          "it has "
              + (frames.size() - delimiter - 1)
              + " frames after <IDS|MSG>, and 5 are needed");
    }
    List<byte[]> json = frames.subList(delimiter + 2, delimiter + 6);
    if (!signer.accepts(frames.get(delimiter + 1), json)) {
      return new Parsed.Bad("its signature does not match the connection file's key");
    }
    return new Parsed.Good(
        new RawMessage(
            frames.subList(0, delimiter),
            json.get(0),
            json.get(1),
            json.get(2),
            json.get(3),
            frames.subList(delimiter + 6, frames.size())));
  }

  static List<byte[]> write(RawMessage message, Signer signer) {
    List<byte[]> json =
        List.of(message.header(), message.parentHeader(), message.metadata(), message.content());
    var frames = new ArrayList<byte[]>(message.identities());
    frames.add(DELIMITER);
    frames.add(signer.sign(json));
    frames.addAll(json);
    frames.addAll(message.buffers());
    return frames;
  }
}
