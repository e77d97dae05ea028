package dev.brigade.async;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bytes as they come from a connection or a process. Python: `asyncio.StreamReader`.
///
/// One coroutine reads at a time. A reader that nobody reads from makes the other side wait: above
/// twice the limit no more is taken in. For the loop's thread of control.
public final class StreamReader {
  /// How far [#readUntil] and [#readLine] look, unless said otherwise: 64 KiB.
  public static final int DEFAULT_LIMIT = 64 * 1024;

  private final EventLoop loop;
  private final int limit;
  private byte[] bytes = new byte[1024];
  private int start;
  private int end;
  private boolean eof;
  private @Nullable Throwable error;
  private @Nullable Promise<Boolean> waiter;
  private @Nullable Tap transport;
  private boolean paused;

  /// A reader to be fed by [#feed] and [#feedEof], for example in a test.
  public StreamReader(int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("a reader's limit is more than 0 bytes, not " + limit);
    }
    this.loop = Running.requireLoop("new StreamReader(...)");
    this.limit = limit;
  }

  void transport(Tap source) {
    transport = source;
  }

  // --- the feeding side

  /// Bytes have come.
  public void feed(byte[] data) {
    feed(ByteBuffer.wrap(data));
  }

  void feed(ByteBuffer data) {
    int count = data.remaining();
    if (count == 0) return;
    room(count);
    data.get(bytes, end, count);
    end += count;
    wake();
    if (transport != null && !paused && end - start > 2L * limit) {
      paused = true;
      transport.pauseReading();
    }
  }

  private void room(int count) {
    if (bytes.length - end >= count) return;
    int held = end - start;
    byte[] target =
        held + count <= bytes.length
            ? bytes
            : new byte[Math.max(held + count, (int) Math.min(2L * bytes.length, 1 << 30))];
    System.arraycopy(bytes, start, target, 0, held);
    bytes = target;
    start = 0;
    end = held;
  }

  /// No more bytes will come.
  public void feedEof() {
    eof = true;
    wake();
  }

  /// Reading fails from now on, also of what has come.
  public void setError(Throwable broken) {
    error = broken;
    wake();
  }

  /// What broke it, or null.
  public @Nullable Throwable error() {
    return error;
  }

  private void wake() {
    Promise<Boolean> waiting = waiter;
    waiter = null;
    if (waiting != null && !waiting.isDone()) waiting.setResult(true);
  }

  // --- the reading side

  /// Reads some bytes: at least one and at most so many; none at the end of the stream.
  public Coroutine<byte[]> read(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("read(n) reads up to n bytes, and n is " + most);
    }
    return Coroutines.of("StreamReader.read", () -> readSome(most));
  }

  private byte[] readSome(int most) {
    throwError();
    if (most == 0) return new byte[0];
    if (start == end && !eof) awaitData("read");
    return take(Math.min(most, end - start));
  }

  /// Reads to the end of the stream.
  public Coroutine<byte[]> readAll() {
    return Coroutines.of(
        "StreamReader.readAll",
        () -> {
          throwError();
          var all = new java.io.ByteArrayOutputStream();
          while (true) {
            byte[] some = readSome(limit);
            if (some.length == 0) return all.toByteArray();
            all.writeBytes(some);
          }
        });
  }

  /// Reads exactly so many bytes.
  ///
  /// @throws IncompleteReadError the stream ended before; it holds what came
  public Coroutine<byte[]> readExactly(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("readExactly(n) needs n of 0 or more, not " + count);
    }
    return Coroutines.of(
        "StreamReader.readExactly",
        () -> {
          throwError();
          while (end - start < count) {
            if (eof) throw new IncompleteReadError(take(end - start), count);
            awaitData("readExactly");
          }
          return take(count);
        });
  }

  /// Reads up to a separator, which is part of what it gives.
  ///
  /// @throws IncompleteReadError the stream ended before
  /// @throws LimitOverrunError it did not come within the limit; the bytes stay
  public Coroutine<byte[]> readUntil(byte[]... separators) {
    List<byte[]> all = requireSeparators(separators);
    return Coroutines.of("StreamReader.readUntil", () -> until(all, "readUntil"));
  }

  /// As [#readUntil(byte[]...)] with text, in UTF-8.
  public Coroutine<byte[]> readUntil(String separator) {
    return readUntil(separator.getBytes(StandardCharsets.UTF_8));
  }

  private static List<byte[]> requireSeparators(byte[]... separators) {
    if (separators.length == 0) {
      throw new IllegalArgumentException("readUntil(...) needs at least one separator");
    }
    for (byte[] separator : separators) {
      if (separator.length == 0) {
        throw new IllegalArgumentException("a separator has at least one byte");
      }
    }
    return Arrays.stream(separators).map(byte[]::clone).toList();
  }

  /// Reads a line and gives it without its line end (`\n` or `\r\n`), in UTF-8; null at the end of
  /// the stream. A last line without an end counts.
  ///
  /// Python's `readline` keeps the line end; [#readUntil] does here.
  ///
  /// @throws LimitOverrunError the line is longer than the limit; its bytes are dropped, so that
  ///     the next call goes on behind them
  public Coroutine<String> readLine() {
    return Coroutines.of("StreamReader.readLine", () -> Task.nullable(line()));
  }

  private static final List<byte[]> NEWLINE = List.of(new byte[] {'\n'});

  private @Nullable String line() {
    byte[] line;
    try {
      line = until(NEWLINE, "readLine");
    } catch (IncompleteReadError e) {
      line = e.partial();
      if (line.length == 0) return null;
    } catch (LimitOverrunError e) {
      drop(e.consumed());
      throw e;
    }
    int length = line.length;
    if (length > 0 && line[length - 1] == '\n') length--;
    if (length > 0 && length < line.length && line[length - 1] == '\r') length--;
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  /// As CPython: a line that is too long is skipped up to its end if that has come, else wholly.
  private void drop(int consumed) {
    int from = start + consumed;
    if (from < end && bytes[from] == '\n') take(consumed + 1);
    else take(end - start);
  }

  private byte[] until(List<byte[]> separators, String what) {
    throwError();
    int shortest = separators.stream().mapToInt(s -> s.length).min().orElse(1);
    int longest = separators.stream().mapToInt(s -> s.length).max().orElse(1);
    int searched = 0;
    while (true) {
      int held = end - start;
      if (held - searched >= shortest) {
        int[] match = firstMatch(separators, searched);
        if (match != null) {
          if (match[0] > limit) throw overrun("is found, but", match[0]);
          return take(match[0] + match[1]);
        }
        // The beginning of a separator may stand at the end.
        searched = Math.max(0, held + 1 - longest);
        if (searched > limit) throw overrun("is not found, and", searched);
      }
      if (eof) throw new IncompleteReadError(take(held), null);
      awaitData(what);
    }
  }

  /// The match that ends first: of one that is part of another the shorter.
  private int @Nullable [] firstMatch(List<byte[]> separators, int from) {
    int[] best = null;
    for (byte[] separator : separators) {
      int at = indexOf(separator, from);
      if (at < 0) continue;
      boolean better =
          best == null
              || at + separator.length < best[0] + best[1]
              || at + separator.length == best[0] + best[1] && at < best[0];
      if (better) best = new int[] {at, separator.length};
    }
    return best;
  }

  private int indexOf(byte[] separator, int from) {
    int last = end - separator.length;
    search:
    for (int i = start + from; i <= last; i++) {
      for (int k = 0; k < separator.length; k++) {
        if (bytes[i + k] != separator[k]) continue search;
      }
      return i - start;
    }
    return -1;
  }

  private LimitOverrunError overrun(String how, int consumed) {
    return new LimitOverrunError(
        "the separator "
            + how
            + " the chunk before it is longer than the reader's limit of "
            + limit
            + " bytes. Read with read(n), or give a larger limit.",
        consumed);
  }

  private byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
    start += count;
    if (start == end) start = end = 0;
    if (paused && transport != null && end - start <= limit) {
      paused = false;
      transport.resumeReading();
    }
    return taken;
  }

  private void awaitData(String what) {
    if (waiter != null) {
      throw new MisuseError(
          what
              + "() was called while another coroutine already waits for data of this reader. One"
              + " coroutine reads; others can wait for what it passes on, for example by a queue: "
              + this
              + "\n  wrong: gather(reader.readLine(), reader.readLine())"
              + "\n  right: await(reader.readLine()); await(reader.readLine());");
    }
    // A reader that is full would wait for ever for room it holds itself.
    if (paused && transport != null) {
      paused = false;
      transport.resumeReading();
    }
    Promise<Boolean> mine = new ComposedPromise<>(loop, "read");
    waiter = mine;
    try {
      Awaiting.promise(mine);
    } finally {
      if (waiter == mine) waiter = null;
    }
    throwError();
  }

  private void throwError() {
    if (error != null) throw Throwing.asIs(error);
  }

  /// Whether the stream has ended and all of it was read.
  public boolean atEof() {
    return eof && start == end;
  }

  @Override
  public String toString() {
    return "<StreamReader "
        + (end - start)
        + " bytes"
        + (eof ? " eof" : "")
        + (limit == DEFAULT_LIMIT ? "" : " limit=" + limit)
        + (error == null ? "" : " error=" + error)
        + (paused ? " paused" : "")
        + ">";
  }
}
