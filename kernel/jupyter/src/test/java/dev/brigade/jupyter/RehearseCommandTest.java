package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole kernel with the real session and real sockets, once through.
@Tag("slow")
class RehearseCommandTest {
  @Test
  void theKernelAnswersEveryFirstRequestAndEnds() throws Exception {
    assertThat(new RehearseCommand().run(List.of())).isZero();
  }
}
