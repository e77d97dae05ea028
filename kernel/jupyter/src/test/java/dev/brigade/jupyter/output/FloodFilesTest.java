package dev.brigade.jupyter.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FloodFilesTest {
  @TempDir Path directory;
  private FloodFiles files;

  /// A program that makes a file, says its name and lives until its input ends.
  static final class Prints {
    public static void main(String[] arguments) throws IOException {
      System.out.println(new FloodFiles(Path.of(arguments[0])).create());
      if (System.in.read() < 0) System.exit(0);
    }

    private Prints() {}
  }

  @BeforeEach
  void place() {
    files = new FloodFiles(directory);
  }

  private Process prints() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Prints.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void await(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private Path abandoned() throws Exception {
    Process process = prints();
    try (BufferedReader out = process.inputReader()) {
      Path file = Path.of(out.readLine());
      process.destroyForcibly();
      await(process);
      return file;
    }
  }

  @Test
  void theFileOfAProcessThatWasKilledIsRemovedAndThatOfALivingOneIsNot() throws Exception {
    Process process = prints();
    try (BufferedReader out = process.inputReader()) {
      Path file = Path.of(out.readLine());
      Path own = files.create();
      files.removeAbandoned();
      assertThat(directory).isDirectoryContaining(file::equals);
      process.destroyForcibly();
      await(process);
      assertThat(file).exists();
      files.removeAbandoned();
      assertThat(directory.toFile().listFiles()).containsExactly(own.toFile());
    }
  }

  @Test
  void aProcessThatEndsTakesItsFileWithIt() throws Exception {
    Process process = prints();
    try (BufferedReader out = process.inputReader()) {
      Path file = Path.of(out.readLine());
      assertThat(file).exists();
      process.getOutputStream().close();
      await(process);
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void filesOfOtherUsersStay() throws Exception {
    Path file = abandoned();
    try {
      Files.setOwner(
          file,
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    } catch (IOException | UnsupportedOperationException e) {
      Assumptions.abort("only root may give a file away: " + e);
    }
    files.removeAbandoned();
    assertThat(file).exists();
  }

  @Test
  void whatIsNotAFileOfThisKindStays() throws Exception {
    String abandoned = abandoned().getFileName().toString();
    String[] parts = abandoned.split("-");
    List<String> others =
        List.of(
            // Of a container that shares the directory.
            "brigade-output-" + parts[2] + "1-" + parts[3] + "-1.txt",
            "brigade-output-" + parts[3] + ".txt",
            abandoned + "x",
            "brigade-output-" + parts[2] + "-999999999999999999999-1.txt");
    for (String each : others) Files.createFile(directory.resolve(each));
    Path inside = Files.createDirectory(directory.resolve(abandoned.replace(".txt", "9.txt")));
    files.removeAbandoned();
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder(
            others.get(0),
            others.get(1),
            others.get(2),
            others.get(3),
            inside.getFileName().toString());
  }

  @Test
  void aDirectoryThatIsNotThereIsNoMistake() {
    new FloodFiles(directory.resolve("gone")).removeAbandoned();
    assertThat(directory).isEmptyDirectory();
  }
}
