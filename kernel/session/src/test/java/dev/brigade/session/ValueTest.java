package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ValueTest {
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
  void printingShowsWhatWasPrintedAndNotTheStream() {
    CellResult result = driver.ok("System.out.printf(\"%d dishes%n\", 3);");
    assertThat(driver.printed(result)).isEqualTo("3 dishes\n");
    assertThat(result.outcome()).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void valuesOfCellsAreReachableWithTheirTypes() {
    CellResult text = driver.ok("\"abc\"");
    CellResult list = driver.ok("List.of(1, 2)");
    CellResult primitive = driver.ok("20L");
    assertThat(driver.value("$" + text.cell().number() + ".length()")).isEqualTo("3");
    assertThat(driver.value("$" + list.cell().number() + ".get(1) + 1")).isEqualTo("3");
    assertThat(driver.value("$" + primitive.cell().number() + " + 1")).isEqualTo("21");
  }

  @Test
  void aDollarIsTheNewestValue() {
    driver.ok("\"first\"");
    assertThat(driver.value("$.length()")).isEqualTo("5");
    assertThat(driver.value("$ * 2")).isEqualTo("10");
    assertThat(driver.value("$ * 2")).isEqualTo("20");
  }

  @Test
  void aTypeThatCannotBeWrittenBecomesAnObject() {
    CellResult odd = driver.ok("new Object() { int hidden = 1; }");
    driver.ok("$" + odd.cell().number() + ".hashCode()");
  }

  @Test
  void temporariesLeaveNoVariableBehind() {
    driver.ok("1 + 1");
    driver.ok("Math.max(3, 4)");
    assertThat(driver.printed(driver.ok("%vars"))).doesNotContain("$_");
  }

  @Test
  void userExpressionsAreEvaluatedAfterTheCell() {
    CellResult result =
        driver.run(
            new CellRequest(
                "int n = 6;", false, true, Map.of("a", "n * 7", "b", "nope"), null, null));
    assertThat(((Outcome.Value) result.userExpressions().get("a")).bundle().plain())
        .isEqualTo("42");
    assertThat(result.userExpressions().get("b")).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aSilentCellShowsNothingAndDoesNotCount() {
    int before = driver.session().executionCount();
    CellResult result = driver.run(new CellRequest("1 + 1", true, true, Map.of(), null, null));
    assertThat(result.outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(driver.session().executionCount()).isEqualTo(before);
  }
}
