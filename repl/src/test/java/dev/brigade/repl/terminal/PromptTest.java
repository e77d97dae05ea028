package dev.brigade.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.repl.FakeSession;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PromptTest {
  @TempDir Path data;

  @Test
  void showsValuesUnderTheCellsNumber() throws Exception {
    try (var terminal = driver(_ -> new Outcome.Value(MimeBundle.text("2"), "int"))) {
      terminal.waitFor("In [1]: ");
      terminal.type("1+1\r");
      terminal.waitFor("Out[1]: 2");
      terminal.waitFor("In [2]: ");
    }
  }

  @Test
  void opensANewLineUntilTheInputIsComplete() throws Exception {
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.type("{\r");
      terminal.waitFor("...: ");
      terminal.type("a();\r");
      terminal.type("}\r");
      terminal.waitFor("In [2]: ");
      assertThat(terminal.session.requests.getFirst().code()).isEqualTo("{\n  a();\n}");
    }
  }

  @Test
  void endsACellMagicAtABlankLine() throws Exception {
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.type("%%trace {\r\r");
      terminal.waitFor("...: ");
      terminal.type("a()\r\r");
      terminal.waitFor("In [2]: ");
      assertThat(terminal.session.requests.getFirst().code()).contains("%%trace {", "a()");
    }
  }

  @Test
  void showsErrorsWithoutColorsWhereThereAreNone() throws Exception {
    try (var terminal = driver(_ -> FakeSession.failed("ArithmeticException", "/ by zero"))) {
      terminal.waitFor("In [1]: ");
      terminal.type("1/0\r");
      terminal.waitFor("\nArithmeticException: / by zero\n");
    }
  }

  @Test
  void printsBackgroundOutputAboveTheLineBeingTyped() throws Exception {
    var later = new CountDownLatch(1);
    try (var terminal =
        driver(
            cell -> {
              Thread.ofVirtual()
                  .start(
                      () -> {
                        awaitQuietly(later);
                        cell.print("tick\n");
                      });
              return new Outcome.Done();
            })) {
      terminal.waitFor("In [1]: ");
      terminal.type("start()\r");
      terminal.waitFor("In [2]: ");
      terminal.type("half");
      terminal.waitFor("half");
      later.countDown();
      terminal.waitFor("tick\n");
      terminal.waitFor("In [2]: half");
    }
  }

  @Test
  void showsHalfALineThatDoesNotEnd() throws Exception {
    var later = new CountDownLatch(1);
    try (var terminal =
        driver(
            cell -> {
              Thread.ofVirtual()
                  .start(
                      () -> {
                        awaitQuietly(later);
                        cell.print("no end");
                      });
              return new Outcome.Done();
            })) {
      terminal.waitFor("In [1]: ");
      terminal.type("start()\r");
      terminal.waitFor("In [2]: ");
      later.countDown();
      terminal.waitFor("no end");
    }
  }

  @Test
  void startsThePromptOnALineOfItsOwn() throws Exception {
    try (var terminal =
        driver(
            cell -> {
              cell.print("no newline");
              return new Outcome.Done();
            })) {
      terminal.waitFor("In [1]: ");
      terminal.type("print()\r");
      terminal.waitFor("no newline\nIn [2]: ");
    }
  }

  @Test
  void saysWhatCtrlCWasAimedAt() throws Exception {
    var running = new CountDownLatch(1);
    var stop = new CountDownLatch(1);
    try (var terminal =
        driver(
            _ -> {
              running.countDown();
              awaitQuietly(stop);
              return FakeSession.failed("Interrupted", "In [1] was stopped");
            })) {
      terminal.waitFor("In [1]: ");
      terminal.type("forever()\r");
      awaitQuietly(running);
      terminal.pressCtrlC();
      terminal.waitFor("Interrupted In [1].");
      stop.countDown();
      terminal.waitFor("Interrupted: In [1] was stopped");
      terminal.waitFor("In [2]: ");
    }
  }

  @Test
  void clearsTheLineOnCtrlC() throws Exception {
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.type("nonsense(");
      terminal.waitFor("nonsense(");
      terminal.pressCtrlC();
      terminal.waitFor("In [1]: ");
      terminal.type("ok()\r");
      terminal.waitFor("In [2]: ");
      assertThat(terminal.session.requests).extracting("code").containsExactly("ok()");
      assertThat(terminal.session.presses).hasValue(0);
    }
  }

  @Test
  void aimsCtrlCOnAnEmptyLineAtWhatHoldsTheLoop() throws Exception {
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.pressCtrlC();
      terminal.waitFor("In [1]: ");
      assertThat(terminal.session.presses).hasValue(1);
    }
  }

  @Test
  void readsALineForTheRunningCell() throws Exception {
    try (var terminal =
        driver(
            cell -> {
              cell.print("hello " + cell.readLine("name? ") + "\n");
              return new Outcome.Done();
            })) {
      terminal.waitFor("In [1]: ");
      terminal.type("ask()\r");
      terminal.waitFor("name? ");
      terminal.type("Ada\r");
      terminal.waitFor("hello Ada");
      terminal.waitFor("In [2]: ");
    }
  }

  @Test
  void refusesToReadOnceTheCellHasEnded() throws Exception {
    var later = new CountDownLatch(1);
    try (var terminal =
        driver(
            cell -> {
              Thread.ofVirtual()
                  .start(
                      () -> {
                        awaitQuietly(later);
                        try {
                          cell.print("got " + cell.readLine("? "));
                        } catch (IOException | InterruptedException refused) {
                          cell.print(refused.getMessage() + "\n");
                        }
                      });
              return new Outcome.Done();
            })) {
      terminal.waitFor("In [1]: ");
      terminal.type("ask()\r");
      terminal.waitFor("In [2]: ");
      later.countDown();
      terminal.waitFor("the cell has ended and the keys belong to the prompt");
    }
  }

  @Test
  void completesTheNameAtTheCursor() throws Exception {
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.type("await(gat\t");
      terminal.waitFor("await(gather");
      terminal.type("())\r");
      terminal.waitFor("In [2]: ");
      terminal.type("/pre\t\r");
      terminal.waitFor("In [3]: ");
      assertThat(terminal.session.requests)
          .extracting("code")
          .containsExactly("await(gather())", "%preload");
    }
  }

  @Test
  void answersQuestionsWithoutRunningACell() throws Exception {
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.type("gather??\r");
      terminal.waitFor("gather, level 1");
      terminal.type("nobody?\r");
      terminal.waitFor("Nothing is known of `nobody`");
      terminal.waitFor("In [1]: ");
      assertThat(terminal.session.requests).isEmpty();
    }
  }

  @Test
  void leavesOnCtrlDAndOnExit() throws Exception {
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.type("\u0004");
      terminal.waitUntilLeft();
    }
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.type("/exit\r");
      terminal.waitUntilLeft();
    }
  }

  @Test
  void keepsTheHistoryForItsOwnerOnly() throws Exception {
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.type("remember(1)\r");
      terminal.waitFor("In [2]: ");
    }
    Path file = data.resolve("brigade/terminal-history");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var terminal = driver(_ -> new Outcome.Done())) {
      terminal.waitFor("In [1]: ");
      terminal.type("\u001b[A");
      terminal.waitFor("remember(1)");
    }
  }

  private TerminalDriver driver(FakeSession.Script script) throws IOException {
    return new TerminalDriver(data.resolve("brigade"), script);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
