package dev.brigade.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Random programs run in the order in which CPython runs them.
///
/// The recorded ones are test data: `python3.13 src/test/python/parity.py record 1500 0`, packed by
/// `gzip -9 -n`. With `-Dparity.live=COUNT` as many new ones are made and run by a Python installed
/// here; `-Dparity.seed=N` chooses which, `-Dparity.python=PROGRAM` names the Python, 3.13 or
/// later: before, `uncancel` did not take back a request that was not delivered yet.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class ParityTest {
  private static final int SHOWN = 5;

  private final CarrierKind kind;
  private final List<String> differences = new ArrayList<>();
  private int programs;

  ParityTest(CarrierKind kind) {
    this.kind = kind;
  }

  private void compare(ParityCorpus.Entry entry) {
    programs++;
    var options = LoopOptions.defaults().withClock(LoopClock.virtual()).withNotices(_ -> {});
    List<String> ours =
        ParityInterpreter.run(entry.source(), new EventLoop(options, kind.carrier(), false));
    if (ours.equals(entry.events()) || differences.size() >= SHOWN) return;
    differences.add(difference(entry, ours));
  }

  private static String difference(ParityCorpus.Entry entry, List<String> ours) {
    List<String> theirs = entry.events();
    int line = 0;
    while (line < Math.min(ours.size(), theirs.size()) && ours.get(line).equals(theirs.get(line))) {
      line++;
    }
    return entry.name()
        + ", line "
        + (line + 1)
        + "\n  CPython: "
        + lineOf(theirs, line)
        + "\n  here:    "
        + lineOf(ours, line)
        + "\n  before:  "
        + String.join("; ", theirs.subList(Math.max(0, line - 6), line))
        + "\n  program: "
        + entry.source();
  }

  private static String lineOf(List<String> lines, int line) {
    return line < lines.size() ? lines.get(line) : "(nothing more)";
  }

  @Test
  void theRecordedProgramsRunInPythonsOrder() {
    ParityCorpus.recorded().forEach(this::compare);
    assertThat(String.join("\n", differences)).as("programs that differ").isEmpty();
    assertThat(programs).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void newProgramsRunInPythonsOrder() throws IOException, InterruptedException {
    int count = Integer.getInteger("parity.live", 0);
    assumeTrue(count > 0, "only on request: -Dparity.live=COUNT");
    Process python =
        new ProcessBuilder(
                System.getProperty("parity.python", "python3"),
                script().toString(),
                "record",
                String.valueOf(count),
                System.getProperty("parity.seed", "1000000"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ParityCorpus.read(python.getInputStream(), this::compare);
    assertThat(python.waitFor()).isZero();
    assertThat(String.join("\n", differences)).as("programs that differ").isEmpty();
    assertThat(programs).isEqualTo(count);
  }

  private static Path script() {
    return Path.of("src/test/python/parity.py").toAbsolutePath();
  }
}
