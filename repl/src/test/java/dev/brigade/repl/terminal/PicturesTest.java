package dev.brigade.repl.terminal;

import dev.brigade.repl.FakeSession;
import dev.brigade.session.Emission;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is drawn in place, and what replaces something.
@Timeout(60)
final class PicturesTest {
  @TempDir Path data;

  private static void show(
      FakeSession.Running cell, String id, String text, Map<String, Object> metadata) {
    var forms = new LinkedHashMap<String, Object>(Map.of(MimeBundle.PLAIN, text));
    cell.listener()
        .emit(
            new Emission.Display(cell.cell(), new MimeBundle(forms, metadata), id, !id.isEmpty()));
  }

  private static void live(FakeSession.Running cell, String id, String text) {
    show(cell, id, text, Map.of(MimeBundle.LIVE, true));
  }

  @Test
  void severalPicturesAreDrawnBelowEachOtherAndTheOneThatEndsStaysAbove() throws Exception {
    FakeSession.Script script =
        cell -> {
          live(cell, "a", "a 10%");
          live(cell, "b", "b 20%");
          show(cell, "a", "a 100%", Map.of());
          live(cell, "b", "b 30%");
          show(cell, "b", "b 100%", Map.of());
          return new Outcome.Done();
        };
    try (var terminal = new TerminalDriver(data, script)) {
      terminal.waitFor("In [1]: ");
      terminal.type("bars()\r");
      terminal.waitFor("a 10%\nb 20%\n");
      terminal.waitFor("a 100%\nb 20%\n");
      terminal.waitFor("b 30%\nb 100%\n");
    }
  }

  @Test
  void aPendingValueHasTheLabelOfItsCellNowAndLater() throws Exception {
    Map<String, Object> value = Map.of(MimeBundle.VALUE, 1);
    FakeSession.Script script =
        cell -> {
          show(cell, "t", "<Task pending>", value);
          show(cell, "t", "a\n1", value);
          return new Outcome.Done();
        };
    try (var terminal = new TerminalDriver(data, script)) {
      terminal.waitFor("In [1]: ");
      terminal.type("task\r");
      terminal.waitFor("Out[1]: <Task pending>\n");
      terminal.waitFor("Out[1]: \na\n1\n");
    }
  }
}
