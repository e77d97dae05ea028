package dev.brigade.jupyter.wire;

import dev.brigade.jupyter.protocol.ConnectionFile.CurveKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/// One socket and the one thread that touches it. Reads and writes wait in one poller: a byte in a
/// pipe says that there is something to write.
final class SocketThread implements AutoCloseable {
  private static final int READ_AT_A_TIME = 64;

  /// How long a closing socket may still send.
  private static final int LINGER_MILLIS = 500;

  private final String name;
  private final ZContext context;
  private final ZMQ.Socket socket;
  private final BiConsumer<SocketThread, List<byte[]>> onMessage;
  private final Consumer<String> log;
  private final Pipe pipe;
  private final ConcurrentLinkedQueue<List<byte[]>> outgoing = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final int port;
  private final Thread thread;
  private volatile boolean closing;

  /// Binds the socket. Nothing is read before [#start()].
  ///
  /// @param onMessage gets each multipart message on the socket's thread
  SocketThread(
      ZContext context,
      SocketType type,
      String address,
      String name,
      BiConsumer<SocketThread, List<byte[]>> onMessage,
      Consumer<String> log,
      @Nullable CurveKeys curve)
      throws IOException {
    this.context = context;
    this.name = name;
    this.onMessage = onMessage;
    this.log = log;
    this.pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    this.socket = context.createSocket(type);
    socket.setLinger(LINGER_MILLIS);
    // No high-water mark: a slow reader never loses text.
    socket.setHWM(0);
    if (type == SocketType.ROUTER) socket.setRouterHandover(true);
    if (type == SocketType.XPUB) socket.setXpubVerbose(true);
    // Before it is bound: who comes without the key is not let in.
    if (curve != null) {
      socket.setCurveServer(true);
      socket.setCurvePublicKey(ascii(curve.publicKey()));
      socket.setCurveSecretKey(ascii(curve.secretKey()));
    }
    try {
      socket.bind(address);
    } catch (ZMQException e) {
      throw new IOException(
          "The " + name + " channel cannot listen on " + address + ": " + e.getMessage() + ".", e);
    }
    String bound = socket.getLastEndpoint();
    this.port = Integer.parseInt(bound.substring(bound.lastIndexOf(':') + 1));
    this.thread = Thread.ofPlatform().name("brigade-socket-" + name).daemon().unstarted(this::work);
  }

  private static byte[] ascii(String key) {
    return key.getBytes(StandardCharsets.US_ASCII);
  }

  /// Where it listens.
  int port() {
    return port;
  }

  void start() {
    thread.start();
  }

  /// Queues a multipart message for the wire. For the kernel's own threads: an interrupt while the
  /// byte is written would close the pipe.
  void send(List<byte[]> frames) {
    outgoing.add(frames);
    signal();
  }

  private void signal() {
    if (!signalled.compareAndSet(false, true)) return;
    try {
      pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
    } catch (IOException e) {
      if (!closing) log.accept("The " + name + " channel cannot be woken: " + e);
    }
  }

  private void work() {
    try (ZMQ.Poller poller = context.createPoller(2)) {
      poller.register(socket, ZMQ.Poller.POLLIN);
      poller.register(pipe.source(), ZMQ.Poller.POLLIN);
      while (poller.poll(-1) >= 0) {
        if (poller.pollin(1)) {
          drainPipe();
          sendQueued();
          if (closing) break;
        }
        if (poller.pollin(0)) receive();
      }
    } catch (ZMQException | IOException e) {
      if (!closing) log.accept("The " + name + " channel ended: " + e);
    } finally {
      socket.close();
    }
  }

  private void drainPipe() throws IOException {
    var bytes = ByteBuffer.allocate(16);
    while (pipe.source().read(bytes) > 0) bytes.clear();
    // Before the queue is looked at: what is added from now on signals again.
    signalled.set(false);
  }

  private void sendQueued() {
    for (List<byte[]> frames = outgoing.poll(); frames != null; frames = outgoing.poll()) {
      for (int i = 0; i < frames.size(); i++) {
        socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
      }
    }
  }

  private void receive() {
    for (int i = 0; i < READ_AT_A_TIME; i++) {
      byte[] frame = socket.recv(ZMQ.DONTWAIT);
      if (frame == null) return;
      var frames = new ArrayList<byte[]>();
      frames.add(frame);
      while (socket.hasReceiveMore()) frames.add(socket.recv());
      try {
        onMessage.accept(this, frames);
      } catch (RuntimeException | Error e) {
        // One message that is too much must not silence the channel.
        log.accept("A message on the " + name + " channel could not be handled: " + e);
      }
    }
  }

  /// Sends what is queued and closes the socket on its own thread.
  @Override
  public void close() {
    closing = true;
    signal();
    try {
      if (thread.isAlive()) thread.join(1000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
