package dev.brigade.session.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of a file from its last to its first, read in blocks from its end: who stops early has
/// read no more than that. One thread.
///
/// A line ends with `\n`. What follows the last one is a line that nobody has finished, and is left
/// out.
final class LinesBackwards {
  static final int BLOCK = 1 << 16;

  /// Reads bytes of the file, as [java.nio.channels.FileChannel#read(ByteBuffer, long)] does.
  @FunctionalInterface
  interface Bytes {
    int read(ByteBuffer into, long position) throws IOException;
  }

  /// Where a line is.
  ///
  /// @param start of its first byte
  /// @param end of the `\n` behind it
  record Line(long start, long end) {
    /// In bytes, with its end.
    long length() {
      return end + 1 - start;
    }
  }

  private final Bytes bytes;
  private final byte[] block = new byte[BLOCK];
  private long blockStart;
  private int blockLength;
  // Where the `\n` of the line that comes next is, or -1.
  private long next;

  /// @param size how much of the file there is
  LinesBackwards(Bytes bytes, long size) throws IOException {
    this.bytes = bytes;
    blockStart = size;
    next = breakBefore(size);
  }

  /// How many bytes of the file the lines not given yet have: before the first call of
  /// [#previous()] all that are finished.
  long left() {
    return next + 1;
  }

  /// The line before the one given last, or null.
  @Nullable Line previous() throws IOException {
    if (next < 0) return null;
    long end = next;
    next = breakBefore(end);
    return new Line(next + 1, end);
  }

  private long breakBefore(long position) throws IOException {
    long before = position;
    while (before > 0) {
      if (before <= blockStart) load(before);
      for (int i = (int) (before - blockStart) - 1; i >= 0; i--) {
        if (block[i] == '\n') return blockStart + i;
      }
      before = blockStart;
    }
    return -1;
  }

  private void load(long end) throws IOException {
    blockStart = Math.max(0, end - BLOCK);
    blockLength = (int) (end - blockStart);
    // A file that was cut meanwhile: what is missing was a line not finished.
    Arrays.fill(block, (byte) 0);
    read(block, blockLength, blockStart);
  }

  private void read(byte[] into, int length, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
    while (buffer.hasRemaining()) {
      if (bytes.read(buffer, position + buffer.position()) < 0) return;
    }
  }

  /// The text of a line, of which it reads so many bytes at most. What is not UTF-8 is replaced.
  String text(Line line, int most) throws IOException {
    int length = (int) Math.min(most, line.end() - line.start());
    if (line.start() >= blockStart && line.start() + length <= blockStart + blockLength) {
      int from = (int) (line.start() - blockStart);
      return new String(block, from, length, StandardCharsets.UTF_8);
    }
    byte[] own = new byte[length];
    read(own, length, line.start());
    return new String(own, StandardCharsets.UTF_8);
  }
}
