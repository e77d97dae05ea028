package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Cells of one text, whose classes are made once.
class RunAgainTest {
  private static final SessionDriver driver = new SessionDriver();

  @AfterAll
  static void close() {
    driver.close();
  }

  private static String trace(String code) {
    return String.join("\n", driver.error(code).plainTraceback());
  }

  @Test
  void aNameMeansWhatItMeansNow() {
    driver.ok("int changing = 1;");
    assertThat(driver.value("changing + 1")).isEqualTo("2");
    driver.ok("changing = 5;");
    assertThat(driver.value("changing + 1")).isEqualTo("6");
    driver.ok("String changing = \"a\";");
    assertThat(driver.value("changing + 1")).isEqualTo("\"a1\"");
    driver.ok("int changing = 1;");
    assertThat(driver.value("changing + 1")).isEqualTo("2");
  }

  @Test
  void aMethodAndATypeAreTheNewestOfTheirName() {
    driver.ok("record Part(int n) {} String shown(Part part) { return \"first \" + part; }");
    assertThat(driver.value("shown(new Part(1))")).isEqualTo("\"first Part[n=1]\"");
    driver.ok("String shown(Part part) { return \"second \" + part; }");
    assertThat(driver.value("shown(new Part(1))")).isEqualTo("\"second Part[n=1]\"");
    driver.ok("record Part(long n) { public String toString() { return \"long \" + n; } }");
    assertThat(driver.value("shown(new Part(1))")).isEqualTo("\"second long 1\"");
  }

  @Test
  void aMoreFittingOverloadIsTakenOnceItIsThere() {
    driver.ok("String fits(long n) { return \"long\"; }");
    assertThat(driver.value("fits(3)")).isEqualTo("\"long\"");
    driver.ok("String fits(int n) { return \"int\"; }");
    assertThat(driver.value("fits(3)")).isEqualTo("\"int\"");
  }

  @Test
  void aNameMeansWhatIsImportedNow() {
    driver.ok("import java.util.Date;");
    assertThat(driver.value("Date.class.getName()")).isEqualTo("\"java.util.Date\"");
    driver.ok("import java.sql.Date;");
    assertThat(driver.value("Date.class.getName()")).isEqualTo("\"java.sql.Date\"");
  }

  @Test
  void anErrorNamesTheCellThatRan() {
    for (int i = 0; i < 2; i++) {
      String trace = trace("// a comment\nInteger.parseInt(\"no number\")");
      assertThat(trace)
          .contains("In [%d] line 2".formatted(driver.session().executionCount()))
          .doesNotContain("In [%d]".formatted(driver.session().executionCount() - 1));
    }
  }

  @Test
  void whatARunLeavesBehindKeepsItsCell() {
    driver.ok("var kept = new ArrayList<Runnable>();");
    String cell = "kept.add(() -> { throw new IllegalStateException(\"late\"); })";
    driver.ok(cell);
    int first = driver.session().executionCount();
    driver.ok(cell);
    assertThat(trace("kept.get(0).run()")).contains("In [%d] line 1".formatted(first));
    assertThat(trace("kept.get(1).run()")).contains("In [%d] line 1".formatted(first + 1));
  }

  @Test
  void aLocalClassOfEachRunIsItsOwn() {
    String cell =
        """
        { class Counter { static int made; int next() { return ++made; } }
          new Counter().next();
          System.out.print(new Counter().next()); }
        """;
    assertThat(driver.printed(driver.ok(cell))).isEqualTo("2");
    assertThat(driver.printed(driver.ok(cell))).isEqualTo("2");
  }
}
