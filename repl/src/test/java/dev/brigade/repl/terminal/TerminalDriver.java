package dev.brigade.repl.terminal;

import dev.brigade.repl.FakeSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.DumbTerminal;

/// A prompt on byte streams: a test types and waits for what the screen shows.
final class TerminalDriver implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  final FakeSession session;
  private final Keys keys = new Keys();
  private final Shown shown = new Shown();
  private final DumbTerminal terminal;
  private final Screen screen;
  private final CompletableFuture<Void> left;

  TerminalDriver(Path data, FakeSession.Script script) throws IOException {
    terminal = new DumbTerminal("test", "ansi", keys, shown, StandardCharsets.UTF_8);
    terminal.setSize(Size.of(100, 40));
    Attributes attributes = terminal.getAttributes();
    attributes.setControlChar(Attributes.ControlChar.VEOF, 4);
    terminal.setAttributes(attributes);
    screen = new Screen(terminal);
    session = new FakeSession(screen, script);
    var prompt = new Prompt(terminal, session, screen, Palette.PLAIN, data);
    left = CompletableFuture.runAsync(prompt::loop, task -> new Thread(task, "prompt").start());
  }

  void type(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) keys.typed.add(b & 0xff);
  }

  /// Ctrl-C while no line is read.
  void pressCtrlC() {
    terminal.raise(Signal.INT);
  }

  /// Waits until text is on the screen, after what was waited for before.
  void waitFor(String text) throws InterruptedException {
    shown.waitFor(text);
  }

  /// Waits until the prompt has ended.
  void waitUntilLeft() throws Exception {
    left.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  Screen screen() {
    return screen;
  }

  /// All that was written, without control sequences.
  String text() {
    return shown.plain();
  }

  @Override
  public void close() throws IOException {
    keys.typed.add(-1);
    session.close();
    left.join();
    screen.close();
    terminal.close();
  }

  private static final class Keys extends InputStream {
    private final LinkedBlockingQueue<Integer> typed = new LinkedBlockingQueue<>();

    @Override
    public int read() throws IOException {
      try {
        return typed.take();
      } catch (InterruptedException stopped) {
        throw new java.io.InterruptedIOException();
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) return 0;
      int key = read();
      if (key < 0) return -1;
      buffer[offset] = (byte) key;
      return 1;
    }

    @Override
    public int available() {
      return typed.size();
    }
  }

  private static final class Shown extends ByteArrayOutputStream {
    private int seen;

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      notifyAll();
    }

    @Override
    public synchronized void write(int b) {
      super.write(b);
      notifyAll();
    }

    synchronized String plain() {
      return toString(StandardCharsets.UTF_8)
          .replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|\u001b[=>]|\r", "");
    }

    synchronized void waitFor(String text) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (true) {
        int found = plain().indexOf(text, seen);
        if (found >= 0) {
          seen = found + text.length();
          return;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("`" + text + "` was not shown; shown was:\n" + plain());
        }
        wait(left);
      }
    }
  }
}
