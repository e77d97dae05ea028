package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Code of cells in real worker processes.
@Timeout(120)
class ProcessPoolCellTest {
  @TempDir static Path directory;
  private static SessionDriver driver;

  @BeforeAll
  static void open() throws IOException {
    driver =
        new SessionDriver(new SessionOptions(null, List.of(ClassPathTest.jar(directory)), false));
  }

  @AfterAll
  static void close() {
    driver.ok("processPool.close()");
    driver.close();
  }

  @Test
  void aMethodOfACellRunsInAWorker() {
    driver.ok("int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }");
    assertThat(driver.value("await(loop.runInExecutor(processPool, () -> fib(20)))"))
        .isEqualTo("6765");
    assertThat(driver.value("processPool.submit(() -> fib(10)).get()")).isEqualTo("55");
    assertThat(driver.value("processPool.map(n -> fib(n), List.of(5, 6, 7)).toList()"))
        .isEqualTo("[5, 8, 13]");
    assertThat(
            driver.value(
                "await(loop.runInExecutor(processPool, () -> ProcessHandle.current().pid())) =="
                    + " ProcessHandle.current().pid()"))
        .isEqualTo("false");
  }

  @Test
  void recordsAndClassesOfCellsTravelBothWays() {
    driver.ok("record Point(int x, int y) { Point moved() { return new Point(x + 1, y); } }");
    driver.ok("class Pot { int litres = 3; List<Point> marks = new ArrayList<>(); }");
    driver.ok("Pot pot = new Pot(); pot.marks.add(new Point(1, 2));");
    assertThat(
            driver.value(
                "await(loop.runInExecutor(processPool, () -> pot.marks.getFirst().moved()))"))
        .isEqualTo("Point[x=2, y=2]");
    assertThat(
            driver.value(
                "Pot back = await(loop.runInExecutor(processPool, () -> { pot.litres++; return"
                    + " pot; })); back.litres + \" \" + pot.litres"))
        .isEqualTo("\"4 3\"");
  }

  @Test
  void aRedefinedMethodTravelsAsItsNewVersion() {
    driver.ok("int version() { return 1; }\nint ask() { return version(); }");
    assertThat(driver.value("processPool.submit(() -> ask()).get()")).isEqualTo("1");
    driver.ok("int version() { return 2; }");
    assertThat(driver.value("processPool.submit(() -> ask()).get()")).isEqualTo("2");
    driver.ok("record Cup(int size) {}\nFuture<?> old = processPool.submit(() -> new Cup(1));");
    driver.ok("record Cup(String colour) {}");
    assertThat(driver.value("processPool.submit(() -> new Cup(\"red\")).get()"))
        .isEqualTo("Cup[colour=red]");
    assertThat(driver.value("old.get().toString()")).isEqualTo("\"Cup[size=1]\"");
  }

  @Test
  void capturedAndSnippetVariablesTravelByValue() {
    driver.ok("int seven = 7; List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3));");
    driver.ok("int sum() { int all = seven; for (int n : numbers) all += n; return all; }");
    assertThat(driver.value("{ }\nprocessPool.submit(() -> sum()).get()")).isEqualTo("13");
    driver.ok("seven = 8; numbers.add(4);");
    assertThat(driver.value("processPool.submit(() -> sum()).get()")).isEqualTo("18");
    assertThat(
            driver.value(
                "PoolFuture<Integer> twice(int n) { return processPool.submit(() -> n * 2); }\n"
                    + "twice(21).get()"))
        .isEqualTo("42");
    driver.ok("Function<Integer, Integer> square = n -> n * n;");
    assertThat(driver.value("processPool.submit(() -> square.apply(9)).get()")).isEqualTo("81");
  }

  @Test
  void aWriteToASnippetVariableIsLostAndSaid() {
    driver.ok("int counter = 5;\nvoid count() { counter++; }");
    CellResult result =
        driver.ok("processPool.map(n -> { count(); return counter; }, List.of(1, 2, 3)).toList()");
    assertThat(driver.value("counter")).isEqualTo("5");
    assertThat(driver.displays(result.cell()))
        .singleElement()
        .asString()
        .contains("changed counter: only its own copy");
  }

  @Test
  void aChangeInsideWhatAVariableHoldsIsLostAndSaid() {
    driver.ok("List<String> plates = new ArrayList<>(); List<Integer> menu = List.of(1, 2);");
    CellResult result =
        driver.ok("processPool.submit(() -> { plates.add(\"soup\" + menu.size()); }).get();");
    assertThat(driver.value("plates")).isEqualTo("[]");
    assertThat(driver.displays(result.cell()))
        .singleElement()
        .asString()
        .contains("changed plates: only its own copy");
  }

