package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompileHintTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static String trace(String code) {
    return String.join("\n", driver.error(code).plainTraceback());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          int x1 = 5 int y1 = 6;                        | a statement ends with `;`
          int count = 3; countt + 1                     | did you mean `count`?
          new CRC32()                                   | import java.util.zip.CRC32;
          NodeList nodes = null;                        | import org.w3c.dom.NodeList;
          Sring s = null;                               | did you mean `String`?
          string s = null;                              | did you mean `String`?
          int n2 = "5";                                 | Integer.parseInt("5")
          double d2 = "5";                              | Double.parseDouble("5")
          String t2 = 5;                                | String.valueOf(5)
          int i2 = 3.7;                                 | (int) 3.7
          float f2 = 1.5;                               | 1.5f
          long l2 = 10000000000;                        | L behind the number
          int n3 = 1; if (n3 = 2) { }                   | `==` compares
          boolean b3 = 1;                               | `n != 0`
          int h3(int n) { if (n > 0) return 1; }        | add a `return`
          void g3() { Thread.sleep(10); }               | catch InterruptedException here
          class A3 { void go() {} } A3.go();            | `go` belongs to an object
          String u3 = "abc;                             | a text ends with "
          char c3 = 'abc';                              | double quotes: "abc"
          void k3() { if (true) {                       | something is still open
          List r3 = List.of("a"); String o3 = r3.get(0);| List<String> list
          List<int> li3;                                | write Integer for int
          class P3 { private int in; } class Q3 { int y(P3 p) { return p.in; } } | P3's own code
          int m3() { int loc; return loc; }             | give `loc` a value
          int a3 = 1; a3.length();                      | a plain value without methods
          int[] r4 = {1}; r4.length();                  | write array.length
          "abc".size()                                  | a text has length()
          System.out.printn(1)                          | did you mean `println`?
          void v4() { return 1; }                       | a void method returns nothing
          int d4() { int a = 1; int a = 2; return a; }  | use `a` without its type
          class C4 implements Runnable {}               | write the method run() in C4
          new Runnable()                                | a class that implements Runnable
          var v5 = null;                                | write the type of `v5`
          """)
  void aCommonMistakeIsExplained(String code, String hint) {
    assertThat(trace(code)).contains("hint: ").contains(hint);
  }

  @Test
  void aMissingImportIsNamedInTheFirstCellToo() {
    try (var young = new SessionDriver()) {
      assertThat(String.join("\n", young.error("CRC32 sum = null;").plainTraceback()))
          .contains("import java.util.zip.CRC32;");
    }
  }

  @Test
  void whatIsNoMemberIsNotMixedUpWithOwnNames() {
    driver.ok("int fob() { return 1; }");
    assertThat(trace("Object o = 1; o.foo();")).doesNotContain("did you mean");
    assertThat(trace("foo()")).contains("did you mean `fob`?");
  }

  @Test
  void theMarkIsUnderTheMemberThatIsMissing() {
    CellError error = driver.error("System.out.printn(1)");
    String marks = error.plainTraceback().get(3);
    assertThat(marks.indexOf('^') - "  -->   1 | ".length()).isEqualTo("System.out.".length());
    assertThat(marks.strip()).isEqualTo("^^^^^^");
  }

  @Test
  void circlesOfCausesEndAndLongChainsAreCut() {
    CellError circle =
        driver.error(
            """
            var one = new RuntimeException("one");
            var two = new RuntimeException("two", one);
            one.initCause(two);
            throw one;
            """);
    assertThat(String.join("\n", circle.plainTraceback()))
        .contains("Caused by: RuntimeException: two", "Caused by: RuntimeException (shown above)");
    CellError chain =
        driver.error(
            """
            Exception last = new Exception("0");
            for (int i = 1; i < 20_000; i++) last = new Exception("" + i, last);
            throw last;
            """);
    assertThat(chain.message()).isEqualTo("19999");
    assertThat(chain.plainTraceback()).hasSizeLessThan(60).last().isEqualTo("... and more causes");
  }
}
