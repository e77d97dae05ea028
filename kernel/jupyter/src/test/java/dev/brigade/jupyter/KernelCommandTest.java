package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelCommandTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private int run(String... arguments) throws InterruptedException {
    var err = new PrintStream(errors, true, StandardCharsets.UTF_8);
    return new KernelCommand(err).run(List.of(arguments));
  }

  private String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutAConnectionFileItSaysWhatToDo() throws Exception {
    assertThat(run()).isEqualTo(2);
    assertThat(errors()).contains("needs one connection file").contains("jupyter notebook");
  }

  @Test
  void aMissingConnectionFileIsOneClearSentence() throws Exception {
    assertThat(run(directory.resolve("gone.json").toString())).isEqualTo(1);
    assertThat(errors().lines()).hasSize(1).first().asString().contains("gone.json does not exist");
  }

  @Test
  void wrongJsonIsOneClearSentenceWithThePosition() throws Exception {
    assertThat(run(file("{\"ip\": \"127.0.0.1\", oops}"))).isEqualTo(1);
    assertThat(errors().lines()).hasSize(1).first().asString().contains("at line 1, column ");
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("kernel.json"), text).toString();
  }
}
