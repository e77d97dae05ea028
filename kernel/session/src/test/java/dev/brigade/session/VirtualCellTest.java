package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cells on a loop of virtual time, and in an order that a seed draws.
class VirtualCellTest {
  private static final String PROGRAM =
      """
      %%virtual
      var tasks = new ArrayList<Task<Void>>();
      for (int i = 0; i < 3; i++) {
        int n = i;
        tasks.add(createTask(async(() -> {
          try (var _ = await(semaphore.acquire())) {
            await(sleep(3 - n));
            IO.println(n + " at " + loop.time());
          }
        })));
      }
      await(gather(tasks));
      await(loop.runInExecutor(threadPool, () -> { Thread.sleep(500); IO.println("job"); }));
      Thread.sleep(250);
      IO.println(System.nanoTime() + " " + eventLoop());
      """;

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
  void everyRunGivesTheSameBytes() {
    CellResult first = driver.ok(PROGRAM);
    assertThat(driver.printed(first))
        .isEqualTo(
            """
            2 at 1.0
            1 at 2.0
            0 at 3.0
            job
            3750000000 <EventLoop virtual-loop running virtual time>
            """);
    assertThat(driver.displays(first.cell())).containsExactly("virtual time: 3.750 s passed");
    CellResult second = driver.ok(PROGRAM);
    assertThat(driver.printed(second)).isEqualTo(driver.printed(first));
    assertThat(driver.displays(second.cell())).isEqualTo(driver.displays(first.cell()));
  }

  @Test
  void variablesStayAndTheLastValueIsShown() {
    CellResult result = driver.ok("%%virtual\nint stays = 4;\nawait(sleep(3600));\nstays * 2");
    assertThat(((Outcome.Value) result.outcome()).bundle().plain()).isEqualTo("8");
    assertThat(driver.value("stays")).isEqualTo("4");
    assertThat(driver.value("$" + result.cell().number())).isEqualTo("8");
    assertThat(driver.value("loop == eventLoop()")).isEqualTo("true");
  }

  @Test
  void aPrimitiveMovesThereAndBack() {
    driver.ok("try (var _ = await(lock.acquire())) { }");
    driver.ok("%%virtual\ntry (var _ = await(lock.acquire())) { await(sleep(1)); }");
    assertThat(driver.value("await(lock.acquire()); lock.release(); lock.isLocked()"))
        .isEqualTo("false");
  }

  @Test
  void runWorksInIt() {
    CellResult result =
        driver.ok(
            """
            %%virtual
            run(async(() -> {
              createTask(async(() -> { await(sleep(60)); }), "left");
              await(sleep(2));
            }));
            eventLoop().time()
            """);
    assertThat(((Outcome.Value) result.outcome()).bundle().plain()).isEqualTo("2.0");
    assertThat(driver.displays(result.cell())).anyMatch(text -> text.contains("left"));
  }

  @Test
  void tasksLeftAtItsEndAreToldOfAndCancelled() {
    CellResult result =
        driver.ok(
            """
            %%virtual
            createTask(async(() -> {
              try { await(sleep(60)); } finally { IO.println("cleaned up"); }
            }), "forgotten");
            await(sleep(1));
            """);
    assertThat(driver.printed(result)).isEqualTo("cleaned up\n");
    assertThat(driver.displays(result.cell())).anyMatch(text -> text.contains("forgotten"));
  }

  @Test
  void joinWaitsForWhatItStarted() {
    CellResult result =
        driver.ok(
            """
            %%virtual
            %%join
            createTask(async(() -> { await(sleep(60)); IO.println("joined at " + loop.time()); }));
            int done = 1;
            """);
    assertThat(driver.printed(result)).isEqualTo("joined at 60.0\n");
  }

  @Test
  void aTaskOfTheSessionsLoopCannotBeAwaitedThere() {
    driver.ok("var outside = createTask(async(() -> { await(sleep(60)); }));");
    CellError error = driver.error("%%virtual\nawait(outside)");
    driver.ok("outside.cancel();");
    assertThat(error.name()).isEqualTo("MisuseError");
    assertThat(error.message())
        .contains("belongs to loop", "on virtual time", "right: run(async(() ->");
  }

