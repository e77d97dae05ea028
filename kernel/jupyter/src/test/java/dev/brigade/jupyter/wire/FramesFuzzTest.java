package dev.brigade.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Frames as nobody should send them.
class FramesFuzzTest {
  private final Signer signer = new Signer("key");

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Provide
  Arbitrary<List<byte[]>> frames() {
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    Arbitrary<byte[]> words =
        Arbitraries.of("<IDS|MSG>", "{}", "", "{\"msg_type\":\"execute_request\"}", "[1]")
            .map(FramesFuzzTest::ascii);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(1, bytes), net.jqwik.api.Tuple.of(2, words))
        .list()
        .ofMaxSize(12);
  }

  @Property
  void whatIsNotSignedIsNeverRead(@ForAll("frames") List<byte[]> frames) {
    assertThat(Frames.parse(frames, signer)).isInstanceOf(Frames.Parsed.Bad.class);
  }

  @Property
  void aChangedByteIsNoticed(@ForAll("frames") List<byte[]> json, @ForAll int place) {
    List<byte[]> four = new ArrayList<>(json.subList(0, Math.min(4, json.size())));
    while (four.size() < 4) four.add(ascii("{}"));
    var message =
        new RawMessage(List.of(), four.get(0), four.get(1), four.get(2), four.get(3), List.of());
    List<byte[]> frames = new ArrayList<>(Frames.write(message, signer));
    assertThat(Frames.parse(frames, signer)).isInstanceOf(Frames.Parsed.Good.class);
    int all = frames.stream().skip(2).mapToInt(frame -> frame.length).sum();
    if (all == 0) return;
    int at = Math.floorMod(place, all);
    for (int i = 2; i < frames.size(); i++) {
      byte[] frame = frames.get(i).clone();
      if (at >= frame.length) {
        at -= frame.length;
        continue;
      }
      frame[at] ^= 1;
      frames.set(i, frame);
      break;
    }
    assertThat(Frames.parse(frames, signer)).isInstanceOf(Frames.Parsed.Bad.class);
  }
}
