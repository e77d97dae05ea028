package dev.brigade.async;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Non-blocking channels on a loop: the lowest level of I/O. Most programs want `openConnection`
/// and `startServer` instead. Python: `loop.add_reader` and `loop.sock_recv` with their relatives.
///
/// Channels must be non-blocking, `channel.configureBlocking(false)`, and stay the caller's: close
/// them by [#close], so that the loop forgets them. For the loop's thread of control; one reader
/// and one writer for each channel.
public final class LoopIo {
  private final EventLoop loop;
  private @Nullable LoopSelector selector;
  private @Nullable ByteBuffer buffer;
  private final Set<AutoCloseable> things = new LinkedHashSet<>();

  LoopIo(EventLoop loop) {
    this.loop = loop;
  }

  /// What all sockets of the loop read into, one at a time.
  ByteBuffer buffer() {
    if (buffer == null) buffer = ByteBuffer.allocateDirect(64 * 1024);
    return buffer;
  }

  /// What is to be closed with the loop.
  void whenEnded(AutoCloseable thing) {
    things.add(thing);
  }

  /// It has ended by itself.
  void ended(AutoCloseable thing) {
    things.remove(thing);
  }

  /// The loop has ended.
  void end() {
    for (AutoCloseable thing : things) close(thing);
    things.clear();
    if (selector != null) selector.close();
  }

