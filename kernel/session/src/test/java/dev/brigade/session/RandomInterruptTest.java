package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RandomInterruptTest {
  private static final List<String> CELLS =
      List.of(
          "lib.Greeting.hello();\nclass C%1$d { int f() { return %1$d; } }\nnew C%1$d().f();",
          "await(sleep(0.01));\nlib.Greeting.hello();",
          "long s%1$d = 0; for (int i = 0; i < 3_000_000; i++) s%1$d += i;",
          "Thread.sleep(5);\nIO.println(lib.Greeting.hello());",
          "await(gather(async(() -> { await(sleep(0.002)); }), async(() -> { Thread.sleep(3);"
              + " })));");

  @TempDir Path directory;

  @Test
  void interruptsAtRandomMomentsNeverHarmLaterCells() throws IOException {
    var random = new Random(42);
    var options = new SessionOptions(null, List.of(ClassPathTest.jar(directory)), false);
    try (var driver = new SessionDriver(options)) {
      driver.session().awaitReady();
      for (int i = 0; i < 200; i++) {
        Execution cell = driver.start(CELLS.get(random.nextInt(CELLS.size())).formatted(i));
        LockSupport.parkNanos(random.nextLong(40_000_000));
        driver.session().interrupt();
        CellResult result = driver.await(cell);
        if (result.outcome() instanceof Outcome.Failed(CellError error)) {
          assertThat(error.name())
              .as(() -> String.join("\n", error.traceback()))
              .isEqualTo("Interrupted");
        }
        assertThat(driver.value("lib.Greeting.hello() + " + i)).isEqualTo("\"hello" + i + "\"");
      }
    }
  }
}
