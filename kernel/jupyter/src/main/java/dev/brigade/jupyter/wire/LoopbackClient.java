package dev.brigade.jupyter.wire;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.ConnectionFile;
import dev.brigade.jupyter.protocol.RawMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/// A client in the kernel's own process that sends requests and waits for their replies. For one
/// thread.
///
/// JeroMQ's I/O thread may forget a connection it has just made: when the end of connecting and the
/// first use of the connection fall into one of its turns, it stops to watch the channel, until
/// anything else connects. Only the connecting side is hit, so a kernel is not. Here, who waits in
/// vain for a moment makes another connection.
public final class LoopbackClient implements AutoCloseable {
  private static final int MOMENT_MILLIS = 200;

  private final ZContext context = new ZContext(1);
  private final ConnectionFile connection;
  private final long patienceMillis;
  private final Signer signer;
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket iopub;

  /// Connects; the kernel may start later.
  ///
  /// @param patienceMillis how long a reply may take
  public LoopbackClient(ConnectionFile connection, int patienceMillis) {
    this.connection = connection;
    this.patienceMillis = patienceMillis;
    signer = new Signer(connection.key());
    context.setLinger(0);
    shell = connect(SocketType.DEALER, connection.shellPort());
    control = connect(SocketType.DEALER, connection.controlPort());
    iopub = connect(SocketType.SUB, connection.iopubPort());
    iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
  }

  private ZMQ.Socket connect(SocketType type, int port) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setReceiveTimeOut(MOMENT_MILLIS);
    socket.setReconnectIVL(5);
    socket.connect("tcp://" + connection.ip() + ":" + port);
    return socket;
  }

  /// Sends a request on shell or control and gives the reply.
  ///
  /// @throws IOException none came in time
  public RawMessage ask(Channel channel, RawMessage request) throws IOException {
    send(channel, request);
    return nextReply(channel);
  }

  /// Sends a request on shell or control; its reply is still to be taken.
  public void send(Channel channel, RawMessage request) {
    List<byte[]> frames = Frames.write(request, signer);
    for (int i = 0; i < frames.size(); i++) {
      socket(channel).send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  /// Waits for the next reply on shell or control.
  ///
  /// @throws IOException none came in time
  public RawMessage nextReply(Channel channel) throws IOException {
    return receive(socket(channel));
  }

  private ZMQ.Socket socket(Channel channel) {
    return channel == Channel.CONTROL ? control : shell;
  }

  /// Waits for the next publication.
  ///
  /// @throws IOException none came in time
  public RawMessage nextPublication() throws IOException {
    return receive(iopub);
  }

  private RawMessage receive(ZMQ.Socket socket) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    frames.add(firstFrame(socket));
    while (socket.hasReceiveMore()) frames.add(socket.recv());
    return switch (Frames.parse(frames, signer)) {
      case Frames.Parsed.Good(RawMessage message) -> message;
      case Frames.Parsed.Bad(String reason) ->
          throw new IOException("the answer is bad: " + reason);
    };
  }

  private byte[] firstFrame(ZMQ.Socket socket) throws IOException {
    long end = System.nanoTime() + patienceMillis * 1_000_000;
    while (System.nanoTime() - end < 0) {
      byte[] frame = socket.recv();
      if (frame != null) return frame;
      connect(SocketType.DEALER, connection.heartbeatPort());
    }
    throw new IOException("the kernel did not answer in time");
  }

  @Override
  public void close() {
    context.close();
  }
}
