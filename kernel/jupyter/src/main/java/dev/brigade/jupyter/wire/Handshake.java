package dev.brigade.jupyter.wire;

import dev.brigade.jupyter.protocol.ConnectionFile;
import dev.brigade.jupyter.protocol.ConnectionFile.Registration;
import dev.brigade.jupyter.protocol.RegistrationMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/// Tells a client that waits on a registration socket which ports the kernel has chosen. Protocol:
/// JEP 66, "Kernel startup handshake".
///
/// One signed message of one frame goes out, and a signed one comes back.
public final class Handshake {
  private static final int MOMENT_MILLIS = 200;

  /// Blocks until the client has acknowledged the ports.
  ///
  /// @param bound with the ports, and where to tell them
  /// @throws IOException nobody did within the time
  public static void perform(ConnectionFile bound, Registration registration, int timeoutMillis)
      throws IOException {
    String address = "tcp://" + registration.ip() + ":" + registration.port();
    var signer = new Signer(bound.key());
    byte[] content = RegistrationMessage.content(bound, registration);
    try (var context = new ZContext(1)) {
      ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
      socket.setLinger(0);
      socket.setReceiveTimeOut(MOMENT_MILLIS);
      socket.connect(address);
      var message = new ZMsg();
      message.add(Frames.DELIMITER);
      message.add(signer.sign(List.of(content)));
      message.add(content);
      message.send(socket);
      ZMsg answer = answer(context, socket, address, timeoutMillis);
      if (answer == null) {
        throw new IOException(
            "The client at "
                + address
                + " has not acknowledged the kernel's ports within "
                + timeoutMillis / 1000
                + " s, so the kernel ends.");
      }
      if (!isSigned(answer, signer)) {
        throw new IOException(
            "The answer of the client at "
                + address
                + " is not signed with the registration file's key, so the kernel ends.");
      }
    }
  }

  /// JeroMQ may forget a connection that it has just made until another is made: see
  /// [LoopbackClient].
  private static @Nullable ZMsg answer(
      ZContext context, ZMQ.Socket socket, String address, int timeoutMillis) {
    long end = System.nanoTime() + timeoutMillis * 1_000_000L;
    while (true) {
      ZMsg answer = ZMsg.recvMsg(socket);
      if (answer != null || System.nanoTime() - end > 0) return answer;
      context.createSocket(SocketType.DEALER).connect(address);
    }
  }

  private static boolean isSigned(ZMsg answer, Signer signer) {
    List<byte[]> frames = answer.stream().map(frame -> frame.getData()).toList();
    for (int i = 0; i + 2 < frames.size(); i++) {
      if (Arrays.equals(frames.get(i), Frames.DELIMITER)) {
        return signer.accepts(frames.get(i + 1), frames.subList(i + 2, i + 3));
      }
    }
    return false;
  }

  private Handshake() {}
}
