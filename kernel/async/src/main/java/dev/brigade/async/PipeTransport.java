package dev.brigade.async;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Writes a process's input on a thread beside the loop, so that a process that does not read
/// blocks nobody. The thread gets one piece at a time: what it does not have yet an abort still
/// takes back. Loop thread only, but for the thread's own loop.
final class PipeTransport implements Transport {
  private static final int PIECE = 16 * 1024;
  private static final byte[] END = new byte[0];

  private final EventLoop loop;
  private final OutputStream out;
  private final LinkedBlockingQueue<byte[]> handed = new LinkedBlockingQueue<>();
  private final WriteBuffer unsent =
      new WriteBuffer(() -> listener().pauseWriting(), () -> listener().resumeWriting());
  private Listener listener;
  private boolean writing;
  private boolean closing;
  // The end is certain: no more pieces are handed over.
  private boolean ending;
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
      while ((piece = handed.take()) != END) {
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
    if (ending) return;
    writing = false;
    unsent.sent(count);
    handOver();
  }

  private void handOver() {
    if (writing) return;
    if (!unsent.isEmpty()) {
      writing = true;
      handed.add(unsent.next(PIECE));
    } else if (closing) {
      end();
    }
  }

  private void end() {
    ending = true;
    handed.add(END);
  }

  private void lose(@Nullable Throwable error) {
    if (lost) return;
    lost = true;
    ending = true;
    closing = true;
    unsent.clear();
    listener.connectionLost(error);
  }

  @Override
  public void write(ByteBuffer data) {
    if (closing || !data.hasRemaining()) return;
    unsent.add(data);
    handOver();
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
    handOver();
  }

  /// The process sees the end of its input when it has read what the thread is writing just now.
  @Override
  public void abort() {
    if (ending) return;
    closing = true;
    unsent.clear();
    end();
    loop.callSoon(() -> lose(null));
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  @Override
  public WriteBuffer unsent() {
    return unsent;
  }

  @Override
  public void pauseReading() {}

  @Override
  public void resumeReading() {}

  @Override
  public void listener(Listener other) {
    listener = other;
  }

  private Listener listener() {
    return listener;
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
