package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.display.Spent;
import dev.brigade.session.display.Timing;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `%time`, `%timeit` and `compare`: what they run and say, never how long it took.
class TimingTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.ok("int counted = 0;");
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static String value(CellResult result) {
    return ((Outcome.Value) result.outcome()).bundle().plain();
  }

  @Test
  void timeTellsEveryClockAndKeepsTheValue() {
    CellResult result = driver.ok("%time await(async(() -> 20 + 1))");
    assertThat(driver.printed(result)).contains("wall time ", "loop time ", "CPU time ");
    assertThat(value(result)).isEqualTo("21");
    assertThat(driver.error("%time").message()).contains("needs an expression");
  }

  @Test
  void timeOfACellThatFailsIsToldToo() {
    CellResult result = driver.run("%%time\nint t1 = 1;\nint t2 = t1 / 0;");
    assertThat(SessionDriver.error(result).name()).isEqualTo("ArithmeticException");
    assertThat(driver.printed(result)).contains("wall time ");
  }

  @Test
  void loopTimeIsTheLoopsOwn() {
    CellResult result = driver.ok("%%virtual\n%time await(sleep(3600));");
    assertThat(driver.printed(result)).contains("loop time 3,600 s");
    CellResult outside = driver.ok("%%time\n%%virtual\nawait(sleep(3600));");
    assertThat(driver.printed(outside)).contains("loop time 3,600 s");
  }

  @Test
  void workOfOtherProcessesIsToldApart() {
    CellResult result =
        driver.ok(
            "%time await(loop.runInExecutor(processPool, () -> ProcessHandle.current().pid()))");
    assertThat(driver.printed(result)).contains("child processes ");
  }

  @Test
  void timeitRunsAsOftenAsItIsToldAndAwaits() {
    CellResult result =
        driver.ok("%timeit -n 10 -r 3 await(async(() -> { await(sleep(0)); return ++counted; }))");
    assertThat(driver.printed(result))
        .contains("median of 3 rounds of 10 runs", "half of them", "loop time")
        .contains("warm-up, discarded: 10 runs");
    assertThat(result.outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(driver.value("counted")).isEqualTo("40");
  }

  @Test
  void timeitGivesItsFiguresToLaterCells() {
    int number = driver.ok("%timeit -n2 -r5 Math.sqrt(2)").cell().number();
    assertThat(driver.value("$" + number + ".rounds().size() + \" \" + $" + number + ".runs()"))
        .isEqualTo("\"5 2\"");
    assertThat(
            driver.value(
                "$%1$d.fastest() <= $%1$d.median() && $%1$d.median() <= $%1$d.slowest()"
                    .formatted(number)))
        .isEqualTo("true");
  }

  @Test
  void timeitFindsItsNumberOfRuns() {
    int number = driver.ok("%timeit -r 2 1 + counted").cell().number();
    assertThat(driver.value("$" + number + ".runs() > 1000")).isEqualTo("true");
    assertThat(driver.value("$" + number + ".warmUpRuns() > $" + number + ".runs()"))
        .isEqualTo("true");
  }

  @Test
  void codeWithoutAValueAndStatementsAreTimedToo() {
    driver.ok("int ran = 0; void bump() { ran++; }");
    driver.ok("%timeit -n 3 -r 1 bump();");
    assertThat(driver.value("ran")).isEqualTo("6");
    driver.ok("%timeit -n 3 -r 1 int step = 2; ran += step;");
    assertThat(driver.value("ran")).isEqualTo("18");
    driver.ok("%timeit -n 1 -r 1 await(sleep(0))");
  }

  @Test
  void aWholeCellHasItsSetUpOnTheFirstLine() {
    driver.ok("int setups = 0; int bodies = 0;");
    driver.ok("%%timeit -n 4 -r 2 setups++\nbodies++;\nawait(sleep(0));");
    assertThat(driver.value("setups + \" \" + bodies")).isEqualTo("\"3 12\"");
  }

  @Test
  void mistakesAreShownAtTheirPlace() {
    CellResult wrong = driver.run("int before = 1;\n%timeit before + missing");
    String traceback = String.join("\n", SessionDriver.error(wrong).plainTraceback());
    assertThat(traceback).contains("variable missing", "line 2", "%timeit before + missing");
    CellResult thrown = driver.run("%%timeit -n 1 -r 1\nint one = 1;\nint two = one / 0;");
    assertThat(String.join("\n", SessionDriver.error(thrown).plainTraceback()))
        .contains("ArithmeticException", "line 3");
    assertThat(driver.error("%timeit").message()).contains("needs code");
    assertThat(driver.error("%timeit -x 1 + 1").message()).contains("-n RUNS");
    assertThat(driver.error("%timeit -n 0 1 + 1").message()).contains("from 1 on");
    driver.ok("Coroutine<Integer> lazy() { return async(() -> 1); }");
    assertThat(driver.error("%timeit lazy()").message())
        .contains("does not run it", "right: await(lazy(...))");
  }

  @Test
  void onePressEndsATiming() {
    Execution cell = driver.start("IO.println(\"begun\");\n%timeit { while (true) {} }");
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    Execution waiting = driver.start("IO.println(\"begun\");\n%timeit await(sleep(3600))");
    driver.awaitThat(() -> driver.printed(waiting.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(waiting)).name()).isEqualTo("Interrupted");
  }

  @Test
  void compareTakesTurnsAndTellsRatioSpreadAndCores() {
    CellResult result =
        driver.ok(
            """
            compare(
                "direct", () -> await(sleep(0.02)),
                "pool", () -> await(toThread(() -> 1)))
            """);
    assertThat(value(result))
        .contains("median", "spread", "of direct", "busy cores", "rounds in turn", "core")
        .containsPattern("(?m)^direct .* 1\\.00 ")
        .containsPattern("(?m)^pool ");
  }

  @Test
  void comparedCodeMayHaveNoValueOrComeFromAMap() {
    driver.ok(
        """
        int turns = 0;
        void turn() throws InterruptedException { turns++; Thread.sleep(25); }
        var both = compare("a", () -> turn(), "b", () -> { turn(); });
        """);
    assertThat(
            driver.value(
                "both.codes().stream().mapToLong(c -> c.timing().warmUpRuns() + 5).sum() == turns"))
        .isEqualTo("true");
    assertThat(driver.value("both.codes().get(1).timing().rounds().size()")).isEqualTo("5");
    assertThat(
            driver.value("compare(Map.of(\"only\", () -> { turn(); return 1; })).codes().size()"))
        .isEqualTo("1");
    assertThat(driver.error("compare(\"a\", () -> 1, \"a\", () -> 2)").message())
        .contains("names", "\"a\"");
    assertThat(driver.error("compare(Map.of())").message()).contains("the map is empty");
    assertThat(
            driver
                .error("compare(\"a\", () -> 1, \"b\", () -> { throw new IOException(\"no\"); })")
                .name())
        .isEqualTo("IOException");
  }

  @Test
  void codeThatTheJitLeftOutIsSaidToBeLeftOut() {
    var none = new Timing("x", 1, List.of(1e-15), new Spent(0, 0, 0, 0, 0), 1, 1, 0);
    assertThat(none.toString()).contains("the JIT left it out");
    var some = new Timing("x", 1, List.of(3e-10), new Spent(0, 0, 0, 0, 0), 1, 1, 0);
    assertThat(some.toString()).doesNotContain("left it out");
  }
}
