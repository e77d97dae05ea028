package dev.brigade.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void everyLineIsTypedAndNothingIsLeft() throws IOException {
    var session = new AtomicReference<Session>();
    var data = new AtomicReference<Path>();
    Rehearsal.run(
        (options, listener) -> {
          session.set(Session.open(options, listener));
          data.set(options.dataDirectory());
          return session.get();
        });

    List<String> typed =
        session.get().history().tail(20).stream().map(entry -> entry.input()).toList();
    assertThat(typed).startsWith("1 + 1").contains("undefined", "1 / 0").endsWith("%lsmagic");
    assertThat(Files.exists(data.get().getParent())).isFalse();
  }
}
