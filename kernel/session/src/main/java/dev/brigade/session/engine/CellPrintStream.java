package dev.brigade.session.engine;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `System.out` or `System.err` of a session: the text of one print call goes out whole.
final class CellPrintStream extends PrintStream {
  private final Consumer<String> text;
  // Bytes that are written one by one or in odd pieces; guarded by this.
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] rest = new byte[0];

  CellPrintStream(Consumer<String> text) {
    super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    this.text = text;
  }

  private void put(String piece) {
    if (!piece.isEmpty()) text.accept(piece);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void writeBytes(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    put(decode(bytes, offset, length));
  }

  private synchronized String decode(byte[] bytes, int offset, int length) {
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(rest);
    joined.write(bytes, offset, length);
    ByteBuffer in = ByteBuffer.wrap(joined.toByteArray());
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    decoder.reset().decode(in, out, false);
    rest = new byte[in.remaining()];
    in.get(rest);
    return out.flip().toString();
  }

  @Override
  public void print(@Nullable String s) {
    put(String.valueOf(s));
  }

  @Override
  public void print(@Nullable Object o) {
    put(String.valueOf(o));
  }

  @Override
  public void print(boolean b) {
    put(String.valueOf(b));
  }

  @Override
  public void print(char c) {
    put(String.valueOf(c));
  }

  @Override
  public void print(int i) {
    put(String.valueOf(i));
  }

  @Override
  public void print(long l) {
    put(String.valueOf(l));
  }

  @Override
  public void print(float f) {
    put(String.valueOf(f));
  }

  @Override
  public void print(double d) {
    put(String.valueOf(d));
  }

  @Override
  public void print(char[] s) {
    put(String.valueOf(s));
  }

  @Override
  public void println() {
    put("\n");
  }

  @Override
  public void println(@Nullable String s) {
    put(s + "\n");
  }

  @Override
  public void println(@Nullable Object o) {
    put(o + "\n");
  }

  @Override
  public void println(boolean b) {
    put(b + "\n");
  }

  @Override
  public void println(char c) {
    put(c + "\n");
  }

  @Override
  public void println(int i) {
    put(i + "\n");
  }

  @Override
  public void println(long l) {
    put(l + "\n");
  }

  @Override
  public void println(float f) {
    put(f + "\n");
  }

  @Override
  public void println(double d) {
    put(d + "\n");
  }

  @Override
  public void println(char[] s) {
    put(String.valueOf(s) + "\n");
  }

  @Override
  public PrintStream format(String format, @Nullable Object... arguments) {
    put(String.format(format, arguments));
    return this;
  }

  @Override
  public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... arguments) {
    put(String.format(locale, format, arguments));
    return this;
  }

  @Override
  public PrintStream printf(String format, @Nullable Object... arguments) {
    return format(format, arguments);
  }

  @Override
  public PrintStream printf(@Nullable Locale locale, String format, @Nullable Object... arguments) {
    return format(locale, format, arguments);
  }

  @Override
  public PrintStream append(@Nullable CharSequence s) {
    put(String.valueOf(s));
    return this;
  }

  @Override
  public PrintStream append(@Nullable CharSequence s, int start, int end) {
    put(String.valueOf(s).substring(start, end));
    return this;
  }

  @Override
  public PrintStream append(char c) {
    print(c);
    return this;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
