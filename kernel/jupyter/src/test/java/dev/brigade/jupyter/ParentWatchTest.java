package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchTest {
  @Test
  void theEndOfTheNamedParentIsNoticed() throws Exception {
    var gone = new CountDownLatch(1);
    Process parent = new ProcessBuilder("cat").start();
    try (var _ = ParentWatch.start("" + parent.pid(), gone::countDown)) {
      assertThat(gone.getCount()).isOne();
      parent.destroyForcibly().waitFor();

      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aParentThatWasGoneBeforeTheStartIsNoticed() throws Exception {
    var gone = new CountDownLatch(1);
    Process parent = new ProcessBuilder("true").start();
    parent.waitFor();

    try (var _ = ParentWatch.start("" + parent.pid(), gone::countDown)) {
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
