package dev.brigade.jupyter.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static String written(Map<String, ?> tree) {
    return new String(Json.write(tree), StandardCharsets.UTF_8);
  }

  @Test
  void treesSurviveARoundTrip() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("text", "caf\u00e9 \u2603 \ud83d\ude00 \"quoted\" \u0001");
    tree.put("numbers", List.of(1, 2_000_000_000_000L, 2.5));
    tree.put("nothing", null);
    tree.put("deep", Map.of("a", List.of(Map.of("b", true))));

    assertThat(Json.readObject(Json.write(tree)).map()).isEqualTo(tree);
  }

  @Test
  void numbersThatJsonLacksAreWrittenAsText() {
    assertThat(written(Map.of("x", Double.NaN))).isEqualTo("{\"x\":\"NaN\"}");
  }

  @Test
  void whatIsNoJsonTypeIsWrittenAsItsText() {
    assertThat(written(Map.of("x", new StringBuilder("y")))).isEqualTo("{\"x\":\"y\"}");
  }

  @Test
  void halvesOfSurrogatePairsAreReplacedAndPairsKept() {
    assertThat(written(Map.of("x", "\ude00\ud83d\ude00\ud83d")))
        .isEqualTo("{\"x\":\"\ufffd\ud83d\ude00\ufffd\"}");
  }

  @Test
  void aLongTextIsWrittenAsItsPiecesWouldBe() {
    var piece =
        new StringBuilder("caf\u00e9 \u2603 \ud83d\ude00 \"quoted\" back\\slash / \ud83d half ");
    for (char control = 0; control < ' '; control++) piece.append(control);
    piece.append((char) 127);
    String text = piece.toString();
    String one = written(Map.of("x", text));
    String inside = one.substring(6, one.length() - 2);
    int times = LongText.LENGTH / text.length() + 1;

    String many = written(Map.of("x", text.repeat(times)));

    assertThat(Json.readObject(many.getBytes(StandardCharsets.UTF_8)).map())
        .isEqualTo(Map.of("x", text.replace("\ud83d half", "\ufffd half").repeat(times)));
    assertThat(many.toLowerCase(Locale.ROOT))
        .isEqualTo(("{\"x\":\"" + inside.repeat(times) + "\"}").toLowerCase(Locale.ROOT));
  }

  @Test
  void textsOfAnyLengthKeepTheirOrder() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    for (int length : List.of(10, 4_095, 4_096, 7_999, 8_000, 8_001, 100_000, 3, 50_000)) {
      tree.put("of " + length, List.of("a".repeat(length), "b\n".repeat(length), length));
    }
    assertThat(Json.readObject(Json.write(tree)).map()).isEqualTo(tree);
  }

  @Test
  void aLongTextWithNothingToEscapeIsWrittenAsItIs() {
    String text = "plain \u2603 ".repeat(LongText.LENGTH);
    assertThat(written(Map.of("x", text))).isEqualTo("{\"x\":\"" + text + "\"}");
  }
}
