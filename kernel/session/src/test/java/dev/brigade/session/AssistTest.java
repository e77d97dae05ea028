package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.Completeness.Status;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AssistTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.session().awaitReady();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static List<String> candidates(String code) {
    return driver.session().complete(code, code.length()).candidates().stream()
        .map(Completions.Candidate::text)
        .toList();
  }

  private static Status status(String code) {
    return driver.session().isComplete(code).status();
  }

  @Test
  void membersAreCompletedWithTheirSignatures() {
    Completions found = driver.session().complete("\"abc\".substr", 12);
    assertThat(found.start()).isEqualTo(6);
    assertThat(found.end()).isEqualTo(12);
    assertThat(found.candidates())
        .anySatisfy(
            candidate -> {
              assertThat(candidate.text()).isEqualTo("substring(");
              assertThat(candidate.type()).isEqualTo("method");
              assertThat(candidate.signature()).contains("int beginIndex");
            });
  }

  @Test
  void theFacadeAndTheLiveObjectsAreCompleted() {
    assertThat(candidates("createT")).contains("createTask(");
    assertThat(candidates("threadPo")).contains("threadPool");
  }

  @Test
  void theLastSnippetOfSeveralIsCompleted() {
    assertThat(candidates("int a = 1;\nString s = \"x\";\n\"abc\".toUpp"))
        .anyMatch(text -> text.startsWith("toUpperCase"));
  }

  @Test
  void whatFitsTheTypeComesFirst() {
    driver.ok("int someNumber = 1; String someText = \"\";");
    assertThat(candidates("int x = some").getFirst()).isEqualTo("someNumber");
    assertThat(candidates("String x = some").getFirst()).isEqualTo("someText");
  }

  @Test
  void magicsAreCompleted() {
    assertThat(candidates("%pre")).containsExactly("%preload");
    assertThat(candidates("int x = 1;\n%%tr")).containsExactly("%%trace");
  }

  @Test
  void brigadesOwnPartsAreNotOffered() {
    assertThat(candidates("Wov")).doesNotContain("Woven");
    assertThat(candidates("dev.brigade.session.").stream().filter(c -> c.contains("engine")))
        .isEmpty();
  }

  @Test
  void theListIsCapped() {
    assertThat(candidates("")).hasSize(200);
  }

  @Test
  void completionAnswersWhileACellRuns() {
    Execution cell = driver.start("IO.println(\"begun\"); while (true) {}");
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    assertThat(candidates("\"abc\".len")).contains("length()");
    assertThat(driver.session().inspect("String", 6, 0)).isPresent();
    assertThat(status("1 +")).isEqualTo(Status.INCOMPLETE);
    driver.session().interrupt();
    driver.await(cell);
  }

  @Test
  void inspectionGivesSignatureAndText() {
    MimeBundle found = driver.session().inspect("Math.max(1, 2)", 7, 0).orElseThrow();
    assertThat(found.plain()).contains("max(int a, int b)");
    assertThat(found.data()).containsKey("text/markdown");
    assertThat(driver.session().inspect("gather", 6, 0)).isPresent();
    assertThat(driver.session().inspect("   ", 1, 0)).isEmpty();
    assertThat(driver.session().inspect("%tasks", 3, 0).orElseThrow().plain()).contains("running");
  }

  @Test
  void completeInputIsTold() {
    assertThat(status("1+1")).isEqualTo(Status.COMPLETE);
    assertThat(status("int x = 1;")).isEqualTo(Status.COMPLETE);
    assertThat(status("")).isEqualTo(Status.COMPLETE);
    assertThat(status("%tasks")).isEqualTo(Status.COMPLETE);
    assertThat(status("if (true) { IO.println(); }")).isEqualTo(Status.COMPLETE);
  }

  @Test
  void incompleteInputAsksForMoreWithAnIndent() {
    assertThat(driver.session().isComplete("for (int i = 0; i < 3; i++) {"))
        .isEqualTo(new Completeness(Status.INCOMPLETE, "    "));
    assertThat(driver.session().isComplete("void f() {\n    int x = 1;"))
        .isEqualTo(new Completeness(Status.INCOMPLETE, "    "));
    assertThat(status("var x = List.of(1,")).isEqualTo(Status.INCOMPLETE);
    assertThat(status("String s = \"\"\"\n  text")).isEqualTo(Status.INCOMPLETE);
    assertThat(status("/* comment")).isEqualTo(Status.INCOMPLETE);
  }

  @Test
  void invalidInputIsTold() {
    assertThat(status("}")).isEqualTo(Status.INVALID);
    assertThat(status("int x = );")).isEqualTo(Status.INVALID);
    assertThat(status("int 3x = 1;")).isEqualTo(Status.INVALID);
  }

  @Test
  void membersOfLiveObjectsAndValuesAreCompletedBeforeTheyAreDeclared() {
    assertThat(candidates("await(threadLock.tryL")).contains("tryLock(");
    CellResult text = driver.ok("\"some text\"");
    assertThat(candidates("$" + text.cell().number() + ".substr")).contains("substring(");
    assertThat(driver.session().inspect("semaphore.acquire()", 17, 0).orElseThrow().plain())
        .contains("acquire");
  }
}