  @Test
  void anErrorKeepsItsPlaceAndTheTimeIsTold() {
    CellResult result =
        driver.run("%%virtual\nawait(sleep(7));\nthrow new IllegalStateException(\"there\");");
    CellError error = SessionDriver.error(result);
    assertThat(error.name()).isEqualTo("IllegalStateException");
    assertThat(String.join("\n", error.plainTraceback()))
        .contains(result.cell().label() + " line 3");
    assertThat(driver.displays(result.cell())).containsExactly("virtual time: 7.000 s passed");
    assertThat(driver.error("%%virtual\nint broken = \"text\";").name()).isEqualTo("CompileError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "await(createTask(async(() -> { while (true) {} })))",
        "await(new AsyncEvent().await());",
        "for (;;) { try { await(sleep(60)); } finally { } }",
        "int n = 0; while (true) { await(sleep(0)); n++; }"
      })
  void onePressEndsIt(String code) {
    Execution cell = driver.start("%%virtual\nIO.println(\"begun\");\n" + code);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    assertThat(driver.value("1 + 1")).isEqualTo("2");
  }

  @Test
  void onePressEndsAProgramThatHoldsALoopOfItsOwn() {
    Execution cell =
        driver.start(
            "run(async(() -> { IO.println(\"begun\"); while (true) {} }), EventLoop::create);");
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
  }

  @Test
  void theSameSeedGivesTheSameOrderAndOthersDoNot() {
    driver.ok(
        """
        int counter = 0;
        Coroutine<Void> increment(String name) {
          return async(() -> {
            int seen = counter;
            IO.print(name + seen + " ");
            await(sleep(0));
            counter = seen + 1;
          });
        }
        Coroutine<Void> race() {
          return async(() -> {
            counter = 0;
            await(gather(increment("a"), increment("b"), increment("c")));
            IO.println(counter);
          });
        }
        """);
    var outcomes = new TreeSet<String>();
    for (int seed = 0; seed < 8; seed++) {
      String cell = "%%shuffle seed=" + seed + "\nawait(race());";
      CellResult first = driver.ok(cell);
      assertThat(driver.printed(driver.ok(cell))).isEqualTo(driver.printed(first));
      outcomes.add(driver.printed(first));
    }
    assertThat(outcomes).hasSizeGreaterThan(1);
  }

  @Test
  void withoutASeedOneIsDrawnAndTold() {
    String code = "await(gather(sleep(1), sleep(2)));";
    CellResult result = driver.ok("%%shuffle\n" + code);
    List<String> shown = driver.displays(result.cell());
    assertThat(shown).hasSize(1);
    assertThat(shown.getFirst()).contains("virtual time: 2.000 s passed");
    String again = shown.getFirst().replaceFirst(".*again: ", "");
    assertThat(again).matches("%%shuffle seed=\\d+");
    assertThat(driver.displays(driver.ok(again + "\n" + code).cell())).isEqualTo(shown);
  }

  @Test
  void theSummaryOfItsTraceIsTheSameEveryTime() {
    driver.ok("%trace summary");
    String cell =
        "%%virtual\nawait(gather(createTask(sleep(2), \"slow\"), createTask(sleep(1), \"fast\")));";
    List<String> first = driver.displays(driver.ok(cell).cell());
    List<String> second = driver.displays(driver.ok(cell).cell());
    List<String> order = List.of(driver.value("order()"));
    driver.ok("%trace off");
    assertThat(first).hasSize(2).isEqualTo(second);
    assertThat(first.getFirst()).startsWith("2 tasks, ended: fast, slow; ").contains("2.000 s");
    assertThat(order).containsExactly("[\"fast\", \"slow\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%trace\n%%virtual\n", "%%virtual\n%%trace\n"})
  void aTracedOneShowsItsOwnTime(String magics) {
    String cell = magics + "await(sleep(5)); IO.println(\"late\");";
    CellResult first = driver.ok(cell);
    assertThat(driver.printed(first)).contains("  1     5.000 s").contains("| late");
    assertThat(driver.displays(first.cell())).hasSize(2).last().asString().contains("5.000 s");
    assertThat(driver.printed(driver.ok(cell)).lines().map(line -> line.substring(0, 13)))
        .containsExactlyElementsOf(
            driver.printed(first).lines().map(line -> line.substring(0, 13)).toList());
  }

  @Test
  void wrongUsesAreExplained() {
    assertThat(driver.error("%%shuffle seed=x\n1").message()).contains("seed=NUMBER");
    assertThat(driver.error("%%virtual seed=1\n1").message()).contains("%%shuffle seed=7");
    assertThat(driver.error("%virtual 1 + 1").message()).contains("right: %%virtual");
    assertThat(driver.error("%shuffle").message()).contains("right: %%shuffle");
  }
}
