package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnippetGalleryTest {
  /// What each prints, or begins to print.
  private static final Map<String, String> PRINTED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("thread", "working in worker\njoined\n"),
              Map.entry("thread-pool", "42\n1\n4\n9\n"),
              Map.entry("process-pool", "832040\n1346269\n2178309\n"),
              Map.entry("coroutine", "the water is on\ntea\n"),
              Map.entry("event-loop", "the loop's next turn\ndone\n"),
              Map.entry("task", "tea is ready\nsoup is ready\n[soup, tea]\n"),
              Map.entry("awaitable-io", "soup is served\n"),
              Map.entry(
                  "executor-bridge",
                  "the loop goes on: 1\nthe loop goes on: 2\nthe loop goes on: 3\nbread\n"),
              Map.entry("thread-lock", "40000\n"),
              Map.entry("async-lock", "10\n"),
              Map.entry("fetch-all", "10 pages in 5.0 s\n"),
              Map.entry("pools", ""),
              Map.entry("shared-counter", "counter: "),
              Map.entry("async-counter", "total: 1\n"),
              Map.entry("mixing", "blocking is done\ntick 1\ntick 2\ntick 3\ntick 4\n")));

  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  static List<String> names() {
    return List.copyOf(PRINTED.keySet());
  }

  private static String text(String name) {
    String text = driver.ok("%snippet " + name).nextInput();
    assertThat(text).isNotNull();
    return text;
  }

  @Test
  void theGalleryIsListedWithALineForEach() {
    String listing = driver.printed(driver.ok("%snippet"));
    assertThat(listing)
        .startsWith("The cheat sheet\n  thread ")
        .contains("\nWhere the exercises begin\n  fetch-all ");
    for (String name : names()) assertThat(listing).containsPattern("\n  " + name + " +\\S+");
    assertThat(listing.lines().filter(line -> line.startsWith("  "))).hasSize(PRINTED.size());
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachCompilesAndDoesWhatItSays(String name) {
    String text = text(name);
    boolean sleeps = text.matches("(?s).*[sS]leep\\((?!0\\)).*");
    CellResult result =
        driver.ok((sleeps ? "%%virtual\n" : "") + text.replace("int n = 42;", "int n = 5;"));
    assertThat(driver.printed(result)).startsWith(PRINTED.get(name));
    assertThat(driver.text(result.cell(), Emission.Stream.STDERR)).isEmpty();
    if (name.equals("pools")) assertThat(result.outcome()).isInstanceOf(Outcome.Value.class);
  }

  @Test
  void anUnknownNameGetsTheNearest() {
    assertThat(driver.error("%snippet coroutin").message()).contains("%snippet coroutine?");
    String typed = "%snippet thread-";
    assertThat(driver.session().complete(typed, typed.length()).candidates())
        .extracting(Completions.Candidate::text)
        .containsExactly("thread-pool", "thread-lock");
  }
}
