package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionMagicsTest {
  @TempDir Path directory;
  private SessionDriver driver;

  @BeforeEach
  void open() throws IOException {
    directory = directory.toRealPath();
    driver = new SessionDriver();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private String printed(String code) {
    return driver.printed(driver.ok(code));
  }

  @Test
  void historyShowsInputsWithNumbersAndFindsThem() {
    driver.ok("int a = 1;\nint b = 2;");
    driver.value("a + b");
    driver.ok("String soup = \"hot\";");
    assertThat(printed("%history"))
        .isEqualTo(
            "   1  int a = 1;\n      int b = 2;\n   2  a + b\n   3  String soup = \"hot\";\n");
    assertThat(printed("%history -n 2")).startsWith("   3  String").contains("   4  %history");
    assertThat(printed("%history -o 2")).isEqualTo("   2  a + b\n   => 3\n");
    assertThat(printed("%history -g soup = ?hot")).isEqualTo(" 1/3  String soup = \"hot\";\n");
    assertThat(printed("%history 40")).isEqualTo("no such input\n");
    assertThat(driver.error("%history -n none").message()).contains("right: %history -n 5");
  }

  @Test
  void variablesAreListedByNameAndAsATable() {
    assertThat(printed("%who")).isEqualTo("no variables yet\n");
    driver.ok("int few = 3; String dish = \"soup\";");
    assertThat(printed("%who")).isEqualTo("dish  few\n");
    assertThat(printed("%whos"))
        .isEqualTo("NAME  TYPE    VALUE\nfew   int     3\ndish  String  \"soup\"\n");
  }

  @Test
  void resetDropsWhatIsTheUsersAndThePreloadComesBack() {
    driver.ok("import java.util.*;\nint kept = 1; int twice(int n) { return 2 * n; }");
    driver.ok("record Dish(String name) {}\nint semaphore = 5; threadLock.lock();");
    driver.value("kept + 41");
    assertThat(driver.value("$3")).isEqualTo("42");
    assertThat(printed("%reset")).startsWith("dropped 5 declarations");
    assertThat(driver.error("kept").name()).isEqualTo("CompileError");
    assertThat(driver.error("twice(1)").name()).isEqualTo("CompileError");
    assertThat(driver.error("new Dish(\"a\")").name()).isEqualTo("CompileError");
    assertThat(driver.error("$3").name()).isEqualTo("CompileError");
    assertThat(driver.value("List.of(1)")).isEqualTo("[1]");
    assertThat(driver.value("semaphore instanceof AsyncSemaphore")).isEqualTo("true");
    assertThat(driver.value("threadLock.isLocked()")).isEqualTo("true");
    assertThat(printed("%list")).doesNotContain("Dish", "twice");
    driver.ok("String kept = \"another\";");
    assertThat(driver.value("kept")).isEqualTo("\"another\"");
  }

  @Test
  void whatResetDropsIsNotHeld() {
    driver.ok("var weak = new java.lang.ref.WeakReference<>(new byte[10]);");
    driver.ok("byte[] strong = new byte[1000];");
    driver.ok("class Held { static java.lang.ref.WeakReference<byte[]> seen; }");
    assertThat(driver.value("strong.length")).isEqualTo("1000");
    assertThat(printed("%reset -f")).startsWith("dropped 3");
    assertThat(driver.error("%reset now").message()).contains("got `now`");
  }

  @Test
  void resetAsksWhereTheFrontEndCan() {
    driver.ok("int kept = 1;");
    Execution refused = driver.start("%reset", (prompt, _) -> "n");
    assertThat(driver.printed(driver.await(refused))).isEqualTo("nothing was dropped\n");
    assertThat(driver.value("kept")).isEqualTo("1");
    Execution meant = driver.start("%reset", (prompt, _) -> "Yes");
    assertThat(driver.printed(driver.await(meant))).startsWith("dropped 1 declaration.");
  }

  @Test
  void tasksGoOnWhileResetAsks() throws Exception {
    var answered = new CountDownLatch(1);
    driver.ok("createTask(async(() -> { await(sleep(0.01)); IO.println(\"turned\"); }));");
    Execution asked =
        driver.start(
            "%reset",
            (prompt, _) -> {
              answered.await();
              return "n";
            });
    driver.awaitThat(
        () -> driver.emissions().stream().anyMatch(each -> each.toString().contains("turned")));
    answered.countDown();
    driver.await(asked);
  }

  @Test
  void settingsAreListedShownAndChanged() {
    assertThat(printed("%config"))
        .contains("SETTING", "trace ", "off summary on", "blocking", "strict loom", "python");
    assertThat(printed("%config trace=summary")).isEqualTo("trace=summary\n");
    assertThat(printed("%trace")).isEqualTo("trace is summary\n");
    assertThat(printed("%config trace off")).isEqualTo("trace=off\n");
    assertThat(printed("%config blocking = loom")).isEqualTo("blocking=loom\n");
    assertThat(printed("blocking(Blocking.STRICT);\n%config blocking"))
        .isEqualTo("blocking=strict\n");
    printed("%config python=/no/python");
    assertThat(driver.error("%%python\n1").message()).contains("/no/python");
    assertThat(driver.error("%config speed=9").message()).contains("trace, blocking, python");
    assertThat(driver.error("%config trace=loud").message()).contains("off, summary, on");
    String typed = "%config tr";
    assertThat(driver.session().complete(typed, typed.length()).candidates())
        .extracting(Completions.Candidate::text)
        .contains("trace=summary");
  }

  @Test
  void aLogIsAScriptWithWhatCellsGave() throws IOException {
    driver.ok("%cd " + directory);
    printed("%logstart log.jsh");
    driver.ok("IO.print(\"no \");\nIO.println(\"end\\nnext\");\nSystem.err.println(\"err\");");
    driver.value("40 + 2");
    driver.error("int z = 1 / 0;");
    assertThat(printed("%logstop")).isEqualTo("wrote " + directory.resolve("log.jsh") + "\n");
    driver.ok("int later = 1;");
    assertThat(Files.readString(directory.resolve("log.jsh")))
        .contains(
            "// In [3]\nIO.print(\"no \");\n",
            "//> no end\n//> next\n//! err\n",
            "40 + 2\n//= 42\n",
            "//! ArithmeticException: / by zero\n")
        .doesNotContain("later");
    assertThat(driver.error("%logstart log.jsh").message()).contains("%logstart -a");
    driver.ok("%logstart -a log.jsh");
    assertThat(printed("%logstop")).startsWith("wrote");
    assertThat(printed("%logstop")).contains("there is no log");
  }

  @Test
  void memoryIsATableAndIsAnsweredWhileACellRuns() {
    assertThat(printed("%memory")).contains("heap", "metaspace", "this process", " MB");
    assertThat(driver.session().observes(CellRequest.of("%memory"))).isTrue();
  }

  @Test
  void everyMagicHasALine() {
    String listed = printed("%lsmagic");
    for (String name :
        "bash cd classpath config env history load logstart logstop maven memory pwd python reset run save who whos writefile"
            .split(" ")) {
      assertThat(listed).containsPattern("(?m)^" + name + " +%{1,2}" + name);
    }
    assertThat(listed.lines()).allMatch(line -> line.matches("\\w+ +%.*"));
  }
}
