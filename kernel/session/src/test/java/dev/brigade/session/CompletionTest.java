package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.Completions.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.ok(
        """
        int someCount = 1; String someText = "";
        Coroutine<Integer> work(int size) { return async(() -> size); }
        record Point(int across, int down) {}
        enum Color { RED, GREEN }
        interface Shape { double area(double scale); }
        """);
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static Completions at(String code) {
    return driver.session().complete(code, code.length());
  }

  private static List<String> texts(String code) {
    return at(code).candidates().stream().map(Candidate::text).toList();
  }

  private static Candidate candidate(String code, String text) {
    return at(code).candidates().stream()
        .filter(each -> each.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError(text + " is not among " + texts(code)));
  }

  @Test
  void packagesAreThoseAProgramMayImport() {
    assertThat(texts("import java.util.conc")).contains("concurrent.");
    assertThat(texts("import java.")).contains("util.", "net.", "sql.");
    assertThat(texts("org.w3")).contains("w3c.");
    assertThat(texts("import jdk.")).contains("jfr.").doesNotContain("internal.");
  }

  @Test
  void everyCandidateSaysWhatItIsAndItsTypes() {
    assertThat(candidate("\"a\".substr", "substring("))
        .isEqualTo(
            new Candidate("substring(", "method", "String substring(int beginIndex) (+1 more)"));
    assertThat(candidate("List<String> l = null;\nl.addF", "addFirst(").signature())
        .isEqualTo("void addFirst(String e)");
    assertThat(candidate("someC", "someCount"))
        .isEqualTo(new Candidate("someCount", "variable", "int someCount"));
    assertThat(candidate("wor", "work(").signature())
        .isEqualTo("Coroutine<Integer> work(int size)");
    assertThat(candidate("createTas", "createTask(").signature())
        .startsWith("Task<T> createTask(Coroutine<T> coroutine)");
    assertThat(candidate("threadPo", "threadPool").signature()).isEqualTo("ThreadPool threadPool");
    assertThat(candidate("Color.RE", "RED")).isEqualTo(new Candidate("RED", "field", "Color RED"));
    assertThat(candidate("new Poi", "Point(").signature()).isEqualTo("Point(int across, int down)");
  }

  @Test
  void typesPackagesKeywordsAndMagicsAreToldApart() {
    assertThat(candidate("Poin", "Point").type()).isEqualTo("record");
    assertThat(candidate("Colo", "Color").type()).isEqualTo("enum");
    assertThat(candidate("Shap", "Shape").type()).isEqualTo("interface");
    assertThat(candidate("ArrayLis", "ArrayList").type()).isEqualTo("class");
    assertThat(candidate("Overrid", "Override").type()).isEqualTo("annotation");
    assertThat(candidate("java.uti", "util.").type()).isEqualTo("package");
    assertThat(candidate("retu", "return").type()).isEqualTo("keyword");
    assertThat(candidate("%tas", "%tasks").type()).isEqualTo("magic");
  }

  @Test
  void whatFitsTheExpectedTypeComesFirst() {
    assertThat(texts("int n = some")).startsWith("someCount");
    assertThat(texts("String t = some")).startsWith("someText");
    assertThat(texts("work(some")).startsWith("someCount");
  }

  @Test
  void ownNamesComeBeforeOthersAndOwnMembersBeforeThoseOfEveryObject() {
    assertThat(texts("Po").getFirst()).isEqualTo("Point");
    List<String> members = texts("new Point(1, 2).");
    assertThat(members.subList(0, 2)).containsExactly("across()", "down()");
    assertThat(members.indexOf("hashCode()")).isGreaterThan(members.indexOf("down()"));
  }

  @Test
  void humpsAreCompletedAfterWhatBeginsAsTyped() {
    assertThat(texts("CDL")).containsExactly("CountDownLatch");
    driver.ok("int CDLast = 1;");
    assertThat(texts("CDL")).containsExactly("CDLast", "CountDownLatch");
  }

  @Test
  void namesDeclaredEarlierInTheCellAreOffered() {
    assertThat(
            candidate("record Leaf(int veins) {}\nLeaf l = new Leaf(3);\nl.ve", "veins()").type())
        .isEqualTo("method");
    assertThat(texts("int twice(int n) { return n; }\nint v = twi")).contains("twice(");
    assertThat(texts("record Pos(int left) {}\nint f(Pos p) { return p.le")).contains("left()");
    assertThat(texts("import java.util.zip.CRC32;\nvar c = new CRC32();\nc.getVal"))
        .contains("getValue()");
    assertThat(texts("var xs = List.of(\"a\");\nfor (var x : xs) {\n  x.toUp"))
        .contains("toUpperCase(");
  }

  @Test
  void nothingIsOfferedInsideStringsAndComments() {
    for (String code :
        List.of(
            "String s = \"some",
            "// some",
            "int a = 1; /* some",
            "char c = 's",
            "String s = \"\"\"\n  some",
            "%%bash\nfor some",
            "%tasks some")) {
      assertThat(texts(code)).as(code).isEmpty();
    }
    assertThat(texts("\"text\" + some")).contains("someText");
  }

  @Test
  void pathsAreCompletedInStringsThatArePaths(@TempDir Path directory) throws IOException {
    Files.createFile(directory.resolve("menu.txt"));
    String code = "Files.readString(Path.of(\"" + directory + "/me";
    Completions found = at(code);
    assertThat(found.candidates())
        .containsExactly(new Candidate("\"" + directory + "/menu.txt\"", "path", ""));
    assertThat(code.substring(found.start(), found.end())).isEqualTo("\"" + directory + "/me");
    assertThat(texts("IO.println(\"" + directory + "/me")).isEmpty();
  }

  @Test
  void javaIsCompletedInsideCellMagics() {
    assertThat(texts("%%trace\n\"a\".substr")).contains("substring(");
    assertThat(texts("%time \"a\".substr")).contains("substring(");
    Completions found = at("%%trace\n\"a\".substr");
    assertThat(found.start()).isEqualTo("%%trace\n\"a\".".length());
  }

  @Test
  void candidatesOfACellThatRunsAreTheSame() {
    Execution cell = driver.start("IO.println(\"begun\"); while (true) {}");
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    try {
      assertThat(texts("String t = some")).startsWith("someText");
      assertThat(candidate("\"a\".substr", "substring(").signature()).contains("int beginIndex");
    } finally {
      driver.session().interrupt();
      driver.await(cell);
    }
  }
}
