package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.comm.CommData;
import dev.brigade.session.comm.CommMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages between code of cells and a page.
class CommTest {
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

  private boolean page(CommMessage message) {
    return driver.session().receive(message, answers::add);
  }

  private static CommMessage.Opened opens(String id, String target, Map<String, Object> data) {
    return new CommMessage.Opened(id, target, CommData.of(data));
  }

  private static CommMessage.Sent says(String id, Object value) {
    return new CommMessage.Sent(id, CommData.of(Map.of("value", value)));
  }

  @Test
  void aCellOpensOneAndSendsDataAndBytes() {
    CellResult cell =
        driver.ok(
            """
            var comm = Comm.open("chart", Map.of("title", "Load"));
            comm.send(Map.of("point", 3), List.of(new byte[] {1, 2, 3}));
            comm.close();
            comm.send(Map.of("too", "late"));
            """);
    List<CommMessage> sent = sent();
    assertThat(sent).hasSize(3);
    assertThat(sent.getFirst()).isInstanceOf(CommMessage.Opened.class);
    assertThat(((CommMessage.Opened) sent.getFirst()).target()).isEqualTo("chart");
    assertThat(sent.getFirst().content().get("title")).isEqualTo("Load");
    assertThat(sent.get(1).content().get("point")).isEqualTo(3);
    assertThat(sent.get(1).content().buffers().getFirst()).containsExactly(1, 2, 3);
    assertThat(sent.getLast()).isInstanceOf(CommMessage.Closed.class);
    assertThat(
            driver.emissions().stream()
                .filter(Emission.Comm.class::isInstance)
                .map(each -> each.cell().id()))
        .containsOnly(cell.cell().id());
    assertThat(driver.value("comm.isOpen()")).isEqualTo("false");
  }

  @Test
  void aPageOpensOneOfAKnownTargetOnly() {
    assertThat(page(opens("p1", "echo", Map.of()))).isFalse();
    CellResult cell =
        driver.ok(
            """
            Comm.target("echo", comm -> comm.onMessage(message -> {
              IO.println("got " + message.get("value"));
              comm.send(Map.of("back", message.get("value")), message.buffers());
            }));
            """);
    assertThat(page(opens("p1", "echo", Map.of("value", "first")))).isTrue();
    assertThat(driver.session().comms()).isEqualTo(Map.of("p1", "echo"));
    driver.awaitThat(() -> sent().size() == 1);
    page(
        new CommMessage.Sent(
            "p1", CommData.of(Map.of("value", "second"), List.of(new byte[] {7}))));
    driver.awaitThat(() -> sent().size() == 2);
    assertThat(sent().getFirst().content().get("back")).isEqualTo("first");
    assertThat(sent().getLast().content().get("back")).isEqualTo("second");
    assertThat(sent().getLast().content().buffers().getFirst()).containsExactly(7);
    // What a handler prints is the cell's that has registered it.
    assertThat(driver.printed(cell)).isEqualTo("got first\ngot second\n");
    page(new CommMessage.Closed("p1", CommData.EMPTY));
    assertThat(driver.session().comms()).isEmpty();
    assertThat(page(says("p1", "nobody hears"))).isTrue();
    assertThat(driver.value("1")).isEqualTo("1");
    assertThat(sent()).hasSize(2);
  }

  @Test
  void handlersAwaitAndRunWhileACellWaits() {
    driver.ok(
        """
        var done = new AsyncEvent();
        var comm = Comm.open("slider", Map.of());
        comm.onMessage(message -> { await(sleep(0.001)); done.set(); });
        """);
    Execution waits = driver.start("await(done.await()); \"told\"");
    page(says(sent().getFirst().id(), 5));
    assertThat(((Outcome.Value) driver.await(waits).outcome()).bundle().plain())
        .isEqualTo("\"told\"");
  }

  @Test
  void aListenerHearsAtOnceWhileACellHoldsTheLoop() {
    driver.ok(
        """
        var level = new AtomicInteger();
        var turns = new AtomicInteger();
        var comm = Comm.open("slider", Map.of());
        comm.atOnce(message -> level.set((Integer) message.get("value")));
        comm.onMessage(message -> turns.incrementAndGet());
        """);
    Execution busy =
        driver.start(
            "IO.println(\"busy\"); while (level.get() != 42) Thread.onSpinWait(); turns.get()");
    driver.awaitThat(() -> driver.printed(busy.cell()).contains("busy"));
    page(says(sent().getFirst().id(), 42));
    // The handler's turn comes after the cell, which had the loop all the time.
    assertThat(((Outcome.Value) driver.await(busy).outcome()).bundle().plain()).isEqualTo("0");
    driver.awaitThat(() -> driver.value("turns.get()").equals("1"));
  }

  @Test
  void aHandlerThatFailsIsReportedUnderItsCell() {
    CellResult cell =
        driver.ok(
            "var comm = Comm.open(\"x\", Map.of());\n"
                + "comm.onMessage(m -> { throw new IllegalStateException(\"burnt\"); });");
    page(says(sent().getFirst().id(), 1));
    driver.awaitThat(
        () ->
            (driver.displays(cell.cell()) + driver.text(cell.cell(), Emission.Stream.STDERR))
                .contains("burnt"));
    assertThat(driver.value("1")).isEqualTo("1");
  }

  @Test
  void theCloseOfThePageIsHeard() {
    driver.ok(
        "var gone = new AtomicBoolean();\n"
            + "var comm = Comm.open(\"x\", Map.of()).onClose(m -> gone.set(true));");
    page(new CommMessage.Closed(sent().getFirst().id(), CommData.EMPTY));
    driver.awaitThat(() -> driver.value("gone.get()").equals("true"));
    assertThat(driver.value("comm.isOpen()")).isEqualTo("false");
  }
}
