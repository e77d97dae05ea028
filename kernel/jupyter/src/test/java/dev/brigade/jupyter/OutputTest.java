package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.Emission;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputTest {
  private final KernelDriver kernel = KernelDriver.start();

  @AfterEach
  void everyRequestWasAnsweredOnce() {
    kernel.close();
  }

  private List<Seen> run(ScriptedSession.Script script) {
    kernel.session.scripts.put("cell", script);
    return kernel.untilIdle(kernel.sendExecute("cell"));
  }

  private static String text(List<Seen> messages, String stream) {
    return messages.stream()
        .filter(m -> m.type().equals("stream") && m.text("name").equals(stream))
        .map(m -> m.text("text"))
        .collect(Collectors.joining());
  }

  @Test
  void textThatIsPrintedTogetherTravelsTogetherAndBeforeIdle() {
    List<Seen> messages =
        run(
            scene -> {
              scene.print("a");
              scene.print("b\n");
              return new Outcome.Done();
            });

    assertThat(text(messages, "stdout")).isEqualTo("ab\n");
    assertThat(messages.getLast().isStatus("idle")).isTrue();
  }

  @Test
  void aPartialLineArrivesWhileTheCellRuns() {
    var shown = new CountDownLatch(1);
    kernel.session.scripts.put(
        "cell",
        scene -> {
          scene.print("no newline yet");
          shown.await();
          return new Outcome.Done();
        });
    String id = kernel.sendExecute("cell");

    assertThat(kernel.await(id, "stream").content()).containsEntry("text", "no newline yet");
    shown.countDown();
  }

  @Test
  void textDisplaysAndStreamsKeepTheirOrder() {
    List<Seen> messages =
        run(
            scene -> {
              scene.print("1");
              scene.printError("2");
              scene.print("3");
              scene.emit(new Emission.Display(scene.cell, MimeBundle.text("4"), "d", false));
              scene.print("5");
              scene.emit(new Emission.Display(scene.cell, MimeBundle.text("6"), "d", true));
              scene.emit(new Emission.Clear(scene.cell, true));
              return new Outcome.Value(MimeBundle.text("7"), "int");
            });

    assertThat(messages.stream().map(Seen::word).toList())
        .containsExactly(
            "busy",
            "execute_input",
            "stdout:1",
            "stderr:2",
            "stdout:3",
            "display_data",
            "stdout:5",
            "update_display_data",
            "clear_output",
            "execute_result",
            "execute_reply",
            "idle");
    assertThat(messages.get(5).content()).containsEntry("transient", Map.of("display_id", "d"));
    assertThat(messages.get(8).content()).containsEntry("wait", true);
  }

  @Test
  void outputAfterIdleStillBelongsToItsCell() {
    var release = new CountDownLatch(1);
    kernel.session.scripts.put(
        "start a thread",
        scene -> {
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      release.await();
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                    scene.print("late");
                  });
          return new Outcome.Done();
        });
    String first = kernel.sendExecute("start a thread");
    kernel.untilIdle(first);
    kernel.execute("1+1");
    release.countDown();

    assertThat(kernel.await(first, "stream").content()).containsEntry("text", "late");
  }

  @Test
  void cellsThatPrintAtTheSameTimeKeepTheirTextsApart() {
    var scenes = new ArrayList<ScriptedSession.Scene>();
    for (String code : List.of("one", "two")) {
      kernel.session.scripts.put(
          code,
          scene -> {
            scenes.add(scene);
            return new Outcome.Done();
          });
    }
    String one = kernel.sendExecute("one");
    String two = kernel.sendExecute("two");
    kernel.untilIdle(two);

    for (int i = 0; i < 1000; i++) {
      scenes.get(0).print("a");
      scenes.get(1).print("b");
    }

    // Each cell's text comes in messages of its own: the last one may be either's.
    kernel.await(
        m ->
            text(kernel.of(one), "stdout").length() == 1000
                && text(kernel.of(two), "stdout").length() == 1000);
    assertThat(text(kernel.of(one), "stdout")).isEqualTo("a".repeat(1000));
    assertThat(text(kernel.of(two), "stdout")).isEqualTo("b".repeat(1000));
  }

  @Test
  void aHundredThousandLinesArriveWholeAndInFewMessages() {
    List<Seen> messages =
        run(
            scene -> {
              for (int i = 0; i < 100_000; i++) scene.print("line " + i + "\n");
              return new Outcome.Done();
            });

    var expected = new StringBuilder();
    for (int i = 0; i < 100_000; i++) expected.append("line ").append(i).append('\n');
    assertThat(text(messages, "stdout")).isEqualTo(expected.toString());
    assertThat(messages.size()).isLessThan(3000);
  }

  @Test
  void oneHugePrintIsOneMessage() {
    String huge = "x".repeat(20_000_000);

    List<Seen> messages =
        run(
            scene -> {
              scene.print(huge);
              return new Outcome.Done();
            });

    assertThat(messages.stream().filter(m -> m.type().equals("stream"))).hasSize(1);
    assertThat(text(messages, "stdout").length()).isEqualTo(huge.length());
  }

  @Test
  void linesOfEightThreadsAreNeverTornOrLost() {
    List<Seen> messages =
        run(
            scene -> {
              var threads = new ArrayList<Thread>();
              for (int t = 0; t < 8; t++) {
                String name = "t" + t + ":";
                threads.add(
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int i = 0; i < 2000; i++) scene.print(name + i + "\n");
                            }));
              }
              for (Thread thread : threads) thread.join();
              return new Outcome.Done();
            });

    Set<String> lines = new HashSet<>(List.of(text(messages, "stdout").split("\n")));
    assertThat(lines).hasSize(16_000).allMatch(line -> line.matches("t[0-7]:\\d+"));
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() {
    List<Seen> messages =
        run(
            scene -> {
              scene.print("\ud83d");
              scene.print("\ude00 whole, \ud83d half\n");
              return new Outcome.Done();
            });

    assertThat(text(messages, "stdout")).isEqualTo("\ud83d\ude00 whole, \ufffd half\n");
  }

  @Test
  void guessedOwnersAreMarkedInTheMetadata() {
    List<Seen> messages =
        run(
            scene -> {
              scene.emit(new Emission.Text(scene.cell, Emission.Stream.STDOUT, "who?", true));
              return new Outcome.Done();
            });

    assertThat(
            messages.stream()
                .filter(m -> m.type().equals("stream"))
                .findFirst()
                .orElseThrow()
                .metadata())
        .isEqualTo(Map.of("brigade", Map.of("owner", "guessed")));
  }

  @Test
  void anInterruptedThreadStillPrints() {
    List<Seen> messages =
        run(
            scene -> {
              Thread.currentThread().interrupt();
              scene.print("cleanup");
              Thread.interrupted();
              return new Outcome.Done();
            });

    assertThat(text(messages, "stdout")).isEqualTo("cleanup");
  }

  @Test
  void jsonTreesAndImagesKeepTheirShape() {
    List<Seen> messages =
        run(
            scene -> {
              var bundle =
                  MimeBundle.text("x")
                      .with("application/json", Map.of("list", List.of(1, 2.5, true)));
              scene.emit(new Emission.Display(scene.cell, bundle, null, false));
              return new Outcome.Done();
            });

    Seen display =
        messages.stream().filter(m -> m.type().equals("display_data")).findFirst().orElseThrow();
    assertThat(display.content().get("data"))
        .isEqualTo(
            Map.of("text/plain", "x", "application/json", Map.of("list", List.of(1, 2.5, true))));
  }
}
