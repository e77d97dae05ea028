package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMagicsTest {
  @TempDir Path directory;
  private SessionDriver driver;

  @BeforeEach
  void open() throws IOException {
    directory = directory.toRealPath();
    driver = new SessionDriver();
    driver.ok("%cd " + directory);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static String notebook(String... cells) {
    var text = new StringBuilder();
    for (String cell : cells) {
      text.append(text.isEmpty() ? "" : ",\n")
          .append("{\"cell_type\": \"code\", \"metadata\": {}, \"outputs\": [], \"source\": \"")
          .append(cell.replace("\"", "\\\"").replace("\n", "\\n"))
          .append("\"}");
    }
    return "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [" + text + "]}";
  }

  @Test
  void loadPutsAFileIntoTheNextInput() throws IOException {
    write("a.jsh", "int a = 1;\n/vars\n");
    write("b.txt", "text\n");
    write("c.ipynb", notebook("int c = 1;", "%%virtual\nint d = 2;", "c + d"));
    assertThat(driver.ok("%load a.jsh").nextInput()).isEqualTo("int a = 1;\n%vars");
    assertThat(driver.ok("%load b.txt").nextInput()).isEqualTo("text");
    assertThat(driver.error("%load c.ipynb").message()).contains("%load c.ipynb 2");
    assertThat(driver.ok("%load c.ipynb 1 3").nextInput()).isEqualTo("int c = 1;\n\nc + d");
    assertThat(driver.ok("%load c.ipynb 2").nextInput()).isEqualTo("%%virtual\nint d = 2;");
    assertThat(driver.error("%load c.ipynb 7").message()).contains("code cells are 1, 2, 3");
    assertThat(driver.error("%load none.jsh").message()).contains("there is no file", "%pwd");
    assertThat(driver.error("%load").message()).contains("%load demo.jsh");
  }

  @Test
  void runRunsAFilesCellsHereAndErrorsNameItsLines() throws IOException {
    write("a.jsh", "int fromScript = 20;\nIO.println(\"run\");\nfromScript + 1\n");
    write("bad.jsh", "int ok = 1;\nint worse = ok / 0;\n");
    CellResult result = driver.ok("%run a.jsh");
    assertThat(driver.printed(result)).isEqualTo("run\n");
    assertThat(result.outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(driver.value("fromScript")).isEqualTo("20");
    assertThat(driver.printed(driver.ok("%vars"))).contains("int fromScript = 20");
    CellError error = driver.error("%run bad.jsh");
    assertThat(error.name()).isEqualTo("ArithmeticException");
    assertThat(String.join("\n", error.plainTraceback()))
        .contains(", bad.jsh line 2", "2 | int worse = ok / 0;");
    assertThat(driver.error("%run a.txt").message()).contains("must end in .ipynb, .jsh or .java");
  }

  @Test
  void runRunsNotebooksAndPrograms() throws IOException {
    write("n.ipynb", notebook("int n = 1;", "%%virtual\nawait(sleep(60));\nIO.println(n);"));
    write(
        "P.java",
        "void main(String[] words) { IO.println(String.join(\"-\", words) + List.of(1)); }");
    assertThat(driver.printed(driver.ok("%run n.ipynb"))).isEqualTo("1\n");
    assertThat(driver.printed(driver.ok("%run P.java a 'b c'"))).isEqualTo("a-b c[1]\n");
  }

  @Test
  void aCellThatIsMarkedToFailDoesNotEndTheRun() throws IOException {
    Path file = write("f.ipynb", notebook("1 / 0", "IO.println(\"after\");"));
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(
                "\"metadata\": \\{}, \"outputs\"",
                "\"metadata\": {\"tags\": [\"raises-exception\"]}, \"outputs\""));
    assertThat(driver.printed(driver.ok("%run f.ipynb")))
        .isEqualTo(
            "f.ipynb cell 1 failed, as it is marked to: ArithmeticException: / by zero\nafter\n");
  }

  @Test
  void savedCellsRunAgainInEveryForm() throws IOException {
    driver.ok("int twice(int n) { return 2 * n; }\nrecord Dish(String name) {}");
    driver.ok("var dish = new Dish(\"soup\" + twice(21)); int[] few = {1, 2};");
    driver.ok("await(sleep(0));\nIO.println(dish + \" \" + few.length);");
    driver.ok("%%virtual\nIO.println(\"virtual\");");
    assertThat(driver.printed(driver.ok("%save a.ipynb 2-5"))).startsWith("saved 4 cells to ");
    assertThat(driver.printed(driver.ok("%save a.jsh 2-5")))
        .contains("saved 3 cells", "left out", "In [5]", ".ipynb keeps them");
    driver.ok("%save A.java 2-4");
    String dish = "Dish[name=soup42] 2\n";
    try (var other = new SessionDriver()) {
      other.ok("%cd " + directory);
      assertThat(other.printed(other.ok("%run a.ipynb"))).isEqualTo(dish + "virtual\n");
    }
    try (var other = new SessionDriver()) {
      other.ok("%cd " + directory);
      assertThat(other.printed(other.ok("%run a.jsh"))).isEqualTo(dish);
    }
    try (var other = new SessionDriver()) {
      other.ok("%cd " + directory);
      assertThat(other.printed(other.ok("%run A.java"))).isEqualTo(dish);
    }
    assertThat(directory.resolve("A.java")).content().contains("static Dish dish;", "main()");
  }

  @Test
  void saveSaysWhatItCannotDo() {
    assertThat(driver.error("%save x.jsh 40").message()).contains("has cells 1 to 1");
    assertThat(driver.error("%save x.txt").message()).contains(".ipynb, .jsh and .java");
    assertThat(driver.error("%save x.jsh one").message()).contains("got `one`");
    assertThat(driver.error("%save no/x.jsh").message()).contains("cannot be written");
  }

  @Test
  void writefileWritesAndAppends() {
    assertThat(driver.printed(driver.ok("%%writefile a.txt\none\n%vars\n")))
        .isEqualTo("wrote " + directory.resolve("a.txt") + "\n");
    assertThat(driver.printed(driver.ok("%%writefile -a a.txt\ntwo"))).startsWith("appended");
    assertThat(directory.resolve("a.txt")).hasContent("one\n%vars\ntwo\n");
    assertThat(driver.printed(driver.ok("%%writefile a.txt\nnew"))).startsWith("overwrote");
    assertThat(directory.resolve("a.txt")).hasContent("new\n");
    assertThat(driver.error("%writefile a.txt").message()).contains("right: %%writefile");
    assertThat(driver.error("%%writefile no/a.txt\nx").message()).contains("no directory");
  }

  @Test
  void filesAreCompleted() throws IOException {
    write("demo.jsh", "");
    write("demo.txt", "");
    String load = "%load de";
    assertThat(driver.session().complete(load, load.length()).candidates())
        .extracting(Completions.Candidate::text)
        .containsExactly("demo.jsh", "demo.txt");
    String run = "%run de";
    assertThat(driver.session().complete(run, run.length()).candidates())
        .extracting(Completions.Candidate::text)
        .containsExactly("demo.jsh");
  }
}
