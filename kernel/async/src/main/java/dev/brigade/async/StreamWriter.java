package dev.brigade.async;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Sends bytes over a connection or to a process. Python: `asyncio.StreamWriter`.
///
/// `write` never waits: what the other side does not take yet is kept. Await [#drain()] after
/// writing, so that a slow reader makes the writer wait and memory does not fill up. For the loop's
/// thread of control.
public final class StreamWriter implements AutoCloseable {
  private final StreamProtocol protocol;
  private final @Nullable StreamReader reader;
  private Transport transport;

  StreamWriter(Transport transport, StreamProtocol protocol, @Nullable StreamReader reader) {
    this.transport = transport;
    this.protocol = protocol;
    this.reader = reader;
  }

  /// Sends bytes, or keeps them until they can be sent.
  public void write(byte[] bytes) {
    write(ByteBuffer.wrap(bytes));
  }

  /// Sends the rest of a buffer. The buffer may be reused at once.
  public void write(ByteBuffer bytes) {
    transport.write(bytes);
  }

  /// Sends text, in UTF-8.
  public void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends several pieces. Python: `writelines`.
  public void writeLines(List<byte[]> pieces) {
    for (byte[] piece : pieces) write(piece);
  }

  /// Waits until enough of what was written is sent: above 64 KiB it waits for 16 KiB or less, or
  /// by other [WriteLimits]. Throws what broke the connection, and a [java.net.SocketException] if
  /// it was lost before; where this end closes or aborts it while a drain waits, that drain just
  /// ends, as in CPython.
  public Coroutine<Void> drain() {
    return Coroutines.of("StreamWriter.drain", this::awaitDrain);
  }

  private void awaitDrain() throws Exception {
    Throwable broken = reader == null ? null : reader.error();
    if (broken != null) throw Throwing.asIs(broken);
    // The loop must get a turn to notice that the connection is lost, or a loop of write and drain
    // would never see it.
    if (transport.isClosing()) Awaiting.sleep(0);
    protocol.drain();
  }

  /// Tells the other side that no more comes; reading goes on.
  public void writeEof() {
    transport.writeEof();
  }

  /// Whether [#writeEof()] works: not over TLS.
  public boolean canWriteEof() {
    return transport.canWriteEof();
  }

  /// Sends what waits and ends the connection, without waiting for that: see [#waitClosed()].
  @Override
  public void close() {
    transport.close();
  }

  /// Ends the connection at once; what waits to be sent is lost. The reader comes to its end.
  /// Python: `writer.transport.abort()`.
  public void abort() {
    transport.abort();
  }

  /// Whether it was closed or aborted, or the connection is over. That the other side sends no more
  /// does not count: it may still read.
  public boolean isClosing() {
    return transport.isClosing();
  }

  /// How many bytes were written and are not sent yet. Python:
  /// `writer.transport.get_write_buffer_size()`.
  public long unsentBytes() {
    return transport.unsent().size();
  }

  /// How many unsent bytes make [#drain()] wait. Python:
  /// `writer.transport.get_write_buffer_limits()`, which gives the low mark first.
  public WriteLimits writeLimits() {
    return transport.unsent().limits();
  }

  /// Changes how many unsent bytes make [#drain()] wait. Who waits already goes on when the next
  /// bytes are sent, at the earliest. Python: `writer.transport.set_write_buffer_limits(...)`.
  public void writeLimits(WriteLimits limits) {
    transport.unsent().limits(limits);
  }

  /// Waits until the connection is over. Throws what broke it.
  public Coroutine<Void> waitClosed() {
    return Coroutines.of(
        "StreamWriter.waitClosed",
        () -> {
          Awaiting.promise(protocol.closed());
        });
  }

  /// Turns the connection into one over TLS. If that fails, takes longer than 60 s, or is
  /// cancelled, the connection is over.
  ///
  /// @param server whether this end is the server's
  /// @param host the server's name, which its certificate must bear; for the client's end
  public Coroutine<Void> startTls(SSLContext context, boolean server, @Nullable String host) {
    return Coroutines.of(
        "StreamWriter.startTls",
        () -> {
          awaitDrain();
          var tls = TlsTransport.start(transport, protocol, context, server, host);
          try {
            Awaiting.promise(tls.handshake());
          } catch (Throwable t) { // half a handshake leaves nothing to talk over
            transport.abort();
            throw Throwing.asIs(t);
          }
          transport = tls;
          protocol.reader().transport(tls);
        });
  }

  /// This end's address, or null where there is none.
  public @Nullable SocketAddress localAddress() {
    return transport.localAddress();
  }

  /// The other end's address, or null where there is none.
  public @Nullable SocketAddress remoteAddress() {
    return transport.remoteAddress();
  }

  Transport transport() {
    return transport;
  }

  @Override
  public String toString() {
    return "<StreamWriter to " + remoteAddress() + (isClosing() ? " closing" : "") + ">";
  }
}
