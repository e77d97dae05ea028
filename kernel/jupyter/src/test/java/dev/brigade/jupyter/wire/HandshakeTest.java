package dev.brigade.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.ConnectionFile;
import dev.brigade.jupyter.protocol.ConnectionFile.CurveKeys;
import dev.brigade.jupyter.protocol.ConnectionFile.Registration;
import dev.brigade.jupyter.protocol.Inbox;
import dev.brigade.jupyter.protocol.RawMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/// Ports that the kernel chooses and tells, and channels that are encrypted, with real sockets.
@Tag("slow")
class HandshakeTest {
  private static final String DELIMITER = "<IDS|MSG>";

  private final ZContext context = new ZContext();
  private final CompletableFuture<RawMessage> got = new CompletableFuture<>();

  private final Inbox inbox =
      new Inbox() {
        @Override
        public void receive(Channel channel, RawMessage message) {
          got.complete(message);
        }

        @Override
        public void subscribed(String topic) {}
      };

  @AfterEach
  void close() {
    context.close();
  }

  private static ConnectionFile anyPorts(
      @Nullable CurveKeys curve, @Nullable Registration registration) {
    return new ConnectionFile("127.0.0.1", 0, 0, 0, 0, 0, "key", curve, registration);
  }

  private static RawMessage message() {
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    return new RawMessage(List.of(), empty, empty, empty, empty, List.of());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Answers the next message as a client does.
  private CompletableFuture<List<String>> client(ZMQ.Socket router, String key) {
    var seen = new CompletableFuture<List<String>>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              ZMsg asked = ZMsg.recvMsg(router);
              byte[] ack = ascii("{\"status\":\"ok\"}");
              var answer = new ZMsg();
              answer.add(asked.getFirst().getData());
              answer.add(DELIMITER);
              answer.add(new Signer(key).sign(List.of(ack)));
              answer.add(ack);
              answer.send(router);
              seen.complete(asked.stream().skip(1).map(f -> f.getString(ZMQ.CHARSET)).toList());
            });
    return seen;
  }

  @Test
  void thePortsAreToldInOneSignedFrameAndWork() throws Exception {
    ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
    int port = router.bindToRandomPort("tcp://127.0.0.1");
    var registration = new Registration("k1", "127.0.0.1", port);
    CompletableFuture<List<String>> seen = client(router, "key");
    try (var sockets = KernelSockets.open(anyPorts(null, registration), inbox, line -> {})) {
      ConnectionFile bound = sockets.bound();

      Handshake.perform(bound, registration, 20_000);

      List<String> frames = seen.get(20, TimeUnit.SECONDS);
      assertThat(frames).hasSize(3).first().isEqualTo(DELIMITER);
      assertThat(frames.get(1))
          .isEqualTo(
              new String(
                  new Signer("key").sign(List.of(ascii(frames.get(2)))), StandardCharsets.UTF_8));
      assertThat(frames.get(2))
          .contains("\"kernel_id\":\"k1\"", "\"shell_port\":\"" + bound.shellPort() + "\"");
      send(bound, null);
      assertThat(got.get(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void withoutAnAnswerTheKernelGivesUp() throws IOException {
    ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
    var registration =
        new Registration("k1", "127.0.0.1", router.bindToRandomPort("tcp://127.0.0.1"));
    assertThatThrownBy(() -> Handshake.perform(anyPorts(null, registration), registration, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has not acknowledged the kernel's ports");
  }

  @Test
  void anAnswerWithAnotherKeyIsRefused() throws IOException {
    ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
    var registration =
        new Registration("k1", "127.0.0.1", router.bindToRandomPort("tcp://127.0.0.1"));
    client(router, "another key");
    assertThatThrownBy(() -> Handshake.perform(anyPorts(null, registration), registration, 20_000))
        .hasMessageContaining("is not signed with the registration file's key");
  }

  @Test
  void encryptedChannelsLetInWhoHasTheKey() throws Exception {
    ZMQ.Curve.KeyPair server = ZMQ.Curve.generateKeyPair();
    var curve = new CurveKeys(server.publicKey, server.secretKey);
    try (var sockets = KernelSockets.open(anyPorts(curve, null), inbox, line -> {})) {
      send(sockets.bound(), curve);
      assertThat(got.get(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void encryptedChannelsKeepOutWhoHasNoKey() throws Exception {
    ZMQ.Curve.KeyPair server = ZMQ.Curve.generateKeyPair();
    var curve = new CurveKeys(server.publicKey, server.secretKey);
    try (var sockets = KernelSockets.open(anyPorts(curve, null), inbox, line -> {})) {
      // A later message of a client with the key shows that the earlier one was not let in.
      byte[] plain = ascii("{\"plain\":1}");
      byte[] empty = ascii("{}");
      ZMQ.Socket open = context.createSocket(SocketType.DEALER);
      open.setLinger(0);
      open.connect("tcp://127.0.0.1:" + sockets.bound().shellPort());
      var unseen = new RawMessage(List.of(), plain, empty, empty, empty, List.of());
      send(open, Frames.write(unseen, new Signer("key")));
      send(sockets.bound(), curve);
      assertThat(got.get(20, TimeUnit.SECONDS).header()).isEqualTo(empty);
    }
  }

  private static void send(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  /// Again and again until it arrives: see [LoopbackClient].
  private void send(ConnectionFile bound, @Nullable CurveKeys curve) {
    List<byte[]> frames = Frames.write(message(), new Signer("key"));
    for (int attempt = 0; attempt < 20 && !got.isDone(); attempt++) {
      ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
      socket.setLinger(0);
      if (curve != null) {
        ZMQ.Curve.KeyPair own = ZMQ.Curve.generateKeyPair();
        socket.setCurveServerKey(ascii(curve.publicKey()));
        socket.setCurvePublicKey(ascii(own.publicKey));
        socket.setCurveSecretKey(ascii(own.secretKey));
      }
      socket.connect("tcp://127.0.0.1:" + bound.shellPort());
      send(socket, frames);
      try {
        var _ = got.get(1, TimeUnit.SECONDS);
      } catch (Exception _) {
        // Another connection.
      }
    }
  }
}
