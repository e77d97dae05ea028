package dev.brigade.repl.terminal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;

/// Shows text that is longer than the screen a page at a time.
final class Pager {
  private final Terminal terminal;
  private final Screen screen;

  Pager(Terminal terminal, Screen screen) {
    this.terminal = terminal;
    this.screen = screen;
  }

  /// Returns when the reader has left the text. What is printed meanwhile comes after it.
  void show(String text) {
    boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
    if (dumb || text.lines().count() < terminal.getRows()) {
      screen.line(text);
      return;
    }
    screen.drain();
    screen.hold(() -> page(text));
  }

  private void page(String text) {
    var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    var less = new Less(terminal, Path.of("").toAbsolutePath());
    try {
      less.run(new Source.InputStreamSource(bytes, true, "q leaves, space goes on"));
    } catch (IOException unreadable) {
      terminal.writer().println(text);
    } catch (InterruptedException left) {
      // Ctrl-C leaves as well.
    }
  }
}
