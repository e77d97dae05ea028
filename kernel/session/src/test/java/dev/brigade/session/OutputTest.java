package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @Test
  void eachPrintCallIsOneEmission() {
    CellResult result =
        driver.ok(
            """
            System.out.println("line");
            System.out.printf("%d-%s", 1, "x");
            IO.println(2);
            System.out.write("é".getBytes());
            System.err.print("bad");
            """);
    List<String> texts =
        driver.emissions().stream()
            .filter(e -> e.cell().id() == result.cell().id())
            .map(Emission.Text.class::cast)
            .map(Emission.Text::text)
            .toList();
    assertThat(texts).containsExactly("line\n", "1-x", "2\n", "é", "bad");
    assertThat(driver.text(result.cell(), Emission.Stream.STDERR)).isEqualTo("bad");
  }

  @Test
  void aCharacterWrittenByteByByteArrivesWhole() {
    CellResult result =
        driver.ok("for (byte b : \"añ€😀\".getBytes()) System.out.write(b); System.out.flush();");
    assertThat(driver.printed(result)).isEqualTo("añ€😀");
  }

  @Test
  void threadsOfACellPrintUnderItAlsoWhenItIsOver() {
    CellResult first =
        driver.ok(
            """
            var go = new CountDownLatch(2);
            Runnable late = () -> {
              try { go.await(); } catch (InterruptedException e) { }
              IO.println("late");
            };
            new Thread(late).start();
            Thread.startVirtualThread(late);
            var pool = new ThreadPool(1);
            pool.submit(late);
            """);
    CellResult second = driver.ok("go.countDown(); IO.println(\"second\"); go.countDown();");
    driver.awaitThat(() -> driver.printed(first).equals("late\nlate\nlate\n"));
    assertThat(driver.printed(second)).isEqualTo("second\n");
    driver.ok("pool.shutdown();");
  }

  @Test
  void sharedPoolOfTheJdkPrintsUnderTheCellWhoseCodeItRuns() {
    driver.ok("IntStream.range(0, 64).parallel().forEach(i -> {});");
    CellResult result =
        driver.ok("IntStream.range(0, 8).parallel().forEach(i -> IO.println(\"p\"));");
    assertThat(driver.printed(result)).isEqualTo("p\n".repeat(8));
  }

  @Test
  void anExceptionNobodyCaughtShowsTheUsersFramesInItsCell() {
    CellResult result =
        driver.ok("new Thread(() -> { throw new IllegalStateException(\"boo\"); }).start();");
    driver.awaitThat(() -> !driver.text(result.cell(), Emission.Stream.STDERR).isEmpty());
    assertThat(driver.text(result.cell(), Emission.Stream.STDERR))
        .contains("IllegalStateException: boo", result.cell().label() + " line 1")
        .doesNotContain("java.base", "REPL.");
  }

  @Test
  void whatAJobOfAPoolThrowsBelongsToTheCellThatHandedItIn() {
    driver.ok("threadPool.execute(() -> {}); var gate = new CountDownLatch(1);");
    CellResult first =
        driver.ok(
            """
            threadPool.execute(() -> {
              try { gate.await(); } catch (InterruptedException e) {}
              throw new IllegalStateException("spilt");
            });
            """);
    driver.ok("gate.countDown();");
    driver.awaitThat(() -> driver.text(first.cell(), Emission.Stream.STDERR).contains("spilt"));
  }

  @Test
  void aProgramThatInheritsTheOutputPrintsUnderTheCellBeforeItsEndIsKnown() {
    CellResult result =
        driver.ok(
            """
            var program = new ProcessBuilder("sh", "-c", "echo out; echo err >&2").inheritIO();
            program.start().waitFor();
            IO.println("after");
            """);
    assertThat(driver.printed(result)).isEqualTo("out\nafter\n");
    assertThat(driver.text(result.cell(), Emission.Stream.STDERR)).isEqualTo("err\n");
    assertThat(driver.value("program.redirectOutput().toString()")).contains("INHERIT");
  }

  @Test
  void inputIsAskedOfTheFrontEndWithItsPrompt() {
    Queue<String> prompts = new ArrayDeque<>();
    Execution cell =
        driver.start(
            "var name = IO.readln(\"Name? \"); var age = new Scanner(System.in).nextInt();",
            (prompt, password) -> {
              prompts.add(prompt);
              return prompt.isEmpty() ? "42" : "Ada";
            });
    assertThat(driver.await(cell).outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(prompts).containsExactly("Name? ", "");
    assertThat(driver.value("name + age")).isEqualTo("\"Ada42\"");
  }

  @Test
  void withoutAFrontEndThatAsksInputIsAClearError() {
    assertThat(driver.error("IO.readln()").message()).contains("cannot ask for input");
  }

  @Test
  void displaysBelongToTheCell() {
    CellResult result =
        driver.ok(
            """
            html("<b>bold</b>");
            var shown = display(List.of(1));
            shown.update(List.of(2));
            display(Map.of("text/html", "<i>x</i>", "text/plain", "x"));
            markdown("*m*");
            clearOutput(true);
            """);
    assertThat(driver.displays(result.cell()))
        .containsExactly("<b>bold</b>", "[1]", "[2]", "x", "*m*");
    assertThat(driver.emissions().getLast()).isEqualTo(new Emission.Clear(result.cell(), true));
    var updates =
        driver.emissions().stream()
            .filter(Emission.Display.class::isInstance)
            .map(Emission.Display.class::cast)
            .filter(each -> each.update() && each.cell().equals(result.cell()))
            .toList();
    assertThat(updates).hasSize(1);
  }

  @Test
  void typesCanBeGivenRicherForms() {
    driver.ok(
        """
        record Celsius(double degrees) {}
        displayAs(Celsius.class, c -> Map.of("text/html", "<b>" + c.degrees() + "</b>"));
        """);
    var value = (Outcome.Value) driver.run("new Celsius(3.5)").outcome();
    assertThat(value.bundle().data())
        .containsEntry("text/html", "<b>3.5</b>")
        .containsEntry("text/plain", "Celsius[degrees=3.5]");
  }

  @Test
  void imagesAreShownAsPng() {
    var value = (Outcome.Value) driver.run("new java.awt.image.BufferedImage(2, 3, 1)").outcome();
    assertThat(value.bundle().plain()).isEqualTo("<image 2 x 3>");
    assertThat(value.bundle().data().get("image/png")).asString().startsWith("iVBOR");
  }
}
