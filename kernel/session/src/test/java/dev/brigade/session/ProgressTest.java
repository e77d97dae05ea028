package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Bars that update themselves in place.
class ProgressTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static MimeBundle last(CellResult result) {
    return driver.shown(result.cell()).getLast().bundle();
  }

  @Test
  void aLoopOverElementsEndsWithAFullBar() {
    CellResult result =
        driver.ok("for (var i : progress(List.of(1, 2, 3), \"cooking\")) await(sleep(0.001));");
    assertThat(last(result).plain()).matches("cooking 100% \\|#{30}\\| 3/3 in \\d+\\.\\d s");
    assertThat(last(result).data().get("text/html").toString())
        .contains("cooking", "<progress value=\"3\" max=\"3\"></progress>")
        .doesNotContain("style");
    assertThat(last(result).metadata()).doesNotContainKey(MimeBundle.LIVE);
    List<Emission.Display> shown = driver.shown(result.cell());
    assertThat(shown.getFirst().update()).isFalse();
    assertThat(shown.getFirst().bundle().plain()).startsWith("cooking   0%");
    assertThat(shown.stream().skip(1)).allMatch(Emission.Display::update);
    assertThat(shown.stream().map(Emission.Display::displayId).distinct()).hasSize(1);
  }

  @Test
  void aLoopThatIsLeftEarlyShowsHowFarItCame() {
    CellResult result =
        driver.ok(
            "for (int i : progress(IntStream.range(0, 100).boxed().toList())) if (i == 25) break;");
    assertThat(last(result).plain()).contains(" 25% |", "| 25/100 in");
    assertThat(last(result).metadata()).doesNotContainKey(MimeBundle.LIVE);
    CellResult failed =
        driver.run("for (int i : progress(List.of(1, 2, 0, 4))) { var _ = 8 / i; }");
    assertThat(failed.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(last(failed).plain()).contains(" 50% |");
  }

  @Test
  void manyStepsAreDrawnAFewTimesOnly() {
    CellResult result =
        driver.ok(
            "var p = progress(200_000, \"\");\n"
                + "for (int i = 0; i < 200_000; i++) p.step();\n"
                + "p.close();");
    assertThat(driver.shown(result.cell())).hasSizeLessThan(60);
    assertThat(last(result).plain()).contains("100%", "200,000/200,000");
  }

  @Test
  void manyBarsStandBesideEachOtherAndAnyThreadMayStep() {
    CellResult result =
        driver.ok(
            """
            var a = new Progress(100, "a");
            var b = Progress.unknown("b");
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 10; t++) {
              threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 10; i++) { a.step(); b.step(2); }
              }));
            }
            for (var thread : threads) thread.join();
            """);
    List<MimeBundle> all = driver.bundles(result.cell());
    assertThat(driver.shown(result.cell()).stream().map(Emission.Display::displayId).distinct())
        .hasSize(2);
    assertThat(all)
        .extracting(MimeBundle::plain)
        .anyMatch(text -> text.matches("a 100% .* 100/100 in .*"));
    assertThat(all).extracting(MimeBundle::plain).anyMatch(text -> text.matches("b 200 in .*"));
  }

  @Test
  void aBarGoesOnUnderItsCellWhenTheCellHasEnded() {
    driver.ok("var gate = new AsyncEvent();");
    CellResult result =
        driver.ok(
            """
            var work = createTask(async(() -> {
              for (int i : progress(List.of(1, 2))) await(gate.await());
            }));
            await(sleep(0));\
            """);
    driver.ok("gate.set(); await(work);");
    driver.awaitThat(() -> last(result).plain().contains("2/2"));
  }

  @Test
  void onVirtualTimeTheBarIsTheSameEveryTime() {
    CellResult result =
        driver.ok("%%virtual\nfor (int i : progress(List.of(1, 2))) await(sleep(30));");
    assertThat(last(result).plain()).endsWith("| 2/2 in 60 s");
  }

  @Test
  void totalAndLabelCanChange() {
    CellResult result =
        driver.ok(
            "try (var p = progress(2, \"<soup>\")) { p.total(4); p.label(\"<pie>\"); p.step(3); }");
    assertThat(last(result).plain()).startsWith("<pie>  75%");
    assertThat(last(result).data().get("text/html").toString()).contains("&lt;pie&gt;");
    assertThat(driver.error("new Progress(-1);").message()).contains("Progress.unknown");
  }
}
