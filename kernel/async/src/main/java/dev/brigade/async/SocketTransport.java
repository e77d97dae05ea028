package dev.brigade.async;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A connected socket, TCP or Unix-domain, on a loop's selector.
final class SocketTransport implements Transport {
  private final EventLoop loop;
  private final SocketChannel channel;
  private final @Nullable SocketAddress local;
  private final @Nullable SocketAddress remote;
  private Listener listener;
  private final WriteBuffer unsent =
      new WriteBuffer(() -> listener().pauseWriting(), () -> listener().resumeWriting());
  private boolean readingPaused;
  private boolean readingEnded;
  private boolean eofWanted;
  private boolean closing;
  // The end is certain, and the listener is about to hear of it.
  private boolean ending;
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
    loop.io().whenEnded(channel);
    loop.io().addReader(channel, transport::readable);
    return transport;
  }

  private void readable() {
    if (readingPaused || readingEnded || ending) return;
    ByteBuffer buffer = loop.io().buffer().clear();
    int count;
    try {
      count = channel.read(buffer);
    } catch (IOException e) {
      loseSoon(e);
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
    if (eofWanted) throw writtenAfterEof();
    if (ending || !data.hasRemaining()) return;
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
    unsent.add(data);
  }

  private MisuseError writtenAfterEof() {
    return new MisuseError(
        "write(...) after writeEof(), which told the other side, "
            + remote
            + ", that no more comes. Say that last."
            + "\n  wrong: writer.writeEof(); writer.write(data);"
            + "\n  right: writer.write(data); writer.writeEof();");
  }

  private void writable() {
    if (ending) return;
    try {
      unsent.sent(channel.write(unsent.next()));
    } catch (IOException e) {
      loseSoon(e);
      return;
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

  /// Through the loop, so that the caller has returned before it hears of the end. From now on
  /// nothing is sent or received.
  private void loseSoon(@Nullable Throwable error) {
    if (ending) return;
    ending = true;
    closing = true;
    unsent.clear();
    loop.io().removeReader(channel);
    loop.io().removeWriter(channel);
    loop.callSoon(() -> lose(error));
  }

  private void lose(@Nullable Throwable error) {
    if (lost) return;
    lost = true;
    ending = true;
    closing = true;
    loop.io().ended(channel);
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
  public WriteBuffer unsent() {
    return unsent;
  }

  @Override
  public void listener(Listener other) {
    listener = other;
  }

  private Listener listener() {
    return listener;
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
