package dev.brigade.jupyter.protocol;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a generator writes. Long texts are kept as they are given, and copied once, where a buffer
/// that grows would copy them five times.
final class JsonBytes extends OutputStream {
  private final List<byte[]> pieces = new ArrayList<>();
  private final ByteArrayOutputStream current = new ByteArrayOutputStream(256);
  private byte @Nullable [] expected;

  /// The next write of this array may keep it: nobody changes it.
  void expect(byte[] text) {
    expected = text;
  }

  @Override
  public void write(int one) {
    current.write(one);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (bytes != expected || length != bytes.length) {
      current.write(bytes, offset, length);
      return;
    }
    cut();
    pieces.add(bytes);
    expected = null;
  }

  private void cut() {
    pieces.add(current.toByteArray());
    current.reset();
  }

  /// All that was written.
  byte[] toByteArray() {
    if (pieces.isEmpty()) return current.toByteArray();
    cut();
    byte[] all =
        new byte[pieces.stream().mapToInt(piece -> piece.length).reduce(0, Math::addExact)];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }
}
