package dev.brigade.repl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program of this build in a pseudo-terminal, made by util-linux's `script`.
final class PseudoTerminal implements AutoCloseable {
  static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  /// Guarded by `shown`.
  private int seen;

  /// Guarded by `shown`.
  private boolean ended;

  PseudoTerminal(List<String> arguments, Map<String, String> environment) throws IOException {
    String command = String.join(" ", java()) + " " + String.join(" ", arguments);
    String sized = "stty cols 100 rows 30; exec " + command;
    var builder = new ProcessBuilder(SCRIPT.toString(), "-qec", sized, "/dev/null");
    builder.redirectErrorStream(true).environment().putAll(environment);
    process = builder.start();
    Thread.ofPlatform().daemon().start(this::read);
  }

  /// The command line that the launcher script would make.
  static List<String> java() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path flags = Path.of(System.getProperty("brigade.root"), "repl/src/main/dist/jvm.flags");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "@" + flags,
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath,
        "dev.brigade.repl.Main");
  }

  static boolean isThere() {
    return Files.isExecutable(SCRIPT);
  }

  void type(String keys) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write(keys.getBytes(UTF_8));
    in.flush();
  }

  /// Waits until text is on the screen, after what was waited for before.
  void waitFor(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (shown) {
      while (true) {
        int found = text().indexOf(text, seen);
        if (found >= 0) {
          seen = found + text.length();
          return;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (ended || left <= 0) {
          throw new AssertionError("`" + text + "` was not shown; shown was:\n" + text());
        }
        shown.wait(left);
      }
    }
  }

  /// All that was shown, without control sequences.
  String text() {
    synchronized (shown) {
      return shown.toString(UTF_8).replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|\u001b[=>]|\r", "");
    }
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running; shown was:\n" + text());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void read() {
    try (InputStream out = process.getInputStream()) {
      byte[] buffer = new byte[4096];
      int count = out.read(buffer);
      while (count >= 0) {
        synchronized (shown) {
          shown.write(buffer, 0, count);
          shown.notifyAll();
        }
        count = out.read(buffer);
      }
    } catch (IOException closed) {
      // The terminal is gone: nothing more will be shown.
    }
    synchronized (shown) {
      ended = true;
      shown.notifyAll();
    }
  }
}
