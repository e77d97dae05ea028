package dev.brigade.async;

import static dev.brigade.async.Async.await;
import static dev.brigade.async.Async.subprocess;
import static dev.brigade.async.Async.toThread;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
  private final Surroundings own = new Surroundings();
  @TempDir Path directory;

  @BeforeEach
  void realPath() throws IOException {
    directory = directory.toRealPath();
  }

  @Test
  void untouchedTheyChangeNothing() throws IOException {
    var builder = new ProcessBuilder("true");
    own.prepare(builder);
    assertThat(builder.directory()).isNull();
    assertThat(builder.environment()).isEqualTo(System.getenv());
    assertThat(own.variables()).isEqualTo(System.getenv());
    assertThat(own.directory()).isEqualTo(Path.of("").toAbsolutePath());
  }

  @Test
  void aProgramGetsDirectoryAndVariablesUnlessItsBuilderSaysOtherwise() throws IOException {
    own.directory(directory);
    own.variable("DISH", "soup");
    own.variable("PATH", null);
    var plain = new ProcessBuilder("true");
    own.prepare(plain);
    assertThat(plain.directory()).isEqualTo(directory.toFile());
    assertThat(plain.environment()).containsEntry("DISH", "soup").doesNotContainKey("PATH");
    var chosen = new ProcessBuilder("true").directory(Path.of("below").toFile());
    chosen.environment().put("DISH", "cake");
    own.prepare(chosen);
    assertThat(chosen.directory()).isEqualTo(directory.resolve("below").toFile());
    assertThat(chosen.environment()).containsEntry("DISH", "cake");
  }

  @Test
  void aVariableThatCameBackIsThereAgain() {
    own.variable("DISH", null);
    assertThat(own.variable("DISH")).isNull();
    own.variable("DISH", "soup");
    assertThat(own.variable("DISH")).isEqualTo("soup");
    assertThat(own.variables()).containsEntry("DISH", "soup");
  }

  @Test
  void theWorkOfAnOriginFollowsInTasksThreadsAndFiles() {
    own.directory(directory);
    EventLoop loop = EventLoop.host(LoopOptions.defaults());
    try {
      Task<String> task =
          loop.submitRoot(
              Origin.of("In [1]", own),
              "cell",
              () -> {
                await(AsyncFiles.writeString(Path.of("x.txt"), "kept"));
                String inThread =
                    await(
                        toThread(
                            () ->
                                String.valueOf(WovenPrograms.getenv("NONE"))
                                    + Surroundings.here(Path.of("y"))));
                return await(await(subprocess("pwd")).communicate()).text() + inThread;
              });
      assertThat(task.toCompletableFuture().join())
          .isEqualTo(directory + "\nnull" + directory.resolve("y"));
      assertThat(directory.resolve("x.txt")).hasContent("kept");
    } finally {
      loop.shutdown();
    }
    assertThat(Files.exists(Path.of("x.txt"))).isFalse();
  }
}
