package dev.brigade.async;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A connected socket, TCP or Unix-domain, on a loop's selector.
final class SocketTransport implements Transport {
  // As asyncio's: above the first, writers are asked to wait; below the second they go on.
  private static final long HIGH = 64 * 1024;
  private static final long LOW = 16 * 1024;

  private final EventLoop loop;
  private final SocketChannel channel;
  private final @Nullable SocketAddress local;
  private final @Nullable SocketAddress remote;
  private Listener listener;
  private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
  private long unsentBytes;
  private boolean readingPaused;
  private boolean readingEnded;
  private boolean writingPaused;
  private boolean eofWanted;
  private boolean closing;
  private boolean lost;

  private SocketTransport(EventLoop loop, SocketChannel channel, Listener listener)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.listener = listener;
    this.local = channel.getLocalAddress();
    this.remote = channel.getRemoteAddress();
  }

  /// Takes a connected, non-blocking channel over, and starts to read.
  static SocketTransport start(EventLoop loop, SocketChannel channel, Listener listener)
      throws IOException {
    var transport = new SocketTransport(loop, channel, listener);
    loop.io().addReader(channel, transport::readable);
    return transport;
  }

  private void readable() {
    if (readingPaused || readingEnded || lost) return;
    ByteBuffer buffer = loop.io().buffer().clear();
    int count;
    try {
      count = channel.read(buffer);
    } catch (IOException e) {
      lose(e);
      return;
    }
    if (count > 0) {
      listener.dataReceived(buffer.flip());
    } else if (count < 0) {
      readingEnded = true;
      loop.io().removeReader(channel);
      if (!listener.eofReceived()) close();
    }
  }

  @Override
  public void write(ByteBuffer data) {
    if (eofWanted) throw new MisuseError("writeEof() was called: nothing can be written after it");
    if (lost || !data.hasRemaining()) return;
    if (unsent.isEmpty()) {
      try {
        channel.write(data);
      } catch (IOException e) {
        loseSoon(e);
        return;
      }
      if (!data.hasRemaining()) return;
      loop.io().addWriter(channel, this::writable);
    }
    var rest = ByteBuffer.allocate(data.remaining()).put(data).flip();
    unsent.add(rest);
    unsentBytes += rest.remaining();
    if (!writingPaused && unsentBytes > HIGH) {
      writingPaused = true;
      listener.pauseWriting();
    }
  }

  private void writable() {
    if (lost) return;
    try {
      unsentBytes -= channel.write(unsent.toArray(ByteBuffer[]::new));
    } catch (IOException e) {
      lose(e);
      return;
    }
    while (!unsent.isEmpty() && !unsent.peek().hasRemaining()) unsent.remove();
    if (writingPaused && unsentBytes <= LOW) {
      writingPaused = false;
      listener.resumeWriting();
    }
    if (!unsent.isEmpty()) return;
    loop.io().removeWriter(channel);
    if (closing) lose(null);
    else if (eofWanted) shutDownOutput();
  }

  @Override
  public void writeEof() {
    if (eofWanted || closing) return;
    eofWanted = true;
    if (unsent.isEmpty()) shutDownOutput();
  }

  private void shutDownOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      loseSoon(e);
    }
  }

  @Override
  public boolean canWriteEof() {
    return true;
  }

  @Override
  public void close() {
    if (closing) return;
    closing = true;
    loop.io().removeReader(channel);
    if (unsent.isEmpty()) loseSoon(null);
  }

  @Override
  public void abort() {
    loseSoon(null);
  }

  /// Through the loop, so that the caller has returned before it hears of the end.
  private void loseSoon(@Nullable Throwable error) {
    closing = true;
    loop.callSoon(() -> lose(error));
  }

  private void lose(@Nullable Throwable error) {
    if (lost) return;
    lost = true;
    closing = true;
    unsent.clear();
    try {
      loop.io().close(channel);
    } catch (IOException _) {
      // The connection is over either way.
    }
    listener.connectionLost(error);
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  @Override
  public void pauseReading() {
    if (readingPaused || readingEnded || closing) return;
    readingPaused = true;
    loop.io().removeReader(channel);
  }

  @Override
  public void resumeReading() {
    if (!readingPaused || readingEnded || closing) return;
    readingPaused = false;
    loop.io().addReader(channel, this::readable);
  }

  @Override
  public void listener(Listener other) {
    listener = other;
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    return local;
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return remote;
  }
}
