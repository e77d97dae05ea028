package dev.brigade.repl.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.Async;
import dev.brigade.repl.FakeSession;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import dev.brigade.session.source.Program;
import dev.brigade.session.source.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HeadlessRunTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> ran = new ArrayList<>();

  @Test
  void printsWhatCellsPrintAndNoValues() {
    int code =
        run(
            List.of(Step.of("cell 1", "a"), Step.of("cell 2", "b")),
            cell -> {
              cell.print("out " + cell.code() + "\n");
              cell.printError("err " + cell.code() + "\n");
              return new Outcome.Value(MimeBundle.text("42"), "int");
            });

    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("out a\nout b\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("err a\nerr b\n");
  }

  @Test
  void stopsAtTheFirstErrorAndNamesTheCell() {
    int code =
        run(
            List.of(Step.of("cell 1", "a"), Step.of("cell 4", "b"), Step.of("cell 5", "c")),
            cell ->
                cell.code().equals("b")
                    ? FakeSession.failed("ArithmeticException", "/ by zero")
                    : new Outcome.Done());

    assertThat(code).isEqualTo(1);
    assertThat(ran).containsExactly("a", "b");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "ArithmeticException: / by zero\n"
                + "brigade: cell 4 of demo.ipynb failed: ArithmeticException: / by zero\n");
  }

  @Test
  void goesOnAfterAnErrorTheAuthorExpects() {
    int code =
        run(
            List.of(new Step("cell 1", "a", false, true), Step.of("cell 2", "b")),
            _ -> FakeSession.failed("X", "y"));

    assertThat(code).isEqualTo(1);
    assertThat(ran).containsExactly("a", "b");
  }

  @Test
  void keepsNoticesOffStandardOutput() {
    run(
        List.of(Step.of("cell 1", "a")),
        cell -> {
          cell.display(MimeBundle.text("a table"));
          cell.display(notice("a stall"));
          return new Outcome.Done();
        });

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a table\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("a stall\n");
  }

  @Test
  void losesNoLineOfMany() {
    run(
        List.of(Step.of("cell 1", "a")),
        cell -> {
          IntStream.range(0, 10_000).forEach(i -> cell.print(i + "\n"));
          return new Outcome.Done();
        });

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(IntStream.range(0, 10_000).mapToObj(i -> "" + i).toList());
  }

  @Test
  void givesStandardInputToTheCells() {
    run(
        List.of(Step.of("cell 1", "a")),
        cell -> {
          cell.print("got " + cell.readLine("name? "));
          return new Outcome.Done();
        });

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("name? got typed");
  }

  @Test
  void namesAndCancelsWhatStillRunsAtTheEnd() {
    var cleaned = new CompletableFuture<Boolean>();
    run(
        new HeadlessRun.Choices(false, false, false, List.of()),
        List.of(Step.of("cell 1", "a")),
        (cell, session) -> {
          var started = new CountDownLatch(1);
          session
              .loop()
              .submitRoot(
                  cell.cell().origin(),
                  "ticker",
                  () -> {
                    started.countDown();
                    try {
                      return Async.await(session.loop().<String>createPromise());
                    } finally {
                      cleaned.complete(true);
                    }
                  });
          started.await();
          return new Outcome.Done();
        });

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("brigade: still running at the end, cancelled: ticker")
        .contains("of In [1]");
    assertThat(cleaned.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
  }

  @Test
  void waitsForWhatStillRunsWhenAskedToJoin() {
    run(
        new HeadlessRun.Choices(true, false, false, List.of()),
        List.of(Step.of("cell 1", "a")),
        (cell, session) -> {
          session
              .loop()
              .submitRoot(
                  cell.cell().origin(),
                  "ticker",
                  () -> {
                    Async.await(Async.sleep(0.05));
                    cell.print("late\n");
                    return 1;
                  });
          return new Outcome.Done();
        });

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("late\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void tellsOrderAndElapsedTimeWhenAskedToTrace() {
    run(
        new HeadlessRun.Choices(true, true, false, List.of()),
        List.of(Step.of("cell 1", "a")),
        (cell, session) -> {
          session
              .loop()
              .submitRoot(
                  cell.cell().origin(),
                  "cell",
                  () -> Async.await(Async.createTask(Async.sleep(0))));
          return new Outcome.Done();
        });

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("step")
        .containsSubsequence("creates Task-", "runs", "ends")
        .containsPattern("Elapsed: \\d+\\.\\d{3} s of loop time, 1 task\\.\\R");
  }

  private static MimeBundle notice(String text) {
    var bundle = MimeBundle.text(text);
    return new MimeBundle(bundle.data(), Map.of(MimeBundle.NOTICE, true));
  }

  /// A cell that also uses its session.
  private interface Script {
    Outcome run(FakeSession.Running cell, FakeSession session) throws Exception;
  }

  private int run(List<Step> steps, FakeSession.Script script) {
    var choices = new HeadlessRun.Choices(false, false, false, List.of());
    return run(choices, steps, (cell, _) -> script.run(cell));
  }

  private int run(HeadlessRun.Choices choices, List<Step> steps, Script script) {
    var print = new PrintStream(out, false, StandardCharsets.UTF_8);
    var in = new ByteArrayInputStream("typed\n".getBytes(StandardCharsets.UTF_8));
    var stdin = new PipedInput(in, StandardCharsets.UTF_8, print);
    return new HeadlessRun(
            (_, listener) -> {
              var session = new AtomicReference<FakeSession>();
              session.set(
                  new FakeSession(
                      listener,
                      cell -> {
                        ran.add(cell.code());
                        return script.run(cell, session.get());
                      }));
              return session.get();
            },
            choices,
            stdin,
            print,
            new PrintStream(err, false, StandardCharsets.UTF_8))
        .run(new Program("demo.ipynb", steps));
  }
}
