package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cells show of time and order.
class TracingTest {
  private static final String COOKS =
      "Coroutine<String> cook(String name, double time) {\n"
          + "  return async(() -> { await(sleep(time)); IO.println(name + \" done\"); return name;"
          + " });\n"
          + "}\n";

  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.ok(COOKS);
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @Test
  void linesOfATracedCellSayWhichTaskPrintedThemWhenAndInWhichOrder() {
    CellResult result =
        driver.ok(
            "%%trace\n"
                + "IO.print(\"sta\");\n"
                + "IO.println(\"rt\");\n"
                + "await(gather(cook(\"b\", 0.02), cook(\"a\", 0)));");
    List<String> lines = driver.printed(result).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("  1 +[0-9.]+ s  In \\[\\d+\\] +\\S+ *\\| start");
    assertThat(lines.get(1)).matches("  2 +[0-9.]+ s  Task-\\d+ +\\S+ *\\| a done");
    assertThat(lines.get(2)).startsWith("  3 ").endsWith("| b done");
    assertThat(driver.printed(driver.ok("IO.println(\"plain\")"))).isEqualTo("plain\n");
  }

  @Test
  void aTracedCellShowsALaneForEachTaskAndTheFigures() {
    CellResult result = driver.ok("%%trace\nawait(gather(cook(\"b\", 0.02), cook(\"a\", 0.01)));");
    String lanes = driver.displays(result.cell()).getLast();
    assertThat(lanes.lines().filter(line -> line.contains(" cook "))).hasSize(2);
    assertThat(lanes).contains("sleep 0.0", " elapsed, ", "at most 2 at once", "ran a moment");
  }

  @Test
  void aTraceOfSomeCodeIsAValue() {
    driver.ok("var traced = trace(() -> await(gather(cook(\"b\", 0.02), cook(\"a\", 0.01))));");
    assertThat(driver.value("traced.order().size()")).isEqualTo("2");
    assertThat(driver.value("order().equals(traced.order())")).isEqualTo("true");
    assertThat(driver.value("lastTrace() == traced")).isEqualTo("true");
    assertThat(driver.value("traced.summary().peak()")).isEqualTo("2");
    assertThat(driver.value("traced.prints()")).isEqualTo("[\"a done\", \"b done\"]");
    assertThat(driver.value("traced")).contains(" cook ", " elapsed, ");
  }

  @Test
  void aTraceOfCodeThatFailsIsKept() {
    assertThat(
            driver
                .error("trace(() -> { await(cook(\"c\", 0)); throw new IOException(\"burnt\"); })")
                .name())
        .isEqualTo("IOException");
    assertThat(driver.value("lastTrace().prints()")).isEqualTo("[\"c done\"]");
  }

  @Test
  void aTraceGoesToAFileForPerfetto(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("lesson.json");
    driver.ok("%%trace --json " + file + "\nawait(cook(\"x\", 0.01));");
    assertThat(Files.readString(file)).contains("\"traceEvents\":[", "\"ph\":\"X\"");
    assertThat(driver.error("%%trace --json\n1").message()).contains("needs the file");
    assertThat(driver.error("%%trace --jsn\n1").message()).contains("knows --steps", "--jsn");
  }

  @Test
  void aLivePictureIsReplacedByTheTimelineAtTheEnd() {
    CellResult result = driver.ok("%%trace --live\nawait(cook(\"x\", 0.4));");
    List<Emission.Display> shown = driver.shown(result.cell());
    assertThat(shown).hasSizeGreaterThan(1);
    assertThat(shown.getFirst().update()).isFalse();
    assertThat(shown.getFirst().bundle().metadata()).containsKey(MimeBundle.LIVE);
    assertThat(shown.getLast().update()).isTrue();
    assertThat(shown.getLast().bundle().metadata()).doesNotContainKey(MimeBundle.LIVE);
    assertThat(shown.stream().map(Emission.Display::displayId).distinct()).hasSize(1);
    assertThat(shown.getLast().bundle().plain()).contains(" elapsed, ");
  }

