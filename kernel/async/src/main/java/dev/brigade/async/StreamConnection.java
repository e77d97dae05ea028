package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// Both ends of a connection. Python: the pair that `asyncio.open_connection` returns.
public record StreamConnection(StreamReader reader, StreamWriter writer) implements AutoCloseable {
  /// As [StreamWriter#close()].
  @Override
  public void close() {
    writer.close();
  }

  /// A handler of one client of a server.
  @FunctionalInterface
  public interface Handler {
    void handle(StreamReader reader, StreamWriter writer) throws Exception;
  }

  private static StreamConnection over(Transport transport, StreamProtocol protocol) {
    StreamReader reader = protocol.reader();
    reader.transport(transport);
    return new StreamConnection(reader, new StreamWriter(transport, protocol, reader));
  }

  /// Over TLS once the handshake is done, if a context is given. In a coroutine.
  static StreamConnection secured(
      Transport plain,
      StreamProtocol protocol,
      StreamOptions options,
      boolean server,
      @Nullable String host) {
    plain.unsent().limits(options.writeLimits());
    if (options.tls() == null) return over(plain, protocol);
    TlsTransport tls;
    try {
      tls = TlsTransport.start(plain, protocol, options.tls(), server, host);
      Awaiting.promise(tls.handshake());
    } catch (Throwable t) { // thrown on; nobody else would close it
      plain.abort();
      throw Throwing.asIs(t);
    }
    return over(tls, protocol);
  }
}
