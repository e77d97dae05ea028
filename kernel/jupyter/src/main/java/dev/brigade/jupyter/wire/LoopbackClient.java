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
public final class LoopbackClient implements AutoCloseable {
  private final ZContext context = new ZContext(1);
  private final Signer signer;
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket iopub;

  /// Connects; the kernel may start later.
  ///
  /// @param patienceMillis how long a reply may take
  public LoopbackClient(ConnectionFile connection, int patienceMillis) {
    signer = new Signer(connection.key());
    context.setLinger(0);
    shell = connect(SocketType.DEALER, connection.ip(), connection.shellPort(), patienceMillis);
    control = connect(SocketType.DEALER, connection.ip(), connection.controlPort(), patienceMillis);
    iopub = connect(SocketType.SUB, connection.ip(), connection.iopubPort(), patienceMillis);
    iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
  }

  private ZMQ.Socket connect(SocketType type, String ip, int port, int patienceMillis) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setReceiveTimeOut(patienceMillis);
    socket.setReconnectIVL(5);
    socket.connect("tcp://" + ip + ":" + port);
    return socket;
  }

  /// Sends a request on shell or control and gives the reply.
  ///
  /// @throws IOException none came in time
  public RawMessage ask(Channel channel, RawMessage request) throws IOException {
    ZMQ.Socket socket = channel == Channel.CONTROL ? control : shell;
    List<byte[]> frames = Frames.write(request, signer);
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
    return receive(socket);
  }

  /// Waits for the next publication.
  ///
  /// @throws IOException none came in time
  public RawMessage nextPublication() throws IOException {
    return receive(iopub);
  }

  private RawMessage receive(ZMQ.Socket socket) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    do {
      byte[] frame = socket.recv();
      if (frame == null) throw new IOException("the kernel did not answer in time");
      frames.add(frame);
    } while (socket.hasReceiveMore());
    return switch (Frames.parse(frames, signer)) {
      case Frames.Parsed.Good(RawMessage message) -> message;
      case Frames.Parsed.Bad(String reason) ->
          throw new IOException("the answer is bad: " + reason);
    };
  }

  @Override
  public void close() {
    context.close();
  }
}
