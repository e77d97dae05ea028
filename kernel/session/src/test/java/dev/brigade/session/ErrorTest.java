package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ErrorTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static String trace(CellError error) {
    return String.join("\n", error.plainTraceback());
  }

  @Test
  void anExceptionKeepsItsClassAndShowsTheUsersLines() {
    CellResult declared = driver.ok("int divide(int n) {\n  return 10 / n;\n}");
    CellResult result = driver.run("int one = divide(1);\n\ndivide(0)");
    CellError error = SessionDriver.error(result);
    assertThat(error.name()).isEqualTo("ArithmeticException");
    assertThat(error.message()).isEqualTo("/ by zero");
    assertThat(error.plainTraceback())
        .containsExactly(
            "ArithmeticException: / by zero",
            "  " + declared.cell().label() + " line 2, in divide",
            "  -->   2 |   return 10 / n;",
            "  " + result.cell().label() + " line 3",
            "  -->   3 | divide(0)");
  }

  @Test
  void overloadsOfSeveralCellsKeepTheirOwnLines() {
    CellResult first = driver.ok("int over(int a) {\n  return 1 / a;\n}");
    CellResult second = driver.ok("\nint over(String s) { return over(s.length()); }");
    assertThat(trace(driver.error("over(\"\")")))
        .contains(
            first.cell().label() + " line 2, in over", second.cell().label() + " line 2, in over");
  }

  @Test
  void causesAndSuppressedAreShown() {
    CellError error =
        driver.error(
            """
            var outer = new RuntimeException("outer", new IllegalStateException("inner"));
            outer.addSuppressed(new java.io.IOException("beside"));
            throw outer;
            """);
    assertThat(trace(error))
        .contains(
            "RuntimeException: outer",
            "Caused by: IllegalStateException: inner",
            "Suppressed: IOException: beside");
  }

  @Test
  void anEndlessRecursionIsShort() {
    CellError error = driver.error("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)");
    assertThat(error.name()).isEqualTo("StackOverflowError");
    assertThat(error.traceback()).hasSizeLessThan(20);
  }

  @Test
  void aCheckedExceptionOfACoroutineArrivesUnwrapped() {
    assertThat(driver.error("await(async(() -> { throw new IOException(\"disk\"); }))").name())
        .isEqualTo("IOException");
    assertThat(
            driver.value(
                """
                String caught = "";
                try {
                  await(async(() -> { if (true) throw new IOException("disk"); }), IOException.class);
                } catch (IOException e) {
                  caught = e.getMessage();
                }
                caught
                """))
        .isEqualTo("\"disk\"");
  }

  @Test
  void aCompileErrorPointsAtItsPlace() {
    CellResult result = driver.run("int good = 1;\nint bad = \"a\";");
    CellError error = SessionDriver.error(result);
    assertThat(error.name()).isEqualTo("CompileError");
    assertThat(error.plainTraceback())
        .containsExactly(
            "CompileError: incompatible types: String cannot be converted to int",
            "  " + result.cell().label() + " line 2",
            "  -->   2 | int bad = \"a\";",
            "                      ^^^",
            "  hint: a text becomes a number with Integer.parseInt(\"a\")");
  }

  @Test
  void theSecondSnippetOfALineIsMarkedAtItsColumn() {
    CellError error = driver.error("int ok1 = 1; int bad1 = nope;");
    assertThat(error.message()).isEqualTo("cannot find variable nope");
    assertThat(error.plainTraceback().getLast().indexOf('^') - "  -->   1 | ".length())
        .isEqualTo("int ok1 = 1; int bad1 = ".length());
  }

  @Test
  void nothingOfACellRunsThatDoesNotParse() {
    CellResult result = driver.run("IO.println(\"ran\");\nint x = ;");
    assertThat(SessionDriver.error(result).message()).contains("illegal start of expression");
    assertThat(driver.printed(result)).isEmpty();
  }

  @Test
  void anUnfinishedCellSaysSo() {
    assertThat(driver.error("for (int i = 0; i < 3; i++) {").message())
        .contains("reached end of file");
    assertThat(driver.error("}").name()).isEqualTo("CompileError");
  }

  @Test
  void aNameHiddenByTheLearnersOwnIsExplained() {
    CellResult own = driver.ok("void sleep(String text, int a) {}");
    assertThat(trace(driver.error("await(sleep(1))")))
        .contains("`sleep` here is yours (" + own.cell().label() + "); Brigade's is `Async.sleep`");
    driver.ok("await(Async.sleep(0))");
    driver.ok("Coroutine<Void> sleep(int n) { return async(() -> {}); }");
    assertThat(trace(driver.error("await(sleep(0.5))")))
        .contains("possible lossy conversion", "`sleep` here is yours (In [");
  }

  @Test
  void theMessageOfANullPointerNamesTheVariableAsItWasWritten() {
    assertThat(driver.error("String nobody = null;\nnobody.length()").message())
        .isEqualTo("Cannot invoke \"String.length()\" because \"nobody\" is null");
  }

  @Test
  void catchingACheckedExceptionByNameIsExplained() {
    assertThat(trace(driver.error("try { await(async(() -> 1)); } catch (IOException e) { }")))
        .contains("await(x, IOException.class)");
  }

  @Test
  void aMethodThatNamesNothingKnownIsAnErrorAtOnce() {
    CellError error = driver.error("int uses() { return missing(1); }");
    assertThat(error.message()).isEqualTo("cannot find method missing(int)");
    driver.ok("int missing(int n) { return n; }");
    assertThat(driver.value("uses()")).isEqualTo("1");
  }

  @Test
  void forwardReferencesWithinACellAreFine() {
    assertThat(
            driver.value(
                """
                class Node { Leaf leaf = new Leaf(); }
                class Leaf { int n = ping(2); }
                int ping(int n) { return n == 0 ? 0 : pong(n - 1); }
                int pong(int n) { return ping(n); }
                new Node().leaf.n
                """))
        .isEqualTo("0");
  }

  @Test
  void coloursAreLeftOutWhenNotWanted() {
    assertThat(String.join("", driver.error("int bad = \"a\";").traceback()))
        .doesNotContain("\u001b");
  }

  @Test
  void anErrorOfATaskNamesTheLineThatAwaitedIt() {
    CellResult declared =
        driver.ok(
            "Coroutine<Void> breaks() {\n"
                + "  return async(() -> { throw new IOException(\"x\"); });\n"
                + "}");
    CellResult result = driver.run("int before = 1;\nawait(createTask(breaks()));");
    assertThat(SessionDriver.error(result).plainTraceback())
        .contains(
            "  " + declared.cell().label() + " line 2, in breaks",
            "  " + result.cell().label() + " line 2, awaited here");
  }

  @Test
  void anErrorOfATaskNamesWhereTheTasksItWentThroughWereCreatedAndAwaited() {
    CellResult result =
        driver.run(
            """
            Coroutine<Integer> fetch(int n) { return async(() -> { await(sleep(0)); return 1 / n; }); }
            Coroutine<Integer> both() {
              return async(() -> {
                var inner = createTask(fetch(0), "fetch-1");
                return await(inner);
              });
            }
            var outer = createTask(both(), "both-1");
            await(sleep(0));
            await(outer)
            """);
    String cell = "  " + result.cell().label();
    assertThat(SessionDriver.error(result).plainTraceback())
        .containsSubsequence(
            cell + " line 1, in fetch",
            cell + " line 4, fetch-1 was created here",
            "  -->   4 |     var inner = createTask(fetch(0), \"fetch-1\");",
            cell + " line 5, awaited here in both-1",
            cell + " line 8, both-1 was created here",
            cell + " line 10, awaited here");
  }

  @Test
  void anErrorOfAWholeProgramNamesTheLinesOfItsTasksOnWhicheverLoopItRuns() {
    CellResult result =
        driver.ok(
            """
            Coroutine<Integer> part() { return async(() -> 1 / Integer.parseInt("0")); }
            Coroutine<Integer> program() {
              return async(() -> {
                var inner = createTask(part(), "part-1");
                return await(inner);
              });
            }
            """);
    String declared = "  " + result.cell().label();
    for (String code :
        List.of(
            "\nrun(program())",
            "\nrun(program(), EventLoop::create)",
            "\nrun(program(), EventLoop::virtualTime)",
            "%%virtual\nrun(program())")) {
      CellResult failed = driver.run(code);
      List<String> lines = SessionDriver.error(failed).plainTraceback();
      assertThat(lines)
          .as(code)
          .containsSubsequence(
              declared + " line 1, in part",
              declared + " line 4, part-1 was created here",
              "  " + failed.cell().label() + " line 2, awaited here");
      assertThat(lines)
          .as(code)
          .anyMatch(line -> line.startsWith(declared + " line 5, awaited here in Task-"));
    }
  }

  @Test
  void aTaskThatIsCreatedWhereItIsAwaitedNamesTheLineOnce() {
    driver.ok(
        "Coroutine<Integer> zerothPart() { return async(() -> 1 / Integer.parseInt(\"0\")); }");
    assertThat(trace(driver.error("await(createTask(zerothPart()))")))
        .contains("awaited here")
        .doesNotContain("created here");
  }

  @Test
  void aForgottenAwaitIsExplained() {
    driver.ok("Coroutine<Integer> number() { return async(() -> 1); }");
    assertThat(trace(driver.error("int n = number();"))).contains("write await(...) around it");
    assertThat(trace(driver.error("number() + 1"))).contains("write await(...) around it");
  }

  @Test
  void aChangingVariableInALambdaIsExplained() {
    assertThat(
            trace(
                driver.error(
                    "for (int i = 0; i < 2; i++) createTask(async(() -> IO.println(i)));")))
        .contains("copy it first");
  }

  @Test
  void aMisspelledNameIsCorrected() {
    driver.ok("int fetchNumber() { return 1; }");
    assertThat(trace(driver.error("fetchNumbr()"))).contains("did you mean `fetchNumber`?");
    assertThat(trace(driver.error("int f9() { return gathr(1); }")))
        .contains("did you mean `gather`?");
  }

  @Test
  void awaitingAPlainValueIsExplainedShortly() {
    CellError error = driver.error("await(42)");
    assertThat(trace(error)).contains("plain value already");
    assertThat(error.traceback()).hasSizeLessThan(8);
  }
}
