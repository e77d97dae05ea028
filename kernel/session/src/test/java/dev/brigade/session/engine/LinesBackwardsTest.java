package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesBackwardsTest {
  /// A file in memory that remembers the first of the bytes that were asked for.
  private static final class Text implements LinesBackwards.Bytes {
    private final byte[] bytes;
    private long first = Long.MAX_VALUE;

    Text(String text) {
      bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    LinesBackwards lines() throws IOException {
      return new LinesBackwards(this, bytes.length);
    }

    @Override
    public int read(ByteBuffer into, long position) {
      first = Math.min(first, position);
      if (position >= bytes.length) return -1;
      // Less than asked for, as a file may.
      int length = Math.min(Math.min(into.remaining(), 10_000), bytes.length - (int) position);
      into.put(bytes, (int) position, length);
      return length;
    }
  }

  private static List<String> all(LinesBackwards lines) throws IOException {
    var found = new ArrayList<String>();
    for (var line = lines.previous(); line != null; line = lines.previous()) {
      found.addFirst(lines.text(line, Integer.MAX_VALUE));
    }
    return found;
  }

  @Test
  void aLineWithoutAnEndIsNoLine() throws IOException {
    assertThat(all(new Text("").lines())).isEmpty();
    assertThat(all(new Text("half").lines())).isEmpty();
    assertThat(all(new Text("\n").lines())).containsExactly("");
    assertThat(all(new Text("a\n\nb\nhalf").lines())).containsExactly("a", "", "b");
    assertThat(new Text("a\n\nb\nhalf").lines().left()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void noCharacterSuffersFromTheBorderOfABlock(int shift) throws IOException {
    List<String> lines =
        IntStream.range(0, 400).mapToObj(i -> i + "\u00e9\u20ac\ud83d\ude00".repeat(i)).toList();
    String text = String.join("\n", lines) + "\n" + "x".repeat(shift) + "\n";
    List<String> found = all(new Text(text).lines());
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(9 * LinesBackwards.BLOCK);
    assertThat(found.subList(0, 400)).isEqualTo(lines);
  }

  @Test
  void aLineMayBeLongerThanABlock() throws IOException {
    String large = "\u20ac".repeat(LinesBackwards.BLOCK);
    LinesBackwards lines = new Text("a\n" + large + "\nb\n").lines();
    assertThat(all(lines)).containsExactly("a", large, "b");
  }

  @Test
  void theStartOfALineIsReadAlone() throws IOException {
    LinesBackwards lines = new Text("7\t1\t" + "x".repeat(LinesBackwards.BLOCK) + "\n").lines();
    var line = lines.previous();
    assertThat(line).isEqualTo(new LinesBackwards.Line(0, 4 + LinesBackwards.BLOCK));
    assertThat(lines.text(new LinesBackwards.Line(0, 4 + LinesBackwards.BLOCK), 5))
        .isEqualTo("7\t1\tx");
  }

  @Test
  void theLastLinesNeedTheEndOfTheFileOnly() throws IOException {
    var text = new Text("a line of many\n".repeat(100_000) + "last\n");
    LinesBackwards lines = text.lines();
    var last = lines.previous();
    assertThat(last).isNotNull();
    assertThat(lines.text(last, 100)).isEqualTo("last");
    for (int i = 0; i < 300; i++) lines.previous();
    assertThat(text.first).isEqualTo(text.bytes.length - LinesBackwards.BLOCK);
  }

  @Test
  void aFileThatIsCutMeanwhileHasTheLinesThatAreLeft() throws IOException {
    var text = new Text("a\nb\nhalf");
    assertThat(all(new LinesBackwards(text, text.bytes.length + 100))).containsExactly("a", "b");
  }
}