  @Test
  void whatCannotTravelIsNamed() {
    CellError captured =
        driver.error(
            "Thread cook = new Thread(() -> {}); String name() { return cook.getName(); }\n"
                + "await(loop.runInExecutor(processPool, () -> name()))");
    assertThat(captured.message())
        .contains("the variable `cook`")
        .contains("java.lang.Thread cannot travel");
    CellError local =
        driver.error(
            "void send(Thread thread) { await(loop.runInExecutor(processPool, () ->"
                + " thread.getName())); }\nsend(new Thread())");
    assertThat(local.message()).contains("captured variable `thread`").contains("java.lang.Thread");
  }

  @Test
  void anExceptionComesBackWithTheLineOfTheCell() {
    driver.ok("class Burnt extends RuntimeException { Burnt(String m) { super(m); } }");
    driver.ok("int cook() {\n  throw new Burnt(\"too hot\");\n}");
    CellError error = driver.error("await(loop.runInExecutor(processPool, () -> cook()))");
    assertThat(error.name()).isEqualTo("Burnt");
    assertThat(String.join("\n", error.plainTraceback()))
        .contains("Burnt: too hot", "line 2, in cook", "thrown in process-pool");
  }

  @Test
  void theClassPathReachesTheWorkers() {
    assertThat(driver.value("processPool.submit(() -> lib.Greeting.hello()).get()"))
        .isEqualTo("\"hello\"");
  }

  @Test
  void whatAWorkerPrintsBelongsToTheCell() {
    CellResult result =
        driver.ok("await(loop.runInExecutor(processPool, () -> System.out.println(\"afar\")))");
    assertThat(driver.printed(result)).isEqualTo("afar\n");
  }

  @Test
  void aKilledWorkerBreaksItsPoolAndANewOneWorks() {
    driver.ok("var mine = new ProcessPool(1);");
    CellError error =
        driver.error(
            "await(loop.runInExecutor(mine, () -> { Runtime.getRuntime();"
                + " ProcessHandle.of(ProcessHandle.current().pid()); new ProcessBuilder(\"kill\","
                + " \"-9\", \"\" + ProcessHandle.current().pid()).start().waitFor(); return 1;"
                + " }))");
    assertThat(error.name()).isEqualTo("BrokenProcessPool");
    assertThat(driver.error("mine.submit(() -> 1)").name()).isEqualTo("BrokenProcessPool");
    driver.ok("mine = new ProcessPool(1);");
    assertThat(driver.value("mine.submit(() -> 1).get()")).isEqualTo("1");
    driver.ok("mine.close()");
  }

  @Test
  void aWorkerCannotBeEndedByACellsExit() {
    assertThat(driver.error("processPool.submit(() -> { System.exit(1); return 1; }).get()").name())
        .isEqualTo("ExecutionException");
    assertThat(driver.value("processPool.submit(() -> 1).get()")).isEqualTo("1");
  }

  @Test
  void aResultThatEndsTheProcessThatUnpacksItFailsItsOwnJobOnly() {
    driver.ok(
        """
        class Farewell implements Serializable {
          private Object readResolve() { System.exit(1); return this; }
        }
        """);
    assertThat(driver.error("await(processPool.submit(() -> new Farewell()))").message())
        .contains("could not be read here");
    assertThat(driver.value("processPool.submit(() -> 1).get()")).isEqualTo("1");
  }

  @Test
  void anInterruptStopsABusyWorkerAndThePoolGoesOn() {
    Execution execution =
        driver.start(
            "await(loop.runInExecutor(processPool, () -> { System.out.println(\"busy\");"
                + " while (true) {} }))");
    driver.awaitThat(() -> driver.printed(execution.cell()).contains("busy"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(execution)).name()).isEqualTo("Interrupted");
    assertThat(driver.value("processPool.map(n -> n + 1, List.of(1, 2, 3, 4)).toList()"))
        .isEqualTo("[2, 3, 4, 5]");
  }

  @Test
  void theWorkersEndWithTheSession() throws Exception {
    ProcessHandle worker;
    try (var own = new SessionDriver()) {
      String pid = own.value("processPool.submit(() -> ProcessHandle.current().pid()).get()");
      worker = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
    // Asked again and again: ProcessHandle.onExit() tells through the common pool, which cells of
    // other tests may keep busy.
    long start = System.nanoTime();
    while (worker.isAlive() && System.nanoTime() - start < 60_000_000_000L) {
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
    assertThat(worker.isAlive()).isFalse();
  }

  @Test
  void jobsOfCellsSleepOnAVirtualClock() {
    driver.ok(
        """
        double hours() {
          return run(async(() -> {
            await(gather(
                toThread(() -> { Thread.sleep(7_200_000); }),
                toThread(() -> { Thread.sleep(1_000); })));
            return eventLoop().time() / 3600;
          }), EventLoop::virtualTime);
        }
        """);
    assertThat(driver.value("hours()")).isEqualTo("2.0");
  }
}
