package dev.brigade.session.engine;

import dev.brigade.async.Origin;
import dev.brigade.session.LineInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `System.in` of a session: asks the front end of the running cell for one line at a time.
final class Stdin extends InputStream {
  // Of the cells that run and may ask; guarded by itself.
  private final LinkedHashMap<Origin, LineInput> inputs = new LinkedHashMap<>();
  // Guarded by this.
  private byte[] line = new byte[0];
  private int at;

  /// A cell begins.
  void connect(Origin cell, @Nullable LineInput next) {
    synchronized (inputs) {
      if (next != null) inputs.put(cell, next);
    }
    forget();
  }

  /// A cell has ended.
  void disconnect(Origin cell) {
    synchronized (inputs) {
      inputs.remove(cell);
    }
    forget();
  }

  /// Of the cell whose work asks; whoever has no cell asks the newest.
  private @Nullable LineInput input() {
    Origin asks = Origin.current();
    synchronized (inputs) {
      if (asks != null) return inputs.get(asks);
      Map.Entry<Origin, LineInput> newest = inputs.lastEntry();
      return newest == null ? null : newest.getValue();
    }
  }

  private synchronized void forget() {
    line = new byte[0];
    at = 0;
  }

  /// Reads a line with a prompt.
  ///
  /// @return null at the end of input
  @Nullable String readLine(String prompt) throws IOException {
    return ask(input -> input.readLine(prompt, false));
  }

  /// As [#readLine(String)], where one of some keys is an answer by itself.
  @Nullable String readKey(String prompt, String keys) throws IOException {
    return ask(input -> input.readKey(prompt, keys));
  }

  /// A question to the front end.
  @FunctionalInterface
  private interface Question {
    @Nullable String ask(LineInput input) throws IOException, InterruptedException;
  }

  private @Nullable String ask(Question question) throws IOException {
    LineInput now = input();
    if (now == null) {
      throw new IOException(
          "this cell cannot ask for input: its front end does not allow it. Give the value in the"
              + " code instead.");
    }
    try {
      return question.ask(now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while waiting for input");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (at == line.length) {
      String text = readLine("");
      if (text == null) return -1;
      line = (text + "\n").getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, into, offset, count);
    at += count;
    return count;
  }

  @Override
  public synchronized int available() {
    return line.length - at;
  }
}
