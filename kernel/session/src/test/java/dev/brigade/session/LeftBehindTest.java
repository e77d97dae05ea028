package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The third press: code that hears of no interrupt is left behind.
class LeftBehindTest {
  private SessionDriver driver;

  @BeforeEach
  void open() {
    driver = new SessionDriver();
    driver.ok(
        """
        int kept = 17;
        var ticks = new AtomicInteger();
        Coroutine<Void> tick() {
          return async(() -> { while (true) { await(sleep(0.001)); ticks.incrementAndGet(); } });
        }
        var ticking = createTask(tick());
        """);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  // Some seconds, so that nothing burns on for long.
  private static final String STUCK =
      "{ var big = BigInteger.valueOf(3).pow(1_000_000); IO.println(\"begun\"); big.pow(8); }";

  private Execution stuck() {
    Execution cell = driver.start(STUCK);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    return cell;
  }

  private CellError pressed(Execution cell) {
    for (int i = 0; i < 3; i++) driver.session().interrupt();
    return SessionDriver.error(driver.await(cell));
  }

  @Test
  void theLoopGoesOnWithVariablesAndTasksAndTheCallIsNamed() {
    Execution cell = stuck();
    CellError error = pressed(cell);
    assertThat(error.name()).isEqualTo("Interrupted");
    assertThat(error.message())
        .contains("In [2] line 1 is inside BigInteger.pow", "live on", "restart");
    assertThat(driver.value("kept")).isEqualTo("17");
    driver.ok("int before = ticks.get(); while (ticks.get() == before) await(sleep(0.001));");
    assertThat(driver.value("ticking.isDone()")).isEqualTo("false");
    assertThat(driver.session().interrupt().cell()).isEmpty();
    assertThat(driver.value("await(createTask(async(() -> kept + 1)))")).isEqualTo("18");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run(async(() -> CODE));",
        "await(createTask(async(() -> CODE)));",
        "run(async(() -> CODE), EventLoop::create);",
        "run(async(() -> { await(createTask(async(() -> CODE))); }), EventLoop::create);"
      })
  void aLoopOfTheCellsOwnIsFreedToo(String code) {
    Execution cell = driver.start(code.replace("CODE", STUCK));
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    CellError error = pressed(cell);
    assertThat(error.name()).isEqualTo("Interrupted");
    assertThat(error.message()).contains("In [2] line 1 is inside BigInteger.pow", "live on");
    assertThat(cell.cell().origin().loops()).isEmpty();
    assertThat(driver.value("kept")).isEqualTo("17");
    assertThat(driver.value("run(async(() -> kept + 1), EventLoop::create)")).isEqualTo("18");
    assertThat(driver.value("ticking.isDone()")).isEqualTo("false");
  }

  @Test
  void cellsThatWereQueuedRun() {
    Execution cell = stuck();
    Execution next = driver.start("kept + 2");
    assertThat(pressed(cell).name()).isEqualTo("Interrupted");
    assertThat(((Outcome.Value) driver.await(next).outcome()).bundle().plain()).isEqualTo("19");
  }

  @Test
  void aLoopThatHearsIsNotLeftBehind() {
    Execution cell = driver.start("IO.println(\"begun\"); await(sleep(1000));");
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    Thread before = driver.session().loop().thread();
    assertThat(pressed(cell).message()).doesNotContain("live on");
    assertThat(driver.session().loop().thread()).isSameAs(before);
    assertThat(driver.value("kept")).isEqualTo("17");
  }

  @Test
  void aTaskThatWaitsForAMonitorForGoodIsGivenUpAndTheHolderNamed() {
    driver.ok(
        """
        Object shared = new Object();
        var taken = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("keeper").start(() -> {
          synchronized (shared) {
            taken.countDown();
            for (boolean over = false; !over; ) {
              try { over = end.await(60, TimeUnit.SECONDS); } catch (InterruptedException e) {}
            }
          }
        });
        taken.await();
        """);
    Execution cell =
        driver.start(
            """
            Coroutine<Void> entering() {
              return async(() -> { IO.println("begun"); synchronized (shared) { IO.println("in"); } });
            }
            await(createTask(entering()));
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    CellError error = pressed(cell);
    assertThat(error.name()).isEqualTo("Interrupted");
    assertThat(error.message()).contains("In [3] line 2 waits for Object@", "keeper", "live on");
    assertThat(driver.value("kept")).isEqualTo("17");
    driver.ok("end.countDown(); synchronized (shared) {}");
    assertThat(driver.value("ticking.isDone()")).isEqualTo("false");
  }
}
