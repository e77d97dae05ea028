package dev.brigade.repl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.repl.run.HeadlessRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `brigade run` with its real session.
@Tag("slow")
@Timeout(120)
final class RealRunTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("brigade.root"), "repl/src/main/dist/examples");

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void runsSection6InOrder() {
    assertThat(run(EXAMPLES.resolve("section6.jsh"), false, false)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("Fetched 0\nFetched 1\nFetched 2\n");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void showsOrderAndTimeOnStandardErrorWhenAskedTo() {
    assertThat(run(EXAMPLES.resolve("section6.jsh"), false, true)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("Fetched 0\nFetched 1\nFetched 2\n");
    assertThat(err.toString(UTF_8))
        .contains("Fetched 0")
        .containsPattern("Elapsed: \\d+\\.\\d{3} s");
  }

  @Test
  void runsACompactProgramWithAnInstanceMain() throws Exception {
    Path file =
        write(
            "Hello.java",
            """
            record Guest(String name) {}
            String greeting(Guest guest) { return "Hello, " + guest.name(); }
            void main(String[] names) {
                for (String name : names) IO.println(greeting(new Guest(name)));
                var word = Pattern.compile("\\\\w+").matcher("await works");
                await(sleep(0.001));
                IO.println(word.find() ? word.group() : "");
            }
            """
                .replace("Pattern.", "java.util.regex.Pattern."));

    assertThat(run(file, false, false, "Ada", "Linus")).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(out.toString(UTF_8)).isEqualTo("Hello, Ada\nHello, Linus\nawait\n");
  }

  @Test
  void runsAProgramWithAPackageAndAStaticMain() throws Exception {
    Path file =
        write(
            "App.java",
            """
            package shop.app;

            import java.util.concurrent.atomic.AtomicInteger;

            public class App {
                private final AtomicInteger count = new AtomicInteger();
                public static void main(String[] args) throws Exception {
                    new App().go(new Order(3));
                }
                private void go(Order order) { System.out.println(count.addAndGet(order.size)); }
            }

            class Order {
                final int size;
                Order(int size) { this.size = size; }
            }
            """);

    assertThat(run(file, false, false)).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(out.toString(UTF_8)).isEqualTo("3\n");
  }

  @Test
  void namesTheCellAndTheLineOfAnError() throws Exception {
    Path file =
        write(
            "bad.ipynb",
            """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
              {"cell_type": "code", "source": "System.out.println(1);"},
              {"cell_type": "markdown", "source": "text"},
              {"cell_type": "code", "source": "int zero = 0;\\n1 / zero"},
              {"cell_type": "code", "source": "System.out.println(2);"}]}
            """);

    assertThat(run(file, false, false)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEqualTo("1\n");
    assertThat(err.toString(UTF_8))
        .contains("In [2] line 2")
        .endsWith("brigade: cell 3 of bad.ipynb failed: ArithmeticException: / by zero\n");
  }

  @Test
  void stopsAtASyntaxErrorWithItsPosition() throws Exception {
    assertThat(run(write("bad.jsh", "int a = 1;\nint b = ;\n"), false, false)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("line 2")
        .contains("brigade: bad.jsh failed: CompileError");
  }

  @Test
  void obeysSlashCommandsInAScript() throws Exception {
    assertThat(run(write("a.jsh", "int answer = 42;\n/vars\n"), false, false)).isZero();
    assertThat(out.toString(UTF_8)).contains("int answer = 42");
  }

  @Test
  void waitsForBackgroundTasksWhenAskedToJoin() throws Exception {
    Path file =
        write(
            "late.jsh",
            "createTask(async(() -> { await(sleep(0.05)); System.out.println(\"late\"); }));\n");

    assertThat(run(file, true, false)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("late\n");
  }

  @Test
  void cancelsAndNamesBackgroundTasksOtherwise() throws Exception {
    Path file =
        write(
            "late.jsh",
            "createTask(async(() -> { await(sleep(60)); System.out.println(\"late\"); }));\n");

    assertThat(run(file, false, false)).isZero();
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains("brigade: still running at the end, cancelled: Task-");
  }

  @Test
  void aThreadThatStillRunsIsNamedAtTheEnd() throws Exception {
    Path file =
        write(
            "thread.jsh",
            """
            new Thread(() -> {
              try { new CountDownLatch(1).await(); } catch (InterruptedException e) { }
            }, "pot").start();
            """);

    assertThat(run(file, false, false)).isZero();
    assertThat(err.toString(UTF_8)).contains("still running at the end").contains("thread pot");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private int run(Path file, boolean join, boolean trace, String... arguments) {
    var in = new ByteArrayInputStream(new byte[0]);
    var actions =
        new LauncherActions(
            in, new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));
    var choices = new HeadlessRun.Choices(join, trace, false, List.of());
    return actions.run(file, List.of(arguments), choices);
  }
}
