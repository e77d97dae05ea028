package dev.brigade.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/// The threads that fetch documentation after the jars are there.
final class Background {
  static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("brigade-documentation"))
        .toList();
  }

  /// Waits until they are done.
  static void await() throws InterruptedException {
    for (Thread thread : threads()) assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
  }

  private Background() {}
}
