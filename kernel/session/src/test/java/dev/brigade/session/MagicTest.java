package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MagicTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @Test
  void magicsAreListed() {
    assertThat(driver.printed(driver.ok("%lsmagic")))
        .contains("tasks", "preload", "time", "trace", "join", "cancel");
  }

  @Test
  void anUnknownMagicNamesTheNearestAndNothingIsLost() {
    driver.ok("int kept = 3;");
    CellError error = driver.error("%taks");
    assertThat(error.message())
        .isEqualTo("there is no magic named %taks. Did you mean %tasks? %lsmagic lists them all");
    assertThat(driver.value("kept")).isEqualTo("3");
  }

  @Test
  void linesOfMagicsAndCodeMix() {
    CellResult result = driver.ok("int mixed = 1;\n%trace\nIO.println(mixed);\n%trace off\nmixed");
    assertThat(driver.printed(result)).isEqualTo("trace is off\n1\n");
    assertThat(((Outcome.Value) result.outcome()).bundle().plain()).isEqualTo("1");
  }

  @Test
  void aPercentSignInTextOrAnExpressionIsNoMagic() {
    assertThat(driver.value("int mod = 3;\nint rest = 10\n  % mod;\nrest")).isEqualTo("1");
    assertThat(driver.value("\"\"\"\n%time\n\"\"\"")).isEqualTo("\"%time\\n\"");
  }

  @Test
  void preloadIsListedAndCanBeOverridden() {
    String listing = driver.printed(driver.ok("%preload"));
    assertThat(listing)
        .contains("import java.util.*;", "EventLoop loop = eventLoop();", "threadPool", "lock")
        .isEqualTo(driver.printed(driver.ok("%list -start")));
    driver.ok("int semaphore = 5;");
    assertThat(driver.value("semaphore")).isEqualTo("5");
  }

  @Test
  void theLiveObjectsWork() {
    assertThat(
            driver.value(
                "await(async(() -> { try (var _ = await(lock.acquire())) { return 1; } }))"))
        .isEqualTo("1");
    assertThat(driver.value("await(loop.runInExecutor(threadPool, () -> 2))")).isEqualTo("2");
    assertThat(driver.value("threadLock.tryLock()")).isEqualTo("true");
  }

  @Test
  void tasksAreListedAndCancelled() {
    driver.ok("var slow = createTask(async(() -> { await(sleep(60)); }), \"slow\");");
    assertThat(driver.printed(driver.ok("%tasks"))).contains("slow", "In [");
    driver.ok("%cancel slow");
    driver.ok("await(sleep(0))");
    assertThat(driver.value("slow.isCancelled()")).isEqualTo("true");
    assertThat(driver.error("%cancel 99999").message()).contains("no running task");
  }

  @Test
  void timeShowsLoopTimeAndKeepsTheValue() {
    CellResult result = driver.ok("%time 20 + 1");
    assertThat(driver.printed(result)).contains("loop time", "wall time");
    assertThat(((Outcome.Value) result.outcome()).bundle().plain()).isEqualTo("21");
    assertThat(driver.error("%time").message()).contains("needs an expression");
  }

  @Test
  void aTracedCellShowsItsSummaryOnce() {
    driver.ok("%trace summary");
    CellResult result = driver.ok("%%trace\nawait(gather(sleep(0), sleep(0)));");
    driver.ok("%trace off");
    assertThat(driver.displays(result.cell()))
        .filteredOn(text -> text.contains(" elapsed"))
        .hasSize(1);
  }

  @Test
  void traceShowsNumberedSteps() {
    CellResult result =
        driver.ok(
            "%%trace --steps\n"
                + "var t = createTask(async(() -> { await(sleep(0)); }), \"traced\");\n"
                + "await(t);");
    String steps = driver.displays(result.cell()).getFirst();
    assertThat(steps).contains("creates traced", "traced", "awaits", "ends");
    assertThat(steps.lines().filter(line -> !line.contains("compiler")).skip(1).findFirst())
        .hasValueSatisfying(line -> assertThat(line).startsWith("   1"));
  }

  @Test
  void summaryIsOneLineForACellThatMadeTasks() {
    driver.ok("%trace summary");
    CellResult with =
        driver.ok(
            "await(gather(createTask(async(() -> { await(sleep(0.02)); }), \"b\"),"
                + " createTask(async(() -> { await(sleep(0)); }), \"a\")));");
    CellResult without = driver.ok("int plain = 1;");
    driver.ok("%trace off");
    assertThat(driver.displays(with.cell()).getLast())
        .startsWith("2 tasks, ended: a, b; ")
        .contains("at most 2 at once");
    assertThat(driver.displays(without.cell())).isEmpty();
  }

  @Test
  void joinWaitsForWhatTheCellStarted() {
    CellResult result =
        driver.ok(
            "%%join\n"
                + "createTask(async(() -> { await(sleep(0.02)); IO.println(\"joined\"); }));\n"
                + "int z = 0;");
    assertThat(driver.printed(result)).isEqualTo("joined\n");
    assertThat(driver.displays(result.cell())).isEmpty();
  }

  @Test
  void declarationsAreListed() {
    driver.ok("int shown = 41; record Seen(int a) {} int twice(int n) { return 2 * n; }");
    assertThat(driver.printed(driver.ok("%vars"))).contains("int shown = 41");
    assertThat(driver.printed(driver.ok("%methods"))).contains("int twice(int)");
    assertThat(driver.printed(driver.ok("%types"))).contains("record Seen");
    assertThat(driver.printed(driver.ok("%imports"))).contains("import java.util.*;");
    assertThat(driver.printed(driver.ok("%list"))).contains("int twice(int n)");
  }

  @Test
  void aQuestionMarkAsksForHelp() {
    CellResult result = driver.ok("String.valueOf?");
    assertThat(result.page()).isNotNull();
    assertThat(result.page().plain()).contains("valueOf(");
    driver.ok("int mine() { return 1; }");
    CellResult source = driver.ok("mine??");
    assertThat(source.page()).isNotNull();
    assertThat(source.page().plain()).contains("return 1;");
    assertThat(driver.error("nothingKnown?").message()).contains("nothing is known");
  }

  @Test
  void joinWaitsForThreadsOfTheCellToo() {
    CellResult result =
        driver.ok(
            """
            %%join
            var released = new CountDownLatch(1);
            new Thread(() -> {
              try { released.await(); } catch (InterruptedException e) { }
              IO.println("thread done");
            }).start();
            createTask(async(() -> { await(sleep(0.01)); released.countDown(); }));
            int last = 0;
            """);
    assertThat(driver.printed(result)).isEqualTo("thread done\n");
  }
}
