package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cells of subshells beside those of the session's own queue.
class SubshellTest {
  private SessionDriver driver;
  private Subshell sub;

  @BeforeEach
  void open() {
    driver = new SessionDriver();
    driver.ok("var gate = new AsyncEvent(); int shared = 1;");
    sub = driver.session().subshell();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private CellResult inSub(String code) {
    return driver.await(sub.execute(CellRequest.of(code)));
  }

  private static String text(CellResult result) {
    assertThat(result.outcome()).isInstanceOf(Outcome.Value.class);
    return ((Outcome.Value) result.outcome()).bundle().plain();
  }

  private Execution waiting() {
    Execution cell =
        driver.start("IO.println(\"waits\"); await(gate.await()); IO.println(\"goes on\"); shared");
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("waits"));
    return cell;
  }

  @Test
  void aCellRunsBesideOneThatWaitsAndSharesItsVariables() {
    Execution waits = waiting();
    assertThat(text(inSub("shared + 41"))).isEqualTo("42");
    inSub("int more(int n) { return shared + n; }\nshared = more(6);");
    assertThat(waits.result()).isNotDone();
    inSub("gate.set();");
    assertThat(text(driver.await(waits))).isEqualTo("7");
    assertThat(driver.value("more(1)")).isEqualTo("8");
  }

  @Test
  void itsCellsHaveNumbersAndALabelOfTheirOwn() {
    assertThat(inSub("1").cell().label()).isEqualTo("In [1] of subshell 1");
    assertThat(inSub("int n = 0; 1 / n").cell().label()).isEqualTo("In [2] of subshell 1");
    CellError error = SessionDriver.error(inSub("int d = 0;\n1 / d"));
    assertThat(error.plainTraceback().toString()).contains("In [3] of subshell 1 line 2");
    assertThat(sub.executionCount()).isEqualTo(3);
    assertThat(driver.session().executionCount()).isEqualTo(1);
    assertThat(driver.session().subshell().executionCount()).isZero();
    assertThat(driver.run("5").cell().label()).isEqualTo("In [2]");
    assertThat(driver.value("$2")).isEqualTo("5");
    assertThat(driver.session().history().tail(10)).hasSize(3);
  }

  @Test
  void itsCellsRunOneAfterTheOther() {
    Execution first = sub.execute(CellRequest.of("await(gate.await()); 1"));
    Execution second = sub.execute(CellRequest.of("2"));
    assertThat(driver.value("3")).isEqualTo("3");
    assertThat(second.result()).isNotDone();
    driver.ok("gate.set();");
    assertThat(text(driver.await(first))).isEqualTo("1");
    assertThat(text(driver.await(second))).isEqualTo("2");
  }

  @Test
  void whatEachPrintsIsItsOwn() {
    Execution waits = waiting();
    CellResult beside = inSub("IO.println(\"beside\"); gate.set();");
    driver.await(waits);
    assertThat(driver.printed(beside)).isEqualTo("beside\n");
    assertThat(driver.printed(waits.cell())).isEqualTo("waits\ngoes on\n");
  }

  @Test
  void eachAsksItsOwnFrontEnd() {
    LineInput one = (_, _) -> "one";
    LineInput two = (_, _) -> "two";
    var first = driver.start("IO.println(\"waits\"); await(gate.await()); IO.readln()", one);
    driver.awaitThat(() -> driver.printed(first.cell()).contains("waits"));
    var asks = new CellRequest("IO.readln()", false, true, Map.of(), two, null);
    assertThat(text(driver.await(sub.execute(asks)))).contains("two");
    inSub("gate.set();");
    assertThat(text(driver.await(first))).contains("one");
  }

  @Test
  void aPressIsMeantForAll() {
    Execution waits = waiting();
    Execution besides = sub.execute(CellRequest.of("IO.println(\"b\"); await(sleep(1000));"));
    driver.awaitThat(() -> driver.printed(besides.cell()).contains("b"));
    InterruptReport report = driver.session().interrupt();
    assertThat(report.cell()).isEqualTo("In [2], In [1] of subshell 1");
    assertThat(SessionDriver.error(driver.await(waits)).name()).isEqualTo("Interrupted");
    assertThat(SessionDriver.error(driver.await(besides)).name()).isEqualTo("Interrupted");
    assertThat(driver.value("shared")).isEqualTo("1");
  }

  @Test
  void aBusyCellOfASubshellIsStoppedAndNamed() {
    Execution busy = sub.execute(CellRequest.of("IO.println(\"b\"); while (true) {}"));
    driver.awaitThat(() -> driver.printed(busy.cell()).contains("b"));
    assertThat(driver.session().interrupt().cell()).isEqualTo("In [1] of subshell 1");
    assertThat(SessionDriver.error(driver.await(busy)).name()).isEqualTo("Interrupted");
    assertThat(text(inSub("shared"))).isEqualTo("1");
  }

  @Test
  void aTraceOfOneIsNotTheOthers() {
    Execution waits = driver.start("%%trace\nIO.println(\"waits\"); await(gate.await());");
    driver.awaitThat(() -> driver.printed(waits.cell()).contains("waits"));
    CellResult beside = inSub("await(sleep(0.001)); gate.set();");
    driver.await(waits);
    assertThat(driver.displays(beside.cell())).isEmpty();
    assertThat(driver.displays(waits.cell())).hasSize(1);
  }

  @Test
  void aClosedOneTakesNoMoreCells() {
    Execution cell = sub.execute(CellRequest.of("await(gate.await()); 9"));
    sub.close();
    assertThatThrownBy(() -> sub.execute(CellRequest.of("1")))
        .isInstanceOf(IllegalStateException.class);
    driver.ok("gate.set();");
    assertThat(text(driver.await(cell))).isEqualTo("9");
  }
}
