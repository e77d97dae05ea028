package dev.brigade.session.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.MimeBundle;
import dev.brigade.session.display.Comparison;
import dev.brigade.session.display.Spent;
import dev.brigade.session.display.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

final class ComparisonChartTest {
  private static Comparison.Measured measured(String name, double... rounds) {
    var all = new ArrayList<Double>();
    for (double round : rounds) all.add(round);
    double wall = all.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    var each = new Spent(wall, wall, wall * 1.5, wall, wall / 2);
    return new Comparison.Measured(name, new Timing(name, 1, all, each, 1, wall, 0));
  }

  private static Comparison pools() {
    return new Comparison(
        List.of(
            measured("direct", 4.0, 4.4, 4.2),
            measured("threads", 2.1, 2.0, 2.6),
            measured("processes", 2.4, 2.3, 3.1)),
        2);
  }

  static Stream<Comparison> comparisons() {
    return Stream.of(
        pools(),
        new Comparison(List.of(measured("one", 1e-9)), 1),
        new Comparison(
            List.of(
                measured("a name much too long for the column it stands in", 1e-7, 2e-7),
                measured("<b>&\u0007", 3600, 7200),
                measured("漢字かな交じり文の長い名前です", 0.0999, 0.1)),
            128),
        new Comparison(List.of(measured("x", 0.0, 0.0), measured("y", 0.0, 0.0)), 4));
  }

  private static Picture picture(Comparison comparison) {
    return Picture.of(
        String.valueOf(ComparisonChart.bundle(comparison).data().get("image/svg+xml")));
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void everyTextIsInsideAndMeetsNoOther(Comparison comparison) {
    Picture picture = picture(comparison);
    assertThat(picture.number("width")).isLessThanOrEqualTo(760);
    List<Picture.Shape> texts = picture.texts();
    for (Picture.Shape text : texts) {
      assertThat(text.x()).as(text.text()).isGreaterThanOrEqualTo(0);
      assertThat(text.right()).as(text.text()).isLessThanOrEqualTo(picture.number("width"));
      assertThat(text.bottom()).as(text.text()).isLessThanOrEqualTo(picture.number("height"));
      assertThat(Picture.contrast(text.fill(), "#ffffff")).isGreaterThanOrEqualTo(4.5);
      for (Picture.Shape other : texts) {
        if (other.order() > text.order()) {
          assertThat(text.meets(other)).as(text.text() + " and " + other.text()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void onlyPresentationAttributesAreUsed(Comparison comparison) {
    for (Element element : picture(comparison).elements()) {
      assertThat(Set.of("svg", "title", "desc", "rect", "path", "text"))
          .contains(element.getTagName());
      assertThat(element.hasAttribute("style") || element.hasAttribute("class")).isFalse();
    }
  }

  @Test
  void barsAndWhiskersAreAsLongAsTheTimes() {
    Picture picture = picture(pools());
    List<Picture.Shape> bars =
        picture.shapes().stream().filter(shape -> shape.isFilled() && shape.isStroked()).toList();
    assertThat(bars).hasSize(3);
    double direct = bars.getFirst().right() - bars.getFirst().x();
    double threads = bars.get(1).right() - bars.get(1).x();
    assertThat(threads / direct).isBetween(0.499, 0.501);
    assertThat(picture.words()).contains("4.20 s", "0.50", "of direct", "2.0", "2 cores");
  }

  @Test
  void theTextIsATableWithTheSameFigures() {
    MimeBundle bundle = ComparisonChart.bundle(pools());
    assertThat(bundle.plain())
        .isEqualTo(
            """
                          median  spread                      of direct  busy cores
            direct        4.20 s  4.00 s to 4.40 s                 1.00         2.0  ######################--
            threads       2.10 s  2.00 s to 2.60 s                 0.50         2.0  ###########---
            processes     2.40 s  2.30 s to 3.10 s                 0.57         2.0  #############----
            median of 3 rounds in turn after a warm-up, spread from the fastest to the slowest; 2 cores\
            """);
  }
}
