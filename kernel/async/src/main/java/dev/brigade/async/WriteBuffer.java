package dev.brigade.async;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// What a transport took and has not sent, and whether its writers are to wait. Loop thread only.
/// Python: the write buffer of asyncio's transports.
final class WriteBuffer {
  // The system takes no more pieces at once than about that.
  private static final int MOST_PIECES = 1024;

  private final ArrayDeque<ByteBuffer> pieces = new ArrayDeque<>();
  private final Runnable pause;
  private final Runnable resume;
  private WriteLimits limits = WriteLimits.defaults();
  private long size;
  private boolean paused;

  /// @param pause says that too much waits
  /// @param resume says that enough of it was sent
  WriteBuffer(Runnable pause, Runnable resume) {
    this.pause = pause;
    this.resume = resume;
  }

  /// Keeps a copy of the bytes.
  void add(ByteBuffer data) {
    size += data.remaining();
    pieces.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
    pauseIfFull();
  }

  /// What is to be sent next, for a channel that moves the buffers' positions on.
  ByteBuffer[] next() {
    if (pieces.size() <= MOST_PIECES) return pieces.toArray(ByteBuffer[]::new);
    return pieces.stream().limit(MOST_PIECES).toArray(ByteBuffer[]::new);
  }

  /// What is to be sent next, as a copy; it counts until it is said to be [#sent].
  byte[] next(int most) {
    ByteBuffer first = pieces.element();
    byte[] piece = new byte[Math.min(most, first.remaining())];
    first.get(piece);
    return piece;
  }

  void sent(long count) {
    size -= count;
    while (!pieces.isEmpty() && !pieces.peek().hasRemaining()) pieces.remove();
    if (!paused || size > limits.low()) return;
    paused = false;
    resume.run();
  }

  /// Forgets all of it. Who waits is told by the end of the connection.
  void clear() {
    pieces.clear();
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// How many bytes are unsent.
  long size() {
    return size;
  }

  WriteLimits limits() {
    return limits;
  }

  /// As in asyncio lower marks make writers wait at once, and higher ones let nobody go on before
  /// the next bytes are sent.
  void limits(WriteLimits marks) {
    limits = marks;
    pauseIfFull();
  }

  private void pauseIfFull() {
    if (paused || size <= limits.high()) return;
    paused = true;
    pause.run();
  }
}
