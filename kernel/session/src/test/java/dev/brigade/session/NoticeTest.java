package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NoticeTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.ok("Coroutine<Integer> work() { return async(() -> { await(sleep(0)); return 1; }); }");
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static String shown(CellResult result) {
    return String.join("\n", driver.displays(result.cell()));
  }

  @Test
  void aDroppedCoroutineIsReportedWithItsLine() {
    CellResult top = driver.ok("work();\nint unused = 0;");
    assertThat(shown(top)).contains("work of " + top.cell().label() + " line 1", "never awaited");
    CellResult nested = driver.ok("void f() {\n  work();\n}\nf();");
    assertThat(shown(nested)).contains(nested.cell().label() + " line 2", "never awaited");
  }

  @Test
  void aCellThatEndsInACoroutineSaysWhatToWrite() {
    assertThat(driver.value("work()")).contains("not started", "write await(work(...))");
  }

  @Test
  void aFailedTaskNobodyAwaitsIsShownInItsCell() {
    CellResult made =
        driver.ok("createTask(async(() -> { throw new IOException(\"disk\"); }));\nint x = 0;");
    driver.ok("await(sleep(0))");
    driver.awaitThat(() -> shown(made).contains("disk"));
    assertThat(shown(made)).contains("nobody awaited it", made.cell().label() + " line 1");
  }

  @Test
  void aCellThatLeavesTasksRunningSaysSo() {
    CellResult result =
        driver.ok("var stays = createTask(async(() -> { await(sleep(60)); }), \"stays\");");
    assertThat(shown(result)).contains("left running: stays", "%%join");
    driver.ok("stays.cancel();");
  }

  @Test
  void aStallIsShownInItsCell() {
    CellResult result =
        driver.ok(
            """
            var other = createTask(async(() -> { await(sleep(0)); }));
            await(sleep(0));
            Thread.sleep(150);
            await(other);
            """);
    assertThat(shown(result)).contains("stood still");
  }

  @Test
  void compilingIsNoStall() {
    driver.ok("var ticking = createTask(async(() -> { while (true) await(sleep(0.001)); }));");
    CellResult result =
        driver.ok(
            """
            class Big<T extends Comparable<T>> {
              Map<String, List<T>> m = new TreeMap<>();
              T max() { return m.values().stream().flatMap(List::stream).max(Comparator.naturalOrder()).get(); }
            }
            """);
    assertThat(shown(result)).doesNotContain("stood still");
    driver.ok("ticking.cancel();");
  }

  @Test
  void noticesAreNeverErrorText() {
    assertThat(driver.emissions())
        .noneMatch(e -> e instanceof Emission.Text text && text.stream() == Emission.Stream.STDERR);
  }

  @Test
  void noticesAreMarkedAsSuch() {
    CellResult top = driver.ok("work();\nint unused2 = 0;");
    assertThat(driver.emissions())
        .filteredOn(e -> e.cell().id() == top.cell().id())
        .allMatch(
            e ->
                e instanceof Emission.Display display
                    && display.bundle().metadata().containsKey(MimeBundle.NOTICE));
  }

  @Test
  void noticesOfALoopThatACellRunsAreShownInTheCell() {
    CellResult result =
        driver.ok(
            """
            run(async(() -> {
              createTask(async(() -> { throw new IOException("burnt"); }));
              await(sleep(1));
            }), EventLoop::virtualTime);
            """);
    assertThat(shown(result)).contains("nobody awaited it", "burnt");
    assertThat(driver.text(result.cell(), Emission.Stream.STDERR)).isEmpty();
  }

  @Test
  void whatAnInterruptEndsIsNotSaidToGoOn() {
    Execution cell =
        driver.start(
            "createTask(async(() -> await(sleep(60))));\nIO.println(\"begun\");\nwhile (true) {}");
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    CellResult result = driver.await(cell);
    assertThat(SessionDriver.error(result).name()).isEqualTo("Interrupted");
    assertThat(shown(result)).doesNotContain("left running");
  }

  @Test
  void threadsThatGoOnAreSaidToBeListedAsThreads() {
    CellResult result =
        driver.ok(
            """
            var gate = new CountDownLatch(1);
            new Thread(() -> { try { gate.await(); } catch (InterruptedException _) {} }, "late").start();
            """);
    assertThat(shown(result)).contains("left running: thread late", "%threads lists it");
    driver.ok("gate.countDown();");
  }
}
