package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.comm.CommData;
import dev.brigade.session.comm.CommMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Widgets of cells, with a page that is played by the test.
class WidgetTest {
  private static final String VIEW = "application/vnd.jupyter.widget-view+json";

  private final List<CommMessage> answers = new CopyOnWriteArrayList<>();
  private SessionDriver driver;

  @BeforeEach
  void open() {
    driver = new SessionDriver();
    driver.session().awaitReady();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private List<CommMessage> sent() {
    return driver.emissions().stream()
        .filter(Emission.Comm.class::isInstance)
        .map(each -> ((Emission.Comm) each).message())
        .toList();
  }

  private List<CommMessage.Opened> opened() {
    return sent().stream()
        .filter(CommMessage.Opened.class::isInstance)
        .map(CommMessage.Opened.class::cast)
        .toList();
  }

  /// The id of the newest widget; what it is made of comes before it.
  private String newest() {
    return opened().getLast().id();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> state(CommMessage message) {
    return (Map<String, Object>) message.content().get("state");
  }

  private static String method(CommMessage message) {
    return String.valueOf(message.content().get("method"));
  }

  /// What the page knows of a value of a widget, by all that was sent to it.
  private Object onPage(String id, String key) {
    Object now = null;
    for (CommMessage each : sent()) {
      if (each.id().equals(id) && state(each) != null && state(each).containsKey(key)) {
        now = state(each).get(key);
      }
    }
    return now;
  }

  private void page(String id, Map<String, Object> data) {
    assertThat(driver.session().receive(new CommMessage.Sent(id, CommData.of(data)), answers::add))
        .isTrue();
  }

  private void pageSets(String id, String key, Object value) {
    page(id, Map.of("method", "update", "state", Map.of(key, value), "buffer_paths", List.of()));
  }

  private void pageTells(String id, String event) {
    page(id, Map.of("method", "custom", "content", Map.of("event", event)));
  }

  private static MimeBundle shown(CellResult cell) {
    return ((Outcome.Value) cell.outcome()).bundle();
  }

  @Test
  void oneThatACellEndsInIsAViewOfAModelThatThePageKnows() {
    CellResult cell =
        driver.ok("new IntSlider(3, 0, 10).description(\"n\").layout(\"width\", \"50%\")");
    List<CommMessage.Opened> opened = opened();
    assertThat(opened).hasSize(3).allMatch(each -> each.target().equals("jupyter.widget"));
    assertThat(opened).allMatch(each -> "2.1.0".equals(each.content().metadata().get("version")));
    assertThat(state(opened.getFirst()))
        .containsEntry("_model_name", "LayoutModel")
        .containsEntry("width", "50%")
        .containsEntry("height", null);
    assertThat(state(opened.getLast()))
        .containsEntry("_model_name", "IntSliderModel")
        .containsEntry("_model_module", "@jupyter-widgets/controls")
        .containsEntry("_model_module_version", "2.0.0")
        .containsEntry("_view_name", "IntSliderView")
        .containsEntry("value", 3)
        .containsEntry("max", 10)
        .containsEntry("description", "n")
        .containsEntry("layout", "IPY_MODEL_" + opened.getFirst().id())
        .containsEntry("style", "IPY_MODEL_" + opened.get(1).id());
    assertThat(opened.getLast().content().get("buffer_paths")).isEqualTo(List.of());
    assertThat(shown(cell).data().get(VIEW))
        .isEqualTo(Map.of("version_major", 2, "version_minor", 0, "model_id", newest()));
    assertThat(shown(cell).plain()).isEqualTo("IntSlider(value=3, description=\"n\", max=10)");
  }

  @Test
  void thePageHearsOfWhatIsShownOnly() {
    driver.ok("var bar = new IntProgress(0, 10); bar.description(\"x\"); bar.value(4);");
    assertThat(sent()).isEmpty();
    driver.ok("display(bar); display(bar);");
    assertThat(opened()).hasSize(3);
    assertThat(onPage(newest(), "value")).isEqualTo(4);
  }

  @Test
  void updatesOfAComputingCellReachThePageBeforeItEnds() {
    CellResult shown = driver.ok("var bar = new IntProgress(0, 10); bar");
    String id = newest();
    Execution busy =
        driver.start(
            """
            var more = new AtomicBoolean(true);
            bar.value(7);
            while (more.get()) Thread.onSpinWait();
            """);
    driver.awaitThat(() -> Integer.valueOf(7).equals(onPage(id, "value")));
    assertThat(busy.result()).isNotDone();
    driver.session().interrupt();
    driver.await(busy);
    assertThat(shown.outcome()).isInstanceOf(Outcome.Value.class);
  }

  @Test
  void manyUpdatesAreFewMessagesAndTheLastOneIsThereWhenTheCellEnds() {
    driver.ok("var bar = new IntProgress(0, 1_000_000); bar");
    String id = newest();
    int before = sent().size();
    CellResult cell = driver.ok("for (int i = 1; i <= 1_000_000; i++) bar.value(i);");
    assertThat(onPage(id, "value")).isEqualTo(1_000_000);
    List<CommMessage> updates = sent().subList(before, sent().size());
    assertThat(updates).hasSizeLessThan(10_000).allMatch(each -> method(each).equals("update"));
    // Each of the cell that has changed it, also when a timer has sent it.
    assertThat(
            driver.emissions().stream()
                .filter(Emission.Comm.class::isInstance)
                .map(Emission.Comm.class::cast)
                .filter(each -> updates.contains(each.message()))
                .map(each -> each.cell().id()))
        .containsOnly(cell.cell().id());
  }

  @Test
  void whatThePageSetsIsSeenByACellThatComputes() {
    driver.ok("var slider = new IntSlider(0, 100); slider");
    Execution busy =
        driver.start(
            "IO.println(\"busy\"); while (slider.value() != 42) Thread.onSpinWait(); \"seen\"");
    driver.awaitThat(() -> driver.printed(busy.cell()).contains("busy"));
    pageSets(newest(), "value", 42);
    assertThat(((Outcome.Value) driver.await(busy).outcome()).bundle().plain())
        .isEqualTo("\"seen\"");
  }

  @Test
  void whatThePageSetsIsEchoedAsTheAnswerAndNotSentBack() {
    driver.ok("var slider = new IntSlider(0, 100); slider");
    int before = sent().size();
    pageSets(newest(), "value", 42);
    assertThat(answers).hasSize(1);
    assertThat(method(answers.getFirst())).isEqualTo("echo_update");
    assertThat(state(answers.getFirst())).isEqualTo(Map.of("value", 42));
    assertThat(driver.value("slider.value()")).isEqualTo("42");
    assertThat(sent()).hasSize(before);
  }

  @Test
  void whatThePageMayNotSetIsCorrected() {
    driver.ok("var slider = new IntSlider(0, 100); slider");
    String id = newest();
    for (Object wrong : List.of(1000, "much", List.of(1), Map.of())) pageSets(id, "value", wrong);
    pageSets(id, "_model_name", "Other");
    pageSets(id, "layout", "IPY_MODEL_x");
    pageSets(id, "max", 7);
    pageSets(id, "unknown", 7);
    assertThat(driver.value("slider.value() + \" \" + slider.max()")).isEqualTo("\"100 100\"");
    assertThat(
            answers.stream()
                .filter(each -> method(each).equals("update"))
                .map(WidgetTest::state)
                .map(Map::keySet))
        .hasSize(7);
    page(id, Map.of("method", "update", "state", "none"));
    page(id, Map.of("method", "dance"));
    page(id, Map.of());
    assertThat(driver.value("slider.value()")).isEqualTo("100");
  }

  @Test
  void handlersRunAfterTheCellThatHoldsTheLoopAndPrintUnderTheirOwn() {
    driver.ok("var slider = new IntSlider(0, 100); slider");
    String id = newest();
    CellResult registers =
        driver.ok(
            """
            slider.onChange(n -> IO.println("n is " + n));
            slider.observe(change -> IO.println(change.old() + " to " + change.value()));
            """);
    Execution busy =
        driver.start("IO.println(\"busy\"); while (slider.value() != 9) Thread.onSpinWait();");
    driver.awaitThat(() -> driver.printed(busy.cell()).contains("busy"));
    pageSets(id, "value", 5);
    pageSets(id, "value", 5);
    assertThat(driver.printed(registers)).isEmpty();
    pageSets(id, "value", 9);
    driver.await(busy);
    driver.awaitThat(() -> driver.printed(registers).contains("5 to 9"));
    assertThat(driver.printed(registers)).isEqualTo("n is 5\n0 to 5\nn is 9\n5 to 9\n");
  }

  @Test
  void handlersThatCauseEachOtherDoNotKeepACell() {
    driver.ok(
        """
        var one = new IntSlider(0, 1_000_000);
        var other = new IntSlider(0, 1_000_000);
        one.onChange(n -> other.value(n + 1));
        other.onChange(n -> one.value(n + 1));
        one.value(1);
        """);
    driver.ok("one.close(); other.close(); one.max(0); other.max(0);");
    assertThat(driver.value("1")).isEqualTo("1");
  }

  @Test
  void aHandlerMayAwaitAndItsErrorIsReportedUnderItsCell() {
    CellResult cell =
        driver.ok(
            """
            var button = new Button("Go");
            button.onClick(() -> { await(sleep(0.001)); IO.println("waited"); });
            button.onClick(() -> { throw new IllegalStateException("burnt"); });
            display(button);
            """);
    pageTells(newest(), "click");
    driver.awaitThat(() -> driver.printed(cell).contains("waited"));
    driver.awaitThat(
        () ->
            (driver.displays(cell.cell()) + driver.text(cell.cell(), Emission.Stream.STDERR))
                .contains("burnt"));
    pageTells(newest(), "dance");
    assertThat(driver.value("1")).isEqualTo("1");
  }

  @Test
  void aCellAwaitsTheNextChangeAndTheNextClick() {
    driver.ok("var text = new Text(); var button = new Button(); display(new HBox(text, button));");
    List<CommMessage.Opened> opened = opened();
    String text = idOf(opened, "TextModel");
    Execution waits =
        driver.start(
            """
            var next = text.changed();
            var click = button.clicked();
            IO.println("waiting");
            var said = await(next);
            await(waitFor(click, 20));
            said
            """);
    driver.awaitThat(() -> driver.printed(waits.cell()).contains("waiting"));
    pageSets(text, "value", "soup");
    pageTells(idOf(opened, "ButtonModel"), "click");
    assertThat(((Outcome.Value) driver.await(waits).outcome()).bundle().plain())
        .isEqualTo("\"soup\"");
  }

  @Test
  void aVirtualClockDoesNotStandStillForPeople() {
    CellResult cell =
        driver.ok(
            """
            %%virtual
            var slider = new IntSlider(0, 10);
            var later = createTask(async(() -> { await(sleep(5)); slider.value(3); }));
            IO.println(await(slider.changed()) + " at " + eventLoop().time());
            await(later);
            """);
    assertThat(driver.printed(cell)).startsWith("3 at 5.0");
  }

  private static String idOf(List<CommMessage.Opened> opened, String modelName) {
    return opened.stream()
        .filter(each -> modelName.equals(state(each).get("_model_name")))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void enterInATextIsAnEvent() {
    CellResult cell =
        driver.ok("new Text(\"\").placeholder(\"name\").onSubmit(t -> IO.println(\"hi \" + t))");
    pageSets(newest(), "value", "Ada");
    pageTells(newest(), "submit");
    driver.awaitThat(() -> driver.printed(cell).equals("hi Ada\n"));
  }

  @Test
  void aDropdownHasValuesOfAnyTypeBehindItsTexts() {
    CellResult cell =
        driver.ok(
            """
            var speeds = new LinkedHashMap<String, Duration>();
            speeds.put("slow", Duration.ofSeconds(2));
            speeds.put("fast", Duration.ofMillis(20));
            var choice = new Dropdown<>(speeds);
            choice.onChange(d -> IO.println(d.toMillis()));
            choice
            """);
    assertThat(state(opened().getLast()))
        .containsEntry("_options_labels", List.of("slow", "fast"))
        .containsEntry("index", 0);
    pageSets(newest(), "index", 1);
    driver.awaitThat(() -> driver.printed(cell).equals("20\n"));
    pageSets(newest(), "index", 2);
    assertThat(driver.value("choice.value()")).isEqualTo("PT0.02S (20 ms)");
    driver.ok("choice.value(Duration.ofSeconds(2));");
    assertThat(onPage(newest(), "index")).isEqualTo(0);
    assertThat(driver.error("choice.value(Duration.ZERO)").message())
        .contains("none of the options");
    assertThat(driver.value("new Dropdown<>(\"a\", \"b\").value()")).isEqualTo("\"a\"");
  }

  @Test
  void aBoxHoldsWidgetsThatAreThereAndNeverItself() {
    driver.ok(
        """
        var one = new Label("one");
        var two = new Checkbox(true).description("two");
        var box = new VBox(one, two);
        one.close();
        display(box);
        """);
    assertThat(onPage(newest(), "children"))
        .isEqualTo(List.of("IPY_MODEL_" + idOf(opened(), "CheckboxModel")));
    driver.ok("box.children(two, new HTML(\"<b>new</b>\"));");
    assertThat((List<?>) onPage(idOf(opened(), "VBoxModel"), "children")).hasSize(2);
    assertThat(driver.error("box.children(new HBox(box))").message()).contains("in itself");
  }

  @Test
  void aPageThatIsLoadedAgainGetsEverything() {
    driver.ok("var slider = new FloatSlider(0, 1); slider");
    String id = newest();
    driver.ok("slider.value(0.25);");
    page(id, Map.of("method", "request_state"));
    assertThat(state(answers.getFirst())).containsEntry("value", 0.25).hasSizeGreaterThan(20);
    answers.clear();
    Execution busy = driver.start("IO.println(\"busy\"); while (true) Thread.onSpinWait();");
    driver.awaitThat(() -> driver.printed(busy.cell()).contains("busy"));
    assertThat(
            driver
                .session()
                .receive(
                    new CommMessage.Opened("p", "jupyter.widget.control", CommData.EMPTY),
                    answers::add))
        .isTrue();
    page("p", Map.of("method", "request_states"));
    assertThat(answers).hasSize(1);
    assertThat(method(answers.getFirst())).isEqualTo("update_states");
    var states = (Map<?, ?>) answers.getFirst().content().get("states");
    assertThat(states).hasSize(3);
    assertThat((Map<?, ?>) states.get(id).getClass().cast(states.get(id)))
        .extracting("model_name", "model_module_version")
        .containsExactly("FloatSliderModel", "2.0.0");
    assertThat(driver.session().comms()).containsEntry(id, "jupyter.widget");
    driver.session().interrupt();
    driver.await(busy);
  }

  @Test
  void oneThatIsClosedIsTextAndForgetsThePage() {
    driver.ok("var slider = new IntSlider(0, 100); slider");
    List<String> ids = new ArrayList<>(opened().stream().map(CommMessage::id).toList());
    CellResult closed = driver.ok("slider.close(); slider.value(3); slider");
    assertThat(
            sent().stream()
                .filter(CommMessage.Closed.class::isInstance)
                .map(CommMessage::id)
                .toList())
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(shown(closed).data()).doesNotContainKey(VIEW);
    assertThat(shown(closed).plain()).isEqualTo("IntSlider(value=3, closed)");
    assertThat(driver.session().comms()).isEmpty();
    driver.ok("var other = new Label(\"x\"); display(other);");
    driver.session().receive(new CommMessage.Closed(newest(), CommData.EMPTY), answers::add);
    assertThat(driver.value("other.value(\"y\"); other.toString()"))
        .isEqualTo("\"Label(value=\\\"y\\\", closed)\"");
  }

  @Test
  void resetTakesThemFromThePage() {
    driver.ok("var bar = new IntProgress(); display(bar); display(new Label(\"x\"));");
    CellResult reset = driver.ok("%reset -f");
    assertThat(driver.printed(reset)).contains("dropped 1 declaration and closed 2 widgets.");
    assertThat(driver.session().comms()).isEmpty();
  }

  @Test
  void aCodesOwnChangesAreHandledTooAndKeptInBounds() {
    CellResult cell =
        driver.ok(
            """
            var bar = new FloatProgress(0, 1);
            bar.onChange(v -> IO.println(v));
            bar.value(7);
            bar.max(0.5);
            """);
    assertThat(driver.printed(cell)).isEqualTo("1.0\n0.5\n");
    assertThat(driver.displays(cell.cell())).isEmpty();
    assertThat(driver.error("bar.min(2)").message()).contains("at most the upper");
    assertThat(driver.error("bar.value(Double.NaN)").message()).contains("NaN");
    assertThat(driver.error("bar.barStyle(\"pink\")").message()).contains("\"danger\"");
    assertThat(driver.error("bar.layout(\"colour\", \"red\")").message())
        .contains("no property \"colour\"")
        .contains("width");
  }

  @Test
  void anImportThatBringsTheSameNameIsSettledByName() {
    assertThat(String.join("\n", driver.error("import java.awt.*; Button b;").plainTraceback()))
        .contains("two imports bring a `Button`")
        .contains("import java.awt.Button;")
        .contains("import dev.brigade.session.widget.Button;");
    assertThat(driver.value("import java.awt.Button; Button.class.getName()"))
        .isEqualTo("\"java.awt.Button\"");
  }

  @Test
  void aClassOfTheUsersWinsOverAWidget() {
    assertThat(driver.value("record Text(String s) {} new Text(\"mine\")"))
        .isEqualTo("Text[s=mine]");
  }
}
