package dev.brigade.session.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

final class TimelineSvgTest {
  private static final Set<String> ELEMENTS =
      Set.of("svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "text");
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "xmlns",
          "width",
          "height",
          "viewBox",
          "role",
          "aria-labelledby",
          "font-family",
          "id",
          "x",
          "y",
          "cx",
          "cy",
          "r",
          "d",
          "fill",
          "stroke",
          "stroke-width",
          "stroke-dasharray",
          "font-size",
          "font-weight",
          "patternUnits");

  /// A picture and where it comes from.
  record Named(String name, String svg) {
    Picture picture() {
      return Picture.of(svg);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> pictures() {
    var all = new ArrayList<Named>();
    all.add(new Named("everything", TimelineSvg.of(Events.everything())));
    all.add(new Named("nothing", TimelineSvg.of(new Events().trace())));
    all.add(new Named("names", TimelineSvg.of(strangeNames())));
    all.add(new Named("dropped", TimelineSvg.of(new Events().at(7).trace(12_345))));
    all.add(new Named("beside", TimelineSvg.sideBySide(Events.everything(), Events.many(30, 3))));
    for (int tasks : new int[] {1, 10, 38, 41, 100, 1_000}) {
      all.add(new Named(tasks + " tasks", TimelineSvg.of(Events.many(tasks, 4))));
    }
    return all.stream();
  }

  private static Trace strangeNames() {
    List<String> names =
        List.of(
            "a<b>&\"c\"'d'",
            "\u0001\u001b[31mred\u0007\u0000",
            "👩‍🍳 and 👨‍👩‍👧‍👦 and 🇪🇺",
            "שלום עולם \u202Eabc",
            "a name that is much, much too long for the column it stands in, and then some",
            "漢字かな交じり文の長い名前です",
            "\ud800 alone \uFFFE",
            "]]>");
    var log = new Events().began(1);
    for (int i = 0; i < names.size(); i++) log.made(i + 2, names.get(i), "coroutine");
    log.awaits(1, "gather");
    for (int i = 0; i < names.size(); i++) {
      log.at(i * 100 * Events.MILLI).began(i + 2).prints(i + 2, names.get(i));
      log.awaitsLock(i + 2, names.get(i), i == 0 ? 1 : i + 1);
    }
    return log.at(1_000 * Events.MILLI).trace();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void onlyPlainElementsAndPresentationAttributesAreUsed(Named named) {
    for (Element element : named.picture().elements()) {
      assertThat(ELEMENTS).contains(element.getTagName());
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        assertThat(ATTRIBUTES).contains(element.getAttributes().item(i).getNodeName());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void aPictureSaysWhatItIsAndHasAnOpaqueGround(Named named) {
    Picture picture = named.picture();
    Element root = picture.root();
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(picture.number("width")).isLessThanOrEqualTo(760);
    assertThat(root.getAttribute("viewBox"))
        .isEqualTo("0 0 " + root.getAttribute("width") + " " + root.getAttribute("height"));
    assertThat(root.getAttribute("aria-labelledby").split(" "))
        .containsExactly(
            picture.elements().get(1).getAttribute("id"),
            picture.elements().get(2).getAttribute("id"));
    assertThat(picture.elements().get(1).getTagName()).isEqualTo("title");
    assertThat(picture.elements().get(2).getTagName()).isEqualTo("desc");
    Picture.Shape ground = picture.shapes().getFirst();
    assertThat(ground.fill()).isEqualTo("#ffffff");
    assertThat(List.of(ground.x(), ground.y(), ground.right(), ground.bottom()))
        .containsExactly(0.0, 0.0, picture.number("width"), picture.number("height"));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void nothingLeavesThePicture(Named named) {
    Picture picture = named.picture();
    for (Picture.Shape shape : picture.shapes()) {
      assertThat(List.of(shape.x(), shape.y()))
          .as(shape.toString())
          .allSatisfy(at -> assertThat(at).isGreaterThanOrEqualTo(0));
      assertThat(shape.right()).as(shape.toString()).isLessThanOrEqualTo(picture.number("width"));
      assertThat(shape.bottom()).as(shape.toString()).isLessThanOrEqualTo(picture.number("height"));
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void noTextMeetsAnother(Named named) {
    List<Picture.Shape> texts = new ArrayList<>(named.picture().texts());
    texts.sort(Comparator.comparingDouble(Picture.Shape::y));
    for (int i = 0; i < texts.size(); i++) {
      for (int j = i + 1; j < texts.size() && texts.get(j).y() < texts.get(i).bottom(); j++) {
        assertThat(texts.get(i).meets(texts.get(j)))
            .as(texts.get(i).text() + " and " + texts.get(j).text())
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void everyTextCanBeReadOnWhatIsBehindIt(Named named) {
    List<Picture.Shape> shapes = named.picture().shapes();
    for (Picture.Shape text : named.picture().texts()) {
      String ground = "#ffffff";
      var crossing = new ArrayList<Picture.Shape>();
      for (Picture.Shape shape : shapes) {
        if (shape.isText() || shape.order() >= text.order()) continue;
        if (shape.isFilled() && shape.covers(text)) {
          ground = shape.fill();
          crossing.clear();
        } else if (shape.meets(text)) {
          crossing.add(shape);
        }
      }
      assertThat(crossing).as("what crosses " + text).isEmpty();
      assertThat(ground).as("behind " + text).startsWith("#");
      assertThat(Picture.contrast(text.fill(), ground))
          .as(text.toString())
          .isGreaterThanOrEqualTo(4.5);
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void idsAreThePicturesOwnAndEachIsUsedOnce(Named named) {
    var ids = new HashSet<String>();
    for (Element element : named.picture().elements()) {
      String id = element.getAttribute("id");
      if (!id.isEmpty()) assertThat(ids.add(id)).as(id).isTrue();
      String fill = element.getAttribute("fill");
      if (fill.startsWith("url(#")) assertThat(ids).contains(fill.substring(5, fill.indexOf(')')));
    }
  }

  @Test
  void theSameTraceGivesTheSameBytesAndAnotherOtherIds() {
    assertThat(TimelineSvg.of(Events.everything())).isEqualTo(TimelineSvg.of(Events.everything()));
    var ids = new HashSet<String>();
    pictures().forEach(named -> ids.add(named.picture().elements().get(1).getAttribute("id")));
    assertThat(ids).hasSize((int) pictures().count());
  }

  @Test
  void theLegendHasWhatOccursAndNothingElse() {
    String all = Picture.of(TimelineSvg.of(Events.everything())).words();
    List<String> entries =
        List.of(
            "running",
            "ready",
            "waiting",
            "blocks the loop",
            "compiling",
            "made it",
            "woke it",
            "gave it a job",
            "job done",
            "holds a lock",
            "prints",
            "is cancelled",
            "fails",
            "deadlock",
            "held the loop too long");
    assertThat(all.lines()).containsAll(entries);
    String quiet =
        Picture.of(TimelineSvg.of(new Events().began(1).at(1000).awaits(1, "sleep").trace()))
            .words();
    assertThat(quiet.lines()).contains("running").doesNotContain("waiting", "prints", "made it");
  }

  @Test
  void marksAreToldInOrderOfTimeAndTheFiguresComeLast() {
    Trace trace = Events.everything();
    List<String> lines = Picture.of(TimelineSvg.of(trace)).words().lines().toList();
    assertThat(lines)
        .containsSubsequence(
            "1\u00a0\u00a00.130\u00a0s\u00a0\u00a0cook prints: the stove is mine",
            "2\u00a0\u00a00.430\u00a0s\u00a0\u00a0Task-4 guest: held the loop at In [1] line 2",
            "3\u00a0\u00a00.430\u00a0s\u00a0\u00a0Task-4 guest fails:"
                + " java.lang.IllegalStateException: burnt",
            "4\u00a0\u00a00.430\u00a0s\u00a0\u00a0Task-4 guest prints: that was long");
    String figures = String.join(" ", trace.summary().text().split("\n", -1));
    assertThat(String.join(" ", lines)).endsWith(figures);
  }

  @Test
  void theNumbersOfTheListStandBelowEachOther() {
    var log = new Events().began(1);
    for (int i = 1; i <= 10; i++) log.prints(1, "line " + i);
    assertThat(Picture.of(TimelineSvg.of(log.trace())).words().lines())
        .contains(
            "\u00a01\u00a0\u00a00.000\u00a0s\u00a0\u00a0In [1] prints: line 1",
            "10\u00a0\u00a00.000\u00a0s\u00a0\u00a0In [1] prints: line 10");
  }

  @Test
  void aDeadlockSaysOnceWhatEachWaitsFor() {
    Trace trace =
        new Events()
            .began(1)
            .made(2, "plato", "eat")
            .made(3, "kant", "eat")
            .awaits(1, "gather")
            .began(2)
            .awaitsLock(2, "right", 3)
            .began(3)
            .awaitsLock(3, "left", 2)
            .deadlocked(2, 3)
            .deadlocked(1, 2, 3)
            .at(Events.MILLI)
            .trace();
    assertThat(
            Picture.of(TimelineSvg.of(trace)).words().lines().filter(l -> l.contains("deadlock:")))
        .satisfiesExactly(
            line -> assertThat(line).endsWith("In [1], deadlock: waits for gather"),
            line -> assertThat(line).endsWith("plato, deadlock: waits for right (held by kant)"),
            line -> assertThat(line).endsWith("kant, deadlock: waits for left (held by plato)"));
  }

  @Test
  void wordsThatDoNotFitLoseTheirClassAndTheirHolderFirst() {
    var log = new Events().began(1).made(2, "short", "").awaits(1, "gather").began(2);
    log.awaitsLock(2, "ReentrantLock#1", 1).at(200 * Events.MILLI).began(2);
    log.blocks(2, "Thread.sleep", 80 * Events.MILLI).ends(2, TraceEvent.End.FINISHED);
    log.at(1_000 * Events.MILLI);
    assertThat(Picture.of(TimelineSvg.of(log.trace())).words().lines())
        .contains("ReentrantLock#1", "sleep");
  }

  @Test
  void whoHoldsTheLockIsWrittenIntoTheWait() {
    assertThat(Picture.of(TimelineSvg.of(Events.everything())).words().lines())
        .contains("stove (held by cook)", "Thread.sleep");
  }

  @Test
  void namesAndPrintsAreShownWhateverIsInThem() {
    String words = Picture.of(TimelineSvg.of(strangeNames())).words();
    assertThat(words).contains("a<b>&\"c\"'d'", "·", "👩‍🍳", "שלום עולם", "漢字", "]]>");
    assertThat(words.codePoints().filter(c -> c != '\n'))
        .noneMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0xfffe);
  }

  @Test
  void aLogThatDroppedEventsSaysSo() {
    assertThat(Picture.of(TimelineSvg.of(new Events().at(7).trace(12_345))).words())
        .contains("no room for the oldest 12345 events");
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void manyTasksStaySmallAndEachIsCountedOnce(int tasks) {
    Trace trace = Events.many(tasks, 4);
    String svg = TimelineSvg.of(trace);
    assertThat(svg.getBytes(StandardCharsets.UTF_8).length).isLessThan(200_000);
    Picture picture = Picture.of(svg);
    assertThat(picture.number("height")).isLessThan(1_600);
    List<String> lines = picture.words().lines().toList();
    long single = lines.stream().filter(line -> line.matches("Task-\\d+ (fetch|store)")).count();
    long folded =
        lines.stream()
            .filter(line -> line.matches("\\d+ more (fetch|store)"))
            .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
            .sum();
    assertThat(single + folded).isEqualTo(tasks);
    assertThat(single).isBetween(1L, 40L);
    assertThat(lines).contains("loop", "In [1]");
  }

  static Stream<Integer> sizes() {
    return Stream.of(10, 38, 39, 100, 1_000, 10_000);
  }

  @Test
  void aCrowdOfDifferentTasksIsFoldedToo() {
    var log = new Events().began(1);
    for (int i = 2; i < 500; i++) log.made(i, "Task-" + i, "job" + i);
    Picture picture = Picture.of(TimelineSvg.of(log.at(1000).trace()));
    assertThat(picture.words()).contains("other tasks");
    assertThat(picture.number("height")).isLessThan(1_600);
  }

  @Test
  void whatFailedKeepsARowOfItsOwnInACrowd() {
    var log = new Events().began(1);
    for (int i = 2; i < 300; i++) log.made(i, "Task-" + i, "fetch");
    log.awaits(1, "gather").at(1_000_000).began(250).ends(250, TraceEvent.End.FAILED);
    assertThat(Picture.of(TimelineSvg.of(log.trace())).words().lines()).contains("Task-250 fetch");
  }

  @Test
  void aPictureWithMoreSwitchesThanPixelsIsSmallToo() {
    Trace trace = Events.many(39, 400);
    assertThat(trace.events()).hasSizeGreaterThan(40_000);
    assertThat(TimelineSvg.of(trace).length()).isLessThan(200_000);
  }
}
