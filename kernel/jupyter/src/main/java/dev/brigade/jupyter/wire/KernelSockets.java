package dev.brigade.jupyter.wire;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.ConnectionFile;
import dev.brigade.jupyter.protocol.Inbox;
import dev.brigade.jupyter.protocol.Outbox;
import dev.brigade.jupyter.protocol.RawMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

/// The kernel's five sockets.
///
/// [#send] is for one thread, which signs; each socket checks what it reads on its own thread.
public final class KernelSockets implements Outbox, AutoCloseable {
  private final ConnectionFile connection;
  private final Inbox inbox;
  private final Consumer<String> log;
  private final Signer signer;
  private final ZContext context = new ZContext(1);
  private final Map<Channel, SocketThread> sockets = new EnumMap<>(Channel.class);
  private final List<SocketThread> all = new ArrayList<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private volatile boolean closing;

  private KernelSockets(ConnectionFile connection, Inbox inbox, Consumer<String> log) {
    this.connection = connection;
    this.inbox = inbox;
    this.log = log;
    this.signer = new Signer(connection.key());
    // JeroMQ's own threads print a stack trace by default. While they close, one of them may find
    // the other's channel closed already.
    context.setNotificationExceptionHandler(this::complain);
    context.setUncaughtExceptionHandler(this::complain);
  }

  private void complain(Thread thread, Throwable problem) {
    if (!closing) log.accept("ZeroMQ's thread " + thread.getName() + " met " + problem);
  }

  /// Binds all five sockets and starts to read.
  ///
  /// @param log gets a line for each message that is dropped
  /// @throws IOException a port is taken; says which
  public static KernelSockets open(ConnectionFile connection, Inbox inbox, Consumer<String> log)
      throws IOException {
    var sockets = new KernelSockets(connection, inbox, log);
    try {
      sockets.bind();
    } catch (IOException e) {
      sockets.close();
      throw e;
    }
    sockets.all.forEach(SocketThread::start);
    return sockets;
  }

  /// The connection with the ports that the channels are bound to.
  public ConnectionFile bound() {
    return new ConnectionFile(
        connection.ip(),
        port("shell"),
        port("control"),
        port("stdin"),
        port("iopub"),
        port("heartbeat"),
        connection.key(),
        connection.curve(),
        connection.registration());
  }

  private int port(String name) {
    return ports.getOrDefault(name, 0);
  }

  private void bind() throws IOException {
    bind(SocketType.ROUTER, connection.heartbeatPort(), "heartbeat", SocketThread::send);
    sockets.put(
        Channel.IOPUB,
        bind(
            SocketType.XPUB,
            connection.iopubPort(),
            "iopub",
            (_, frames) -> subscription(frames.getFirst())));
    router(Channel.STDIN, connection.stdinPort(), "stdin");
    router(Channel.CONTROL, connection.controlPort(), "control");
    router(Channel.SHELL, connection.shellPort(), "shell");
  }

  private void router(Channel channel, int port, String name) throws IOException {
    var own = new Signer(connection.key());
    sockets.put(
        channel,
        bind(SocketType.ROUTER, port, name, (_, frames) -> receive(channel, name, frames, own)));
  }

  private SocketThread bind(
      SocketType type, int port, String name, BiConsumer<SocketThread, List<byte[]>> onMessage)
      throws IOException {
    String address = "tcp://" + connection.ip() + ":" + (port == 0 ? "*" : port);
    var socket = new SocketThread(context, type, address, name, onMessage, log, connection.curve());
    all.add(socket);
    ports.put(name, socket.port());
    return socket;
  }

  private void receive(Channel channel, String name, List<byte[]> frames, Signer own) {
    switch (Frames.parse(frames, own)) {
      case Frames.Parsed.Good(RawMessage message) -> inbox.receive(channel, message);
      case Frames.Parsed.Bad(String reason) ->
          log.accept("A message on the " + name + " channel was dropped: " + reason + ".");
    }
  }

  /// The first byte of a subscription is 1, of its end 0; the topic follows.
  private void subscription(byte[] frame) {
    if (frame.length == 0 || frame[0] != 1) return;
    try {
      inbox.subscribed(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(frame, 1, frame.length - 1))
              .toString());
    } catch (CharacterCodingException _) {
      // The protocol has no welcome for a topic that is not text.
    }
  }

  @Override
  public void send(Channel channel, RawMessage message) {
    SocketThread socket = sockets.get(channel);
    if (socket != null) socket.send(Frames.write(message, signer));
  }

  /// Sends what is queued, as far as clients still read, and closes.
  @Override
  public void close() {
    closing = true;
    all.forEach(SocketThread::close);
    context.close();
  }
}
