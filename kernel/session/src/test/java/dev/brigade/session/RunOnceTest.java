package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Expressions and statements, which JShell does not see unless they are out of the ordinary.
class RunOnceTest {
  private static final SessionDriver driver = new SessionDriver();

  @AfterAll
  static void close() {
    driver.close();
  }

  private static String type(String code) {
    return ((Outcome.Value) driver.run(code).outcome()).type();
  }

  @Test
  void aValueHasTheStaticTypeThatVarWouldGiveIt() {
    assertThat(type("1 + 1")).isEqualTo("int");
    assertThat(type("List.of()")).isEqualTo("List<Object>");
    assertThat(type("new ArrayList<>()")).isEqualTo("ArrayList<Object>");
    assertThat(type("Map.of(1, \"a\").entrySet()")).isEqualTo("Set<Map.Entry<Integer,String>>");
    assertThat(type("true ? 1 : 2.0")).isEqualTo("double");
    assertThat(type("\"a\".getClass()")).startsWith("Class<");
    driver.ok("var copied = new LinkedList<>(List.of(1));");
    assertThat(type("copied")).isEqualTo("LinkedList<Integer>");
  }

  @Test
  void anEarlierValueKeepsThatType() {
    driver.ok("List.of(20, 22)");
    int number = driver.session().executionCount();
    assertThat(driver.value("$%d.get(0) + $%d.get(1)".formatted(number, number))).isEqualTo("42");
  }

  @Test
  void anAnonymousClassMayBeUsed() {
    assertThat(driver.value("new Object() { int field = 3; }.field")).isEqualTo("3");
    assertThat(driver.value("new Object() { public String toString() { return \"own\"; } }"))
        .isEqualTo("own");
    driver.ok("new Thread() { public void run() { } }.start();");
  }

  @Test
  void aMethodMayGiveAValueNowAndNoneThen() {
    driver.ok("void fickle() {}");
    assertThat(driver.run("fickle()").outcome()).isInstanceOf(Outcome.Done.class);
    driver.ok("int fickle() { return 3; }");
    assertThat(driver.value("fickle()")).isEqualTo("3");
    driver.ok("void fickle() {}");
    assertThat(driver.run("fickle();").outcome()).isInstanceOf(Outcome.Done.class);
    driver.ok("int println(int n) { return n; }");
    assertThat(driver.value("println(4)")).isEqualTo("4");
  }

  @Test
  void anAssignmentShowsNothingAndOtherOperatorsTheirValue() {
    driver.ok("int counted = 0; int[] cells = {0};");
    assertThat(driver.run("counted = 5").outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(driver.value("counted")).isEqualTo("5");
    assertThat(driver.value("counted++")).isEqualTo("5");
    assertThat(driver.value("counted += 1")).isEqualTo("7");
    assertThat(driver.value("(counted)")).isEqualTo("7");
    assertThat(driver.value("cells[0] = 2")).isEqualTo("2");
  }

  @Test
  void commentsStandAnywhere() {
    assertThat(driver.value("1 + 1 // two")).isEqualTo("2");
    assertThat(driver.value("/* three */ 3 /* it is */")).isEqualTo("3");
    assertThat(driver.value("// first\n4\n// last")).isEqualTo("4");
  }

  @Test
  void statementsRunToTheirEndOrForever() {
    driver.ok("int turns = 0;");
    driver.ok("for (int i = 0; i < 3; i++) turns++;");
    driver.ok("while (true) { if (++turns > 5) break; }");
    driver.ok("if (turns > 5) turns = 10; else turns = 20;");
    driver.ok("{ int hidden = 1; turns += hidden; }");
    driver.ok("synchronized (\"monitor\") { turns++; }");
    driver.ok(
        "switch (turns) { case 12 -> turns = 0; default -> throw new IllegalStateException(); }");
    assertThat(driver.value("turns")).isEqualTo("0");
    CellError thrown =
        driver.error("do { throw new IllegalStateException(\"at once\"); } while (true);");
    assertThat(thrown.name()).isEqualTo("IllegalStateException");
  }

  @Test
  void anErrorKnowsItsLine() {
    CellError error = driver.error("int far = 5;\n\nList.of(1)\n    .get(far)");
    int number = driver.session().executionCount();
    assertThat(String.join("\n", error.plainTraceback()))
        .contains("In [%d] line 4".formatted(number));
  }

  @Test
  void aMistakeIsReportedAsJShellReportsIt() {
    assertThat(String.join("\n", driver.error("1 + nobody").plainTraceback()))
        .contains("cannot find variable")
        .contains("nobody");
    assertThat(String.join("\n", driver.error("while (false) { }").plainTraceback()))
        .doesNotContain("$$$");
  }

  @Test
  void whatIsDeclaredAgainReachesWhatUsesIt() {
    driver.ok(
        "int base = 1; int more() { return base + 1; } int evenMore() { return more() + 1; }");
    assertThat(driver.value("evenMore()")).isEqualTo("3");
    driver.ok("int base = 10;");
    assertThat(driver.value("evenMore()")).isEqualTo("12");
    driver.ok("long more() { return base * 2L; }");
    driver.ok("long evenMore() { return more() + 1; }");
    assertThat(driver.value("evenMore()")).isEqualTo("21");
  }

  @Test
  void overloadsOfSeveralCellsFindEachOther() {
    driver.ok("int prior = 2;");
    driver.ok("String shape(int n) { return \"int \" + (n + prior); }");
    driver.ok("String shape(String s) { return shape(s.length()); }");
    assertThat(driver.value("shape(\"abc\")")).isEqualTo("\"int 5\"");
    driver.ok("String shape(long n) { return \"long\" + shape(\"x\"); }");
    assertThat(driver.value("shape(1L)")).isEqualTo("\"longint 3\"");
  }

  @Test
  void aVariableWithoutANameLeavesNothingBehind() {
    driver.ok("record Kept(int n) {} var _ = new Kept(1);");
    driver.ok("var _ = new Kept(2);");
    // JShell compiles everything that is declared again for these.
    driver.ok("import java.util.zip.*;");
    driver.ok("import static java.lang.Math.*;");
    assertThat(driver.value("new Kept(max(2, 3)).n()")).isEqualTo("3");
    assertThat(driver.value("new CRC32().getValue()")).isEqualTo("0");
  }
}
