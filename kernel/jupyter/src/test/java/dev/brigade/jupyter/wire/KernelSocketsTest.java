package dev.brigade.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.ConnectionFile;
import dev.brigade.jupyter.protocol.Inbox;
import dev.brigade.jupyter.protocol.RawMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/// The sockets with a real ZeroMQ client.
@Tag("slow")
class KernelSocketsTest {
  private static final int MOMENT_MILLIS = 200;

  private record Got(Channel channel, RawMessage message) {}

  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> topics = new LinkedBlockingQueue<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Signer signer = new Signer("key");
  private final ZContext client = new ZContext();
  private ConnectionFile connection = freePorts();
  private KernelSockets sockets = open();

  private final class Receiver implements Inbox {
    @Override
    public void receive(Channel channel, RawMessage message) {
      got.add(new Got(channel, message));
    }

    @Override
    public void subscribed(String topic) {
      topics.add(topic);
    }
  }

  private KernelSockets open() {
    try {
      return KernelSockets.open(connection, new Receiver(), log::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Five ports that were free a moment ago.
  private static ConnectionFile freePorts() {
    var ports = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < 5; i++) {
        ports.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      int[] p = ports.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      for (ServerSocket port : ports) port.close();
      return new ConnectionFile("127.0.0.1", p[0], p[1], p[2], p[3], p[4], "key");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void theClientIsPatient() {
    client.setLinger(0);
  }

  @AfterEach
  void closeAll() {
    sockets.close();
    client.close();
  }

  private ZMQ.Socket connect(SocketType type, int port) {
    ZMQ.Socket socket = client.createSocket(type);
    socket.setReceiveTimeOut(MOMENT_MILLIS);
    socket.setHWM(0);
    socket.connect("tcp://127.0.0.1:" + port);
    return socket;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RawMessage message(List<byte[]> identities, String content) {
    return new RawMessage(
        identities, bytes("{}"), bytes("{}"), bytes("{}"), bytes(content), List.of());
  }

  private static void send(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  private String lastFrame(ZMQ.Socket socket) throws Exception {
    byte[] last = patiently(socket::recv);
    while (socket.hasReceiveMore()) last = socket.recv();
    return new String(last, StandardCharsets.UTF_8);
  }

  private Got take() throws Exception {
    return patiently(() -> got.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS));
  }

  private String topic() throws Exception {
    return patiently(() -> topics.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS));
  }

  /// Another connection makes JeroMQ's client watch one that it forgot; see [LoopbackClient].
  private <T> T patiently(Callable<@Nullable T> attempt) throws Exception {
    for (int i = 0; i < 100; i++) {
      T found = attempt.call();
      if (found != null) return found;
      connect(SocketType.DEALER, connection.heartbeatPort());
    }
    throw new AssertionError("nothing came; log " + log);
  }

  @Test
  void aRequestArrivesAndItsReplyGoesToItsSender() throws Exception {
    for (Channel channel : List.of(Channel.SHELL, Channel.CONTROL, Channel.STDIN)) {
      int port =
          switch (channel) {
            case SHELL -> connection.shellPort();
            case CONTROL -> connection.controlPort();
            case STDIN, IOPUB -> connection.stdinPort();
          };
      ZMQ.Socket dealer = connect(SocketType.DEALER, port);
      ZMQ.Socket other = connect(SocketType.DEALER, port);
      send(dealer, Frames.write(message(List.of(), "{\"ask\":1}"), signer));

      Got request = take();
      assertThat(request.channel()).isEqualTo(channel);
      sockets.send(channel, message(request.message().identities(), "{\"answer\":1}"));

      assertThat(lastFrame(dealer)).isEqualTo("{\"answer\":1}");
      other.setReceiveTimeOut(0);
      assertThat(other.recv()).isNull();
    }
  }

  @Test
  void aMessageWithAWrongSignatureIsDroppedWithALineAndTheNextOneIsRead() throws Exception {
    ZMQ.Socket dealer = connect(SocketType.DEALER, connection.shellPort());

    send(dealer, Frames.write(message(List.of(), "{\"evil\":1}"), new Signer("guess")));
    send(dealer, List.of(bytes("rubbish")));
    send(dealer, Frames.write(message(List.of(), "{\"good\":1}"), signer));

    assertThat(take().message().content()).isEqualTo(bytes("{\"good\":1}"));
    assertThat(log).hasSize(2);
    assertThat(log.getFirst()).contains("signature does not match");
  }

  @Test
  void theHeartbeatEchoesAnything() throws Exception {
    ZMQ.Socket req = connect(SocketType.REQ, connection.heartbeatPort());
    for (String beat : List.of("ping", "pong")) {
      req.send(bytes(beat), 0);
      assertThat(lastFrame(req)).isEqualTo(beat);
    }
  }

  @Test
  void subscribersAreAnnouncedAndEachGetsEverything() throws Exception {
    ZMQ.Socket one = connect(SocketType.SUB, connection.iopubPort());
    one.subscribe(ZMQ.SUBSCRIPTION_ALL);
    assertThat(topic()).isEmpty();
    ZMQ.Socket two = connect(SocketType.SUB, connection.iopubPort());
    two.subscribe(ZMQ.SUBSCRIPTION_ALL);
    assertThat(topic()).isEmpty();

    for (int i = 0; i < 20_000; i++) {
      sockets.send(Channel.IOPUB, message(List.of(bytes("topic")), "{\"n\":" + i + "}"));
    }

    for (ZMQ.Socket socket : List.of(one, two)) {
      for (int i = 0; i < 20_000; i++) assertThat(lastFrame(socket)).isEqualTo("{\"n\":" + i + "}");
    }
  }

  @Test
  void whatWasSentBeforeCloseStillArrives() throws Exception {
    ZMQ.Socket dealer = connect(SocketType.DEALER, connection.shellPort());
    send(dealer, Frames.write(message(List.of(), "{}"), signer));
    Got request = take();

    sockets.send(Channel.SHELL, message(request.message().identities(), "{\"bye\":1}"));
    sockets.close();

    assertThat(lastFrame(dealer)).isEqualTo("{\"bye\":1}");
  }

  @Test
  void aTakenPortIsNamed() {
    assertThatThrownBy(() -> KernelSockets.open(connection, new Receiver(), log::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("channel cannot listen on tcp://127.0.0.1:");
  }
}