  @Test
  void aLivePictureMovesWhileTheLoopIsStuck() {
    CellResult result = driver.ok("%%trace --live\nThread.sleep(700);");
    assertThat(
            driver.shown(result.cell()).stream()
                .filter(display -> display.bundle().metadata().containsKey(MimeBundle.LIVE))
                .filter(display -> display.bundle().plain().contains("blocks the loop")))
        .hasSizeGreaterThan(1);
  }

  @Test
  void framesAndStepsWalkThroughATrace() {
    CellResult frames =
        driver.ok("%%trace --frames\nawait(gather(cook(\"b\", 0.02), cook(\"a\", 0.01)));");
    MimeBundle shown = driver.bundles(frames.cell()).getLast();
    assertThat(shown.plain()).contains("step 1 of ", "  timers ", "  ready ");
    assertThat((String) shown.data().get("text/html"))
        .contains("<details open><summary>step 1 of ")
        .doesNotContain("<script", "style=");
    CellResult step = driver.ok("%step 3");
    assertThat(driver.printed(step)).startsWith("step 3 of ");
  }

  @Test
  void aCellThatAsksForATraceIsShownOnceAlsoWhereAllAreTraced() {
    driver.ok("%trace on");
    try {
      CellResult asked = driver.ok("%%trace\nawait(cook(\"x\", 0.01));");
      assertThat(driver.displays(asked.cell())).hasSize(1);
      CellResult steps = driver.ok("%%trace --steps\nawait(cook(\"x\", 0.01));");
      assertThat(driver.displays(steps.cell())).hasSize(2).first().asString().startsWith("step ");
      CellResult sticky = driver.ok("await(cook(\"x\", 0.01));");
      assertThat(driver.displays(sticky.cell())).hasSize(1);
    } finally {
      driver.ok("%trace off");
    }
  }

  @Test
  void whereAllAreTracedACellInWhichNothingRanShowsNothing() {
    driver.ok("%trace on");
    CellResult quiet = driver.ok("int quiet = 1;");
    CellResult off = driver.ok("%trace off");
    assertThat(driver.displays(quiet.cell())).isEmpty();
    assertThat(driver.displays(off.cell())).isEmpty();
    CellResult asked = driver.ok("%%trace\nint quieter = 1;");
    assertThat(driver.displays(asked.cell())).containsExactly("no task ran");
  }

  @Test
  void theCellsOwnSleepIsWorkAndNothingIsSaidOfTasksThatAreNot() {
    CellResult result = driver.ok("%%trace\n%%virtual\nawait(sleep(3));");
    assertThat(driver.displays(result.cell()).getFirst())
        .contains("3.000 s elapsed, 3.000 s of work (1.0 times as much)")
        .doesNotContain("at once");
  }

  @Test
  void whatATaskPrintsIsPrintedInTheLoopsThread() {
    CellResult result = driver.ok("%%trace --steps\nawait(createTask(cook(\"x\", 0)));");
    assertThat(driver.displays(result.cell()).getFirst())
        .containsPattern("Task-\\d+ cook +prints \"x done\\\\n\" +brigade-loop\n");
  }

  @Test
  void linesOfThreadsWithoutANameSayWhichThreadItWas() {
    CellResult result =
        driver.ok("%%trace\nThread.startVirtualThread(() -> IO.println(\"hello\")).join();");
    assertThat(driver.printed(result))
        .matches("  1 +[0-9.]+ s  - +virtual thread #\\d+ *\\| hello\n");
  }

  @Test
  void theOrderMayBeAskedForAgainWhereAllAreTraced() {
    for (String sticky : new String[] {"summary", "on"}) {
      driver.ok("%trace " + sticky);
      try {
        driver.ok("await(gather(cook(\"b\", 0.02), cook(\"a\", 0.01)));");
        assertThat(driver.value("order().size()")).isEqualTo("2");
        assertThat(driver.value("order().size()")).as(sticky).isEqualTo("2");
      } finally {
        driver.ok("%trace off");
      }
    }
  }
}
