package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cells that end in a task or another promise.
class PendingValueTest {
  private SessionDriver driver;

  @BeforeEach
  void open() {
    driver = new SessionDriver();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private List<Emission.Display> settled(CellResult result) {
    driver.awaitThat(() -> driver.shown(result.cell()).size() == 2);
    List<Emission.Display> shown = driver.shown(result.cell());
    assertThat(shown.get(0).update()).isFalse();
    assertThat(shown.get(1).update()).isTrue();
    assertThat(shown.get(1).displayId()).isEqualTo(shown.get(0).displayId());
    return shown;
  }

  @Test
  void aTaskIsPendingAndThenItsValueInTheSamePlaceAlsoAfterTheCell() {
    driver.ok("var gate = new AsyncEvent();");
    CellResult result =
        driver.ok(
            "createTask(async(() -> { await(gate.await()); return List.of(Map.of(\"a\", 1)); }))");
    assertThat(result.outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(driver.displays(result.cell()))
        .singleElement()
        .asString()
        .startsWith("<Task pending");
    driver.ok("gate.set();");
    List<Emission.Display> shown = settled(result);
    assertThat(shown.get(1).bundle().plain()).isEqualTo("a\n-\n1");
    assertThat(shown.get(1).bundle().data()).containsKey("text/html");
    assertThat(shown.get(1).bundle().metadata())
        .isEqualTo(Map.of(MimeBundle.VALUE, result.cell().number()));
    assertThat(driver.value("await($" + result.cell().number() + ").size()")).isEqualTo("1");
  }

  @Test
  void aPlainFutureIsPendingAndThenItsOutcome() {
    driver.ok("var gate = new CountDownLatch(1);");
    CellResult result =
        driver.ok(
            """
            var future = new FutureTask<String>(() -> { gate.await(); return "served"; });
            Thread.startVirtualThread(future);
            future
            """);
    assertThat(driver.shown(result.cell()).getFirst().bundle().plain())
        .isEqualTo("<FutureTask pending>");
    driver.ok("gate.countDown();");
    assertThat(settled(result).get(1).bundle().plain()).isEqualTo("\"served\"");
    assertThat(driver.value("future")).isEqualTo("\"served\"");
  }

  @Test
  void aPlainFutureThatFailsShowsItsError() {
    CellResult result =
        driver.ok(
            """
            var failing = new FutureTask<String>(() -> { throw new IOException("cold"); });
            new Thread(failing).start();
            failing
            """);
    driver.awaitThat(
        () ->
            driver.bundles(result.cell()).stream()
                    .anyMatch(bundle -> bundle.plain().startsWith("IOException: cold"))
                || result.outcome() instanceof Outcome.Value value
                    && value.bundle().plain().startsWith("IOException: cold"));
  }

  @Test
  void whatATaskThrewIsShownOnceAndInItsPlace() {
    CellResult result =
        driver.ok(
            "createTask(async(() -> { await(sleep(0)); throw new IllegalStateException(\"burnt\");"
                + " }))");
    assertThat(settled(result).get(1).bundle().plain())
        .startsWith("IllegalStateException: burnt")
        .contains("line 1");
    driver.ok("await(sleep(0));");
    assertThat(driver.displays(result.cell())).hasSize(2);
  }

  @Test
  void aCancelledTaskSaysSo() {
    CellResult result = driver.ok("var nap = createTask(sleep(60));\nnap");
    driver.ok("nap.cancel();");
    assertThat(settled(result).get(1).bundle().plain()).startsWith("<Task cancelled");
  }

  @Test
  void aTaskWithoutAValueSaysThatItIsDone() {
    CellResult result = driver.ok("createTask(sleep(0))");
    assertThat(settled(result).get(1).bundle().plain()).startsWith("<Task finished");
  }

  @Test
  void aStageIsPendingAndThenItsValue() {
    driver.ok("var future = new CompletableFuture<String>();");
    CellResult result = driver.ok("future.thenApply(text -> text + \"!\")");
    assertThat(driver.displays(result.cell())).containsExactly("<CompletableFuture pending>");
    driver.ok("Thread.ofPlatform().start(() -> future.complete(\"done\")).join();");
    assertThat(settled(result).get(1).bundle().plain()).isEqualTo("\"done!\"");
  }

  @Test
  void aStageThatFailsShowsWhatWasThrown() {
    CellResult result =
        driver.ok(
            "var future = new CompletableFuture<String>();\n" + "future.thenApply(String::length)");
    driver.ok("future.completeExceptionally(new IOException(\"cut\"));");
    assertThat(settled(result).get(1).bundle().plain()).startsWith("IOException: cut");
  }

  @Test
  void whatHasAnOutcomeIsShownAsThatAtOnce() {
    assertThat(driver.value("CompletableFuture.completedFuture(7)")).isEqualTo("7");
    assertThat(driver.value("var t = createTask(async(() -> 8));\nawait(t);\nt")).isEqualTo("8");
  }

  @Test
  void aPendingTaskThatIsDisplayedIsReplacedToo() {
    CellResult result = driver.ok("display(createTask(async(() -> 9)));");
    assertThat(settled(result).get(1).bundle().plain()).isEqualTo("9");
    assertThat(settled(result).get(1).bundle().metadata()).isEmpty();
  }

  @Test
  void aCellThatEndsInWhatItDisplayedShowsNothingMore() {
    assertThat(driver.ok("display(1);").outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(driver.ok("displayTable(List.of(1))").outcome()).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void anInterruptFreesTheLoopFromAnOutcomeThatCannotBeShown() {
    CellResult result =
        driver.ok(
            """
            class Endless {
              public String toString() { IO.println("!"); while (true) {} }
            }
            createTask(async(() -> new Endless()))\
            """);
    driver.awaitThat(() -> driver.printed(result).contains("!"));
    driver.session().interrupt();
    assertThat(settled(result).get(1).bundle().plain()).contains("showing it was interrupted");
    assertThat(driver.value("1 + 1")).isEqualTo("2");
  }

  @Test
  void theTaskThatIsShownIsNotSaidToBeLeftRunning() {
    CellResult result = driver.ok("createTask(sleep(60))");
    assertThat(driver.displays(result.cell())).noneMatch(text -> text.contains("left running"));
  }

  @Test
  void aStatementShowsNothing() {
    CellResult result = driver.ok("var quiet = createTask(async(() -> 1));\nawait(quiet);");
    assertThat(driver.displays(result.cell())).isEmpty();
  }
}
