package dev.brigade.repl.terminal;

import dev.brigade.repl.run.SessionFactory;
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The prompt used by nobody, on a pseudo-terminal: does once what most sessions do, so that the
/// start-up cache holds it.
public final class Rehearsal {
  private static final String KEYS =
      """
      1 + 1
      int add(int a, int b) { return a + b; }
      record Point(int x, int y) {}
      System.out.println(add(20, 22) + " " + new Point(1, 2))
      Coroutine<Integer> fetch(int n) { return async(() -> { await(sleep(0.001)); return n; }); }
      await(gather(createTask(fetch(1)), createTask(fetch(2))))
      run(fetch(3))
      List.of(3, 1, 2).stream().sorted().map(i -> "n" + i).collect(Collectors.joining(","))
      for (int i = 0; i < 3; i++) {
      IO.println(i);
      }
      Math.ma\t(1, 2)
      undefined
      1 / 0
      List?
      %lsmagic
      """;
  private static final String LEAVE = "\u0004";

  private Rehearsal() {}

  /// Types, waits and leaves.
  public static void run(SessionFactory factory) throws IOException {
    Path data = Files.createTempDirectory("brigade-rehearsal");
    byte[] keys = (KEYS.replace('\n', '\r') + LEAVE).getBytes(StandardCharsets.UTF_8);
    try (Terminal terminal = terminal(new ByteArrayInputStream(keys));
        var screen = new Screen(terminal);
        Session session =
            factory.open(new SessionOptions(data.resolve("data"), List.of(), true), screen)) {
      new Prompt(terminal, session, screen, Palette.COLOR, data.resolve("data")).loop();
    } finally {
      delete(data);
    }
  }

  private static Terminal terminal(InputStream keys) throws IOException {
    return TerminalBuilder.builder()
        .name("rehearsal")
        .system(false)
        .streams(keys, OutputStream.nullOutputStream())
        .type("xterm-256color")
        .build();
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
