package dev.brigade.async;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// TLS between a plain transport and who is told of the data. Loop thread only; the arithmetic of
/// the handshake runs in the loop's thread, as asyncio's does.
final class TlsTransport implements Transport, Transport.Listener {
  // As asyncio's: who connects and says nothing is not waited for without end.
  private static final double HANDSHAKE_SECONDS = 60;

  private final Transport plain;
  private final SSLEngine engine;
  private final Promise<Boolean> handshake;
  private Listener listener;
  private ByteBuffer received;
  private ByteBuffer opened;
  private ByteBuffer sealed;
  private boolean ended;
  private boolean lost;
  private boolean closing;

  private TlsTransport(Transport plain, Listener listener, SSLEngine engine, EventLoop loop) {
    this.plain = plain;
    this.listener = listener;
    this.engine = engine;
    this.handshake = new ComposedPromise<>(loop, "tls handshake");
    handshake.markRetrieved();
    int packet = engine.getSession().getPacketBufferSize();
    this.received = ByteBuffer.allocate(packet);
    this.sealed = ByteBuffer.allocate(packet);
    this.opened = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
  }

  /// Begins the handshake; nothing is written before it is done. The plain transport's data goes to
  /// this from now on.
  static TlsTransport start(
      Transport plain,
      Listener listener,
      SSLContext context,
      boolean server,
      @Nullable String host) {
    EventLoop loop = Running.requireLoop("TLS");
    if (!server && host == null) throw unnamedServer();
    SSLEngine engine = host == null ? context.createSSLEngine() : context.createSSLEngine(host, -1);
    engine.setUseClientMode(!server);
    if (!server) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must bear the name
      engine.setSSLParameters(parameters);
    }
    var tls = new TlsTransport(plain, listener, engine, loop);
    plain.listener(tls);
    tls.limitHandshake(loop);
    try {
      engine.beginHandshake();
      tls.pump();
    } catch (SSLException e) {
      tls.fail(e);
    }
    return tls;
  }

  private static IllegalArgumentException unnamedServer() {
    return new IllegalArgumentException(
        "a client over TLS checks that the certificate bears the server's name, and no name was"
            + " given.\n  right: StreamOptions.defaults().withTls(context).withServerName(\"host\")"
            + "\n  right: writer.startTls(context, false, \"host\")");
  }

  private void limitHandshake(EventLoop loop) {
    if (loop.clock().isVirtual()) return; // it would run away from the network
    Handle limit = loop.callLater(HANDSHAKE_SECONDS, this::tookTooLong);
    handshake.onDone(_ -> limit.cancel());
  }

  private void tookTooLong() {
    fail(
        new SSLHandshakeException(
            "the handshake took longer than "
                + Math.round(HANDSHAKE_SECONDS)
                + " s: does the other side, "
                + plain.remoteAddress()
                + ", speak TLS?"));
  }

  Promise<Boolean> handshake() {
    return handshake;
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    if (received.remaining() < data.remaining()) {
      int size = received.position() + data.remaining();
      received = ByteBuffer.allocate(Math.max(size, 2 * received.capacity())).put(received.flip());
    }
    received.put(data);
    try {
      pump();
    } catch (SSLException e) {
      fail(e);
    }
  }

  /// Goes on as far as the bytes at hand allow.
  private void pump() throws SSLException {
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> {
          Runnable task = engine.getDelegatedTask();
          if (task != null) task.run();
        }
        case NEED_WRAP -> {
          if (!wrap(ByteBuffer.allocate(0))) return;
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrap()) return;
        }
        case FINISHED, NOT_HANDSHAKING -> {
          if (!handshake.isDone()) handshake.setResult(true);
          if (!unwrap()) return;
        }
      }
    }
  }

  /// @return whether it is worth going on
  private boolean unwrap() throws SSLException {
    received.flip();
    SSLEngineResult result;
    try {
      if (!received.hasRemaining()) return false;
      result = engine.unwrap(received, opened);
    } finally {
      received.compact();
    }
    switch (result.getStatus()) {
      case OK -> {
        deliver();
        return true;
      }
      case BUFFER_OVERFLOW -> {
        opened = ByteBuffer.allocate(2 * opened.capacity());
        return true;
      }
      case BUFFER_UNDERFLOW -> {
        return false;
      }
      case CLOSED -> {
        deliver();
        end();
        return false;
      }
    }
    return false;
  }

  private void deliver() {
    if (opened.position() == 0) return;
    opened.flip();
    listener.dataReceived(opened);
    opened.clear();
  }

  private void end() {
    if (ended) return;
    ended = true;
    listener.eofReceived();
    close(); // TLS has no half-closed connections
  }

  private boolean wrap(ByteBuffer data) throws SSLException {
    SSLEngineResult result = engine.wrap(data, sealed);
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      sealed = ByteBuffer.allocate(2 * sealed.capacity());
      return true;
    }
    sealed.flip();
    if (sealed.hasRemaining()) plain.write(sealed);
    sealed.clear();
    return result.getStatus() == SSLEngineResult.Status.OK;
  }

  private void seal(ByteBuffer data) throws SSLException {
    while (data.hasRemaining()) if (!wrap(data)) return;
  }

  private void fail(SSLException error) {
    if (!handshake.isDone()) handshake.setError(error);
    try {
      engine.closeOutbound();
      wrap(ByteBuffer.allocate(0)); // the alert that tells the other side why
    } catch (SSLException _) {
      // The connection is broken either way.
    }
    connectionLost(error);
    plain.abort();
    ended = true;
    closing = true;
  }

  @Override
  public boolean eofReceived() {
    if (!handshake.isDone()) {
      fail(new SSLHandshakeException("the other side ended the connection during the handshake"));
    } else {
      end();
    }
    return false;
  }

  @Override
  public void connectionLost(@Nullable Throwable error) {
    if (lost) return;
    lost = true;
    if (!handshake.isDone()) {
      var failed = new SSLHandshakeException("the connection was lost during the handshake");
      if (error != null) failed.initCause(error);
      handshake.setError(failed);
    }
    listener.connectionLost(error);
  }

  @Override
  public void pauseWriting() {
    listener.pauseWriting();
  }

  @Override
  public void resumeWriting() {
    listener.resumeWriting();
  }

  @Override
  public void write(ByteBuffer data) {
    if (closing) return;
    try {
      seal(data);
    } catch (SSLException e) {
      fail(e);
    }
  }

  @Override
  public void writeEof() {
    throw new UnsupportedOperationException(
        "a TLS connection cannot end in one direction only: close() it, or say in your protocol"
            + " where the data ends");
  }

  @Override
  public boolean canWriteEof() {
    return false;
  }

  @Override
  public void close() {
    if (closing) return;
    closing = true;
    engine.closeOutbound();
    try {
      while (!engine.isOutboundDone() && wrap(ByteBuffer.allocate(0))) {}
    } catch (SSLException _) {
      // Closing a broken connection is no error.
    }
    plain.close();
  }

  @Override
  public void abort() {
    closing = true;
    plain.abort();
  }

  @Override
  public boolean isClosing() {
    return closing || plain.isClosing();
  }

  @Override
  public WriteBuffer unsent() {
    return plain.unsent(); // what was written is sealed and handed on at once
  }

  @Override
  public void pauseReading() {
    plain.pauseReading();
  }

  @Override
  public void resumeReading() {
    plain.resumeReading();
  }

  @Override
  public void listener(Listener other) {
    listener = other;
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    return plain.localAddress();
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return plain.remoteAddress();
  }
}
