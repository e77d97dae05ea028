package dev.brigade.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final RawMessage MESSAGE =
      new RawMessage(
          List.of(bytes("client")),
          bytes("{\"h\":1}"),
          bytes("{}"),
          bytes("{}"),
          bytes("{\"c\":2}"),
          List.of(new byte[] {0, 1, -1}));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<byte[]> signed(String key) {
    return new ArrayList<>(Frames.write(MESSAGE, new Signer(key)));
  }

  @Test
  void theSignatureIsHmacSha256OverTheFourJsonFrames() {
    // openssl dgst -sha256 -hmac key, over {"h":1}{}{}{"c":2}
    assertThat(new String(signed("key").get(2), StandardCharsets.US_ASCII))
        .isEqualTo("06829948ac688bc613e1a3e1eaf6fdbabc39332b27532bd39e22164d4bc8179a");
  }

  @Test
  void identitiesContentAndBuffersComeBack() {
    var parsed = (Frames.Parsed.Good) Frames.parse(signed("key"), new Signer("key"));

    assertThat(parsed.message().identities()).containsExactly(bytes("client"));
    assertThat(parsed.message().header()).isEqualTo(bytes("{\"h\":1}"));
    assertThat(parsed.message().content()).isEqualTo(bytes("{\"c\":2}"));
    assertThat(parsed.message().buffers()).containsExactly(new byte[] {0, 1, -1});
  }

  @Test
  void aWrongKeyOrAChangedFrameIsDropped() {
    assertThat(Frames.parse(signed("other"), new Signer("key")))
        .isInstanceOf(Frames.Parsed.Bad.class);
    List<byte[]> frames = signed("key");
    frames.set(6, bytes("{\"c\":3}"));
    assertThat(Frames.parse(frames, new Signer("key"))).isInstanceOf(Frames.Parsed.Bad.class);
    frames = signed("key");
    frames.set(2, bytes(""));
    assertThat(Frames.parse(frames, new Signer("key"))).isInstanceOf(Frames.Parsed.Bad.class);
  }

  @Test
  void withoutAKeyNothingIsSignedOrChecked() {
    assertThat(signed("").get(2)).isEmpty();
    assertThat(Frames.parse(signed("other"), new Signer("")))
        .isInstanceOf(Frames.Parsed.Good.class);
  }

  @Test
  void missingFramesAreExplained() {
    assertThat(Frames.parse(List.of(bytes("x")), new Signer("")))
        .isEqualTo(new Frames.Parsed.Bad("it has no <IDS|MSG> frame"));
    assertThat(Frames.parse(signed("").subList(0, 5), new Signer("")))
        .isEqualTo(new Frames.Parsed.Bad("it has 3 frames after <IDS|MSG>, and 5 are needed"));
  }
}
