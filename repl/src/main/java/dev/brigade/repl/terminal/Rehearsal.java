package dev.brigade.repl.terminal;

import dev.brigade.repl.run.SessionFactory;
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
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
      Math.ma\t\u0015
      undefined
      1 / 0
      List?
      q
      %lsmagic
      """;
  // Out of the pager, if there is one; whatever the line holds is cleared.
  private static final String LEAVE = "q\u0015\u0004";
  // A prompt that has taken one of them for something else gets another.
  private static final int FAREWELLS = 20;
  private static final long PAUSE_MILLIS = 1_000;

  private Rehearsal() {}

  /// Types, waits and leaves.
  public static void run(SessionFactory factory) throws IOException {
    Path data = Files.createTempDirectory("brigade-rehearsal");
    byte[] keys = (KEYS.replace('\n', '\r') + LEAVE).getBytes(StandardCharsets.UTF_8);
    try (var typist = new Typist(keys);
        Terminal terminal = terminal(typist);
        var screen = new Screen(terminal);
        Session session =
            factory.open(new SessionOptions(data.resolve("data"), List.of(), true), screen)) {
      new Prompt(terminal, session, screen, Palette.COLOR, data.resolve("data")).loop();
    } finally {
      delete(data);
    }
  }

  private static Terminal terminal(InputStream keys) throws IOException {
    Terminal terminal =
        TerminalBuilder.builder()
            .name("rehearsal")
            .system(false)
            .streams(keys, OutputStream.nullOutputStream())
            .type("xterm-256color")
            .size(Size.of(80, 24))
            .paused(true)
            .build();
    // Before the first key arrives: a terminal that edits lines itself would take the last of them
    // for the end of the input.
    terminal.enterRawMode();
    terminal.resume();
    return terminal;
  }

  /// Types everything at once, and stays until the prompt has gone: a terminal whose input ends is
  /// closed, whatever of it the prompt has not read yet.
  private static final class Typist extends InputStream {
    private final CountDownLatch gone = new CountDownLatch(1);
    private InputStream keys;
    private int farewells;

    private Typist(byte[] keys) {
      this.keys = new ByteArrayInputStream(keys);
    }

    @Override
    public int read() throws IOException {
      int key = keys.read();
      if (key >= 0) return key;
      try {
        boolean ends = gone.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        if (ends || farewells++ == FAREWELLS) return -1;
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      keys = new ByteArrayInputStream(LEAVE.getBytes(StandardCharsets.UTF_8));
      return keys.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int many = keys.read(buffer, offset, length);
      return many >= 0 ? many : read();
    }

    @Override
    public void close() {
      gone.countDown();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
