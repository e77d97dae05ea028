package dev.brigade.async;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The sending end of a connection, and the tap of its receiving end. Loop thread only; nothing
/// blocks. Python: `asyncio.Transport`.
interface Transport extends Tap {
  /// What a transport tells. Python: `asyncio.Protocol`.
  interface Listener {
    /// Bytes came; the buffer is the transport's and must be empty afterwards.
    void dataReceived(ByteBuffer data);

    /// No more bytes will come.
    ///
    /// @return whether the connection stays open for sending
    boolean eofReceived();

    /// The connection is over, for both directions. Comes once, last.
    void connectionLost(@Nullable Throwable error);

    /// Too much waits to be sent.
    void pauseWriting();

    /// Enough of it was sent.
    void resumeWriting();
  }

  /// Sends bytes, now or when the other side takes them. The buffer may be reused afterwards.
  void write(ByteBuffer data);

  /// No more will be sent; what waits still is.
  void writeEof();

  boolean canWriteEof();

  /// Sends what waits, then ends the connection.
  void close();

  /// Ends the connection at once; what waits is lost.
  void abort();

  /// Whether it was closed or aborted, or is over.
  boolean isClosing();

  /// What waits to be sent, and how much of it makes writers wait.
  WriteBuffer unsent();

  /// From now on somebody else is told, for example a layer of TLS.
  void listener(Listener listener);

  @Nullable SocketAddress localAddress();

  @Nullable SocketAddress remoteAddress();
}