  private void close(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) { // the others are still to be closed
      loop.report(ErrorContext.of(thing + " could not be closed", e));
    }
  }

  private LoopSelector selector(SelectableChannel channel, String what) {
    loop.requireInside(what, "loop.callSoonThreadsafe(...)");
    if (channel.isBlocking()) {
      throw new MisuseError(
          what
              + " needs a non-blocking channel, because a blocking one would stop the loop: "
              + channel
              + "\n  wrong: "
              + what
              + "   // on a new channel"
              + "\n  right: channel.configureBlocking(false);   // before");
    }
    if (selector == null) {
      selector = new LoopSelector(loop);
      loop.engine().selector(selector);
    }
    return selector;
  }

  /// Calls back whenever the channel can be read, or has a connection to accept; replaces the
  /// callback before.
  public void addReader(SelectableChannel channel, Runnable callback) {
    selector(channel, "addReader(...)").reader(channel, handle(callback));
  }

  /// Calls back whenever the channel can be written, or has been connected; replaces the callback
  /// before.
  public void addWriter(SelectableChannel channel, Runnable callback) {
    selector(channel, "addWriter(...)").writer(channel, handle(callback));
  }

  private static Handle handle(Runnable callback) {
    return new Handle(callback, Running.origin(), Context.captured());
  }

  /// @return false if there was none
  public boolean removeReader(SelectableChannel channel) {
    boolean had = selector != null && selector.hasReader(channel);
    if (had) selector(channel, "removeReader(...)").reader(channel, null);
    return had;
  }

  /// @return false if there was none
  public boolean removeWriter(SelectableChannel channel) {
    boolean had = selector != null && selector.hasWriter(channel);
    if (had) selector(channel, "removeWriter(...)").writer(channel, null);
    return had;
  }

  /// Forgets a channel and closes it.
  public void close(SelectableChannel channel) throws IOException {
    if (selector == null || !selector.forget(channel)) {
      channel.close();
      return;
    }
    channel.close();
    // Only a look at the selector frees the descriptor of a channel that was registered: until then
    // a closed server would still accept.
    selector.look();
  }

  /// Waits until a channel can be read or has a connection to accept.
  public Coroutine<Void> waitReadable(SelectableChannel channel) {
    return Coroutines.of("waitReadable", () -> awaitReadable(channel));
  }

  /// Waits until a channel can be written or has been connected.
  public Coroutine<Void> waitWritable(SelectableChannel channel) {
    return Coroutines.of("waitWritable", () -> awaitWritable(channel));
  }

  private void awaitReadable(SelectableChannel channel) {
    awaitReady("read", ready -> addReader(channel, ready), () -> removeReader(channel));
  }

  private void awaitWritable(SelectableChannel channel) {
    awaitReady("write", ready -> addWriter(channel, ready), () -> removeWriter(channel));
  }

  private void awaitReady(String what, Consumer<Runnable> add, Runnable remove) {
    Promise<Boolean> ready = new ComposedPromise<>(loop, what);
    add.accept(() -> settle(ready));
    try {
      Awaiting.promise(ready);
    } finally {
      remove.run();
    }
  }

  private static void settle(Promise<Boolean> ready) {
    if (!ready.isDone()) ready.setResult(true);
  }

  /// Receives some bytes, at least one; none at the end of the stream. Python: `sock_recv`.
  ///
  /// @param most how many at most
  public <C extends SelectableChannel & ReadableByteChannel> Coroutine<byte[]> sockRecv(
      C channel, int most) {
    return Coroutines.of(
        "sockRecv",
        () -> {
          var buffer = ByteBuffer.allocate(most);
          receive(channel, buffer);
          return Arrays.copyOf(buffer.array(), buffer.position());
        });
  }

  /// Receives some bytes into a buffer. Gives how many, or -1 at the end of the stream. Python:
  /// `sock_recv_into`.
  public <C extends SelectableChannel & ReadableByteChannel> Coroutine<Integer> sockRecvInto(
      C channel, ByteBuffer into) {
    return Coroutines.of("sockRecvInto", () -> receive(channel, into));
  }

  private <C extends SelectableChannel & ReadableByteChannel> int receive(
      C channel, ByteBuffer into) throws IOException {
    requireNonBlocking(channel);
    while (true) {
      int count = channel.read(into);
      if (count != 0 || !into.hasRemaining()) return count;
      awaitReadable(channel);
    }
  }

  /// Sends all bytes of a buffer. Python: `sock_sendall`.
  public <C extends SelectableChannel & WritableByteChannel> Coroutine<Void> sockSendAll(
      C channel, ByteBuffer bytes) {
    return Coroutines.of(
        "sockSendAll",
        () -> {
          requireNonBlocking(channel);
          while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) awaitWritable(channel);
          }
        });
  }

  /// Connects a channel. Python: `sock_connect`.
  public Coroutine<Void> sockConnect(SocketChannel channel, SocketAddress address) {
    return Coroutines.of(
        "sockConnect",
        () -> {
          requireNonBlocking(channel);
          if (channel.connect(address)) return;
          do awaitWritable(channel);
          while (!channel.finishConnect());
        });
  }

  /// Accepts a connection; its channel is non-blocking. Python: `sock_accept`.
  public Coroutine<SocketChannel> sockAccept(ServerSocketChannel server) {
    return Coroutines.of(
        "sockAccept",
        () -> {
          requireNonBlocking(server);
          while (true) {
            SocketChannel accepted = server.accept();
            if (accepted != null) {
              accepted.configureBlocking(false);
              return accepted;
            }
            awaitReadable(server);
          }
        });
  }

  /// Receives a datagram into a buffer, and gives who sent it. Python: `sock_recvfrom_into`.
  public Coroutine<SocketAddress> sockRecvFrom(DatagramChannel channel, ByteBuffer into) {
    return Coroutines.of(
        "sockRecvFrom",
        () -> {
          requireNonBlocking(channel);
          while (true) {
            SocketAddress sender = channel.receive(into);
            if (sender != null) return sender;
            awaitReadable(channel);
          }
        });
  }

  /// Sends a datagram. Python: `sock_sendto`.
  public Coroutine<Integer> sockSendTo(
      DatagramChannel channel, ByteBuffer bytes, SocketAddress to) {
    return Coroutines.of(
        "sockSendTo",
        () -> {
          requireNonBlocking(channel);
          while (true) {
            int sent = channel.send(bytes, to);
            if (sent > 0 || !bytes.hasRemaining()) return sent;
            awaitWritable(channel);
          }
        });
  }

  private void requireNonBlocking(SelectableChannel channel) {
    selector(channel, "sock...(...)");
  }

  /// Looks a host's addresses up, in the default thread pool because that may block. Python:
  /// `loop.getaddrinfo`.
  public Coroutine<List<InetSocketAddress>> getAddrInfo(String host, int port) {
    return Coroutines.of(
        "getAddrInfo",
        () -> {
          Callable<List<InetSocketAddress>> lookup =
              () ->
                  Arrays.stream(InetAddress.getAllByName(host))
                      .map(address -> new InetSocketAddress(address, port))
                      .toList();
          return Awaiting.promise(loop.runInExecutor(null, lookup));
        });
  }
}
