package dev.brigade.jupyter.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.MimeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloodTest {
  @TempDir Path directory;
  private Flood flood;

  @BeforeEach
  void open() {
    flood = new Flood(10, new FloodFiles(directory));
  }

  private static Path file(Flood.Passed passed) {
    String text = Objects.requireNonNull(passed.note()).plain();
    return Path.of(text.substring(text.indexOf("kept in ") + 8, text.indexOf(" until the kernel")));
  }

  @Test
  void whatIsBeyondTheLimitGoesToAFileAndIsSaidOnce() throws IOException {
    assertThat(flood.pass("a", "0123456")).isEqualTo(new Flood.Passed("0123456", null));
    Flood.Passed cut = flood.pass("a", "789abc\n");
    assertThat(cut.text()).isEqualTo("789");
    assertThat(Objects.requireNonNull(cut.note()).metadata()).containsKey(MimeBundle.NOTICE);
    assertThat(cut.note().plain()).contains("more than 10 characters");
    assertThat(flood.pass("a", "def")).isEqualTo(new Flood.Passed("", null));
    assertThat(Files.readString(file(cut))).isEqualTo("abc\ndef");
  }

  @Test
  void eachCellHasALimitOfItsOwn() {
    assertThat(flood.pass("a", "0123456789").text()).hasSize(10);
    assertThat(flood.pass("b", "0123456789").text()).hasSize(10);
  }

  @Test
  void noCharacterIsCutInTwo() throws IOException {
    Flood.Passed cut = flood.pass("a", "012345678\ud83d\ude00x");
    assertThat(cut.text()).isEqualTo("012345678");
    assertThat(Files.readString(file(cut))).isEqualTo("\ud83d\ude00x");
  }
}
