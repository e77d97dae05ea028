package dev.brigade.jupyter.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
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
}
