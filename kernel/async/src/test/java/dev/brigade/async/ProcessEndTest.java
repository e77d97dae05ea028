package dev.brigade.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Workers end with their parent, however that ends.
@Timeout(90)
final class ProcessEndTest {
  /// A parent that tells its workers' ids and waits.
  static final class Parent {
    public static void main(String[] arguments) throws Exception {
      var pool = new ProcessPool(2);
      PoolFuture<Long> first = pool.submit(() -> ProcessHandle.current().pid());
      IO.println(first.get());
      PoolFuture<Void> busy =
          pool.submit(
              () -> {
                while (true) Thread.onSpinWait();
              });
      IO.println(busy.isRunning());
      if (arguments[0].equals("end")) return;
      LockSupport.park();
    }
  }

  private static Process parent(String how) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            how)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static ProcessHandle worker(Process parent) throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
    ProcessHandle worker = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    assertThat(out.readLine()).isEqualTo("true");
    return worker;
  }

  @Test
  void aKilledParentTakesItsBusyWorkersAlong() throws Exception {
    Process parent = parent("wait");
    ProcessHandle worker = worker(parent);
    parent.destroyForcibly();
    worker.onExit().get(60, TimeUnit.SECONDS);
    assertThat(worker.isAlive()).isFalse();
  }

  @Test
  void aParentThatEndsTakesItsBusyWorkersAlong() throws Exception {
    Process parent = parent("end");
    ProcessHandle worker = worker(parent);
    worker.onExit().get(60, TimeUnit.SECONDS);
    assertThat(worker.isAlive()).isFalse();
    assertThat(parent.waitFor()).isZero();
  }
}
