package dev.brigade.async;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Writes a process's input on a thread beside the loop, so that a process that does not read
/// blocks nobody. Loop thread only, but for the thread's own loop.
final class PipeTransport implements Transport {
  private static final long HIGH = 64 * 1024;
  private static final long LOW = 16 * 1024;
  private static final byte[] END = new byte[0];

  private final EventLoop loop;
  private final OutputStream out;
  private final LinkedBlockingQueue<byte[]> unsent = new LinkedBlockingQueue<>();
  private Listener listener;
  private long unsentBytes;
  private boolean writingPaused;
  private boolean closing;
  private boolean lost;

  private PipeTransport(EventLoop loop, OutputStream out, Listener listener) {
    this.loop = loop;
    this.out = out;
    this.listener = listener;
  }

  static PipeTransport start(EventLoop loop, OutputStream out, Listener listener, String name) {
    var transport = new PipeTransport(loop, out, listener);
    Thread.ofPlatform().name(name).daemon().start(transport::pump);
    return transport;
  }

  private void pump() {
    IOException error = null;
    try (out) {
      byte[] piece;
      while ((piece = unsent.take()) != END) {
        out.write(piece);
        out.flush();
        int count = piece.length;
        loop.callSoonThreadsafe(() -> sent(count));
      }
    } catch (IOException e) {
      error = e;
    } catch (InterruptedException _) {
      // As if closed: nobody else knows of this thread.
    }
    IOException end = error;
    loop.callSoonThreadsafe(() -> lose(end));
  }

  private void sent(int count) {
    unsentBytes -= count;
    if (!writingPaused || unsentBytes > LOW) return;
    writingPaused = false;
    listener.resumeWriting();
  }

  private void lose(@Nullable Throwable error) {
    if (lost) return;
    lost = true;
    closing = true;
    listener.connectionLost(error);
  }

  @Override
  public void write(ByteBuffer data) {
    if (closing || !data.hasRemaining()) return;
    byte[] piece = new byte[data.remaining()];
    data.get(piece);
    unsent.add(piece);
    unsentBytes += piece.length;
    if (!writingPaused && unsentBytes > HIGH) {
      writingPaused = true;
      listener.pauseWriting();
    }
  }

  /// The end of a process's input is the end of the pipe.
  @Override
  public void writeEof() {
    close();
  }

  @Override
  public boolean canWriteEof() {
    return true;
  }

  @Override
  public void close() {
    if (closing) return;
    closing = true;
    unsent.add(END);
  }

  @Override
  public void abort() {
    unsent.clear();
    close();
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  @Override
  public void pauseReading() {}

  @Override
  public void resumeReading() {}

  @Override
  public void listener(Listener other) {
    listener = other;
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    return null;
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return null;
  }
}
