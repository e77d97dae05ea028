package dev.brigade.async;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens connections. In a coroutine. Python: `asyncio.open_connection`.
final class Connecting {

  static StreamConnection open(String host, int port, StreamOptions options) throws Exception {
    EventLoop loop = Running.requireLoop("openConnection(...)");
    List<InetSocketAddress> addresses = Awaiting.awaitable(loop.io().getAddrInfo(host, port));
    SocketChannel channel = connect(loop, host, addresses, options.happyEyeballsDelay());
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    String name = options.serverName() == null ? host : options.serverName();
    return started(loop, channel, options, name);
  }

  static StreamConnection open(Path path, StreamOptions options) throws Exception {
    EventLoop loop = Running.requireLoop("openUnixConnection(...)");
    SocketChannel channel = connect(loop, UnixDomainSocketAddress.of(path));
    return started(loop, channel, options, options.serverName());
  }

  private static StreamConnection started(
      EventLoop loop, SocketChannel channel, StreamOptions options, @Nullable String name)
      throws IOException {
    var protocol = new StreamProtocol(loop, new StreamReader(options.limit()), () -> {});
    Transport transport = SocketTransport.start(loop, channel, protocol);
    return StreamConnection.secured(transport, protocol, options, false, name);
  }

  private static SocketChannel connect(
      EventLoop loop, String host, List<InetSocketAddress> addresses, double delay)
      throws Exception {
    if (delay > 0 && addresses.size() > 1) return connectFirst(loop, addresses, delay);
    IOException first = null;
    for (SocketAddress address : addresses) {
      try {
        return connect(loop, address);
      } catch (IOException e) {
        if (first == null) first = e;
        else first.addSuppressed(e);
      }
    }
    throw first == null ? new ConnectException("the host " + host + " has no address") : first;
  }

  /// The addresses side by side, each some time after the one before. Python:
  /// `happy_eyeballs_delay`.
  static SocketChannel connectFirst(
      EventLoop loop, List<? extends SocketAddress> addresses, double delay) throws IOException {
    var opened = new ArrayList<SocketChannel>();
    var attempts = new ArrayList<Coroutine<SocketChannel>>();
    for (SocketAddress address : addresses) {
      attempts.add(
          Coroutines.of(
              "connect",
              () -> {
                SocketChannel channel = connect(loop, address);
                opened.add(channel);
                return channel;
              }));
    }
    SocketChannel winner = null;
    try {
      winner = Awaiting.awaitable(Race.of(attempts, Seconds.toNanos(delay)));
      return winner;
    } catch (ExceptionGroup all) {
      // As without the race: the first error, with the others.
      var failed = new ConnectException(all.exceptions().getFirst().getMessage());
      for (Throwable error : all.exceptions()) failed.addSuppressed(error);
      throw failed;
    } finally {
      // Two may connect in the same turn.
      for (SocketChannel channel : opened) if (channel != winner) loop.io().close(channel);
    }
  }

  private static SocketChannel connect(EventLoop loop, SocketAddress address) throws IOException {
    SocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    boolean connected = false;
    try {
      channel.configureBlocking(false);
      Awaiting.awaitable(loop.io().sockConnect(channel, address));
      connected = true;
      return channel;
    } catch (SocketException e) { // of a Unix-domain socket it is this for a path without one
      var named =
          new ConnectException(e.getMessage() + ": " + address + " (does a server listen?)");
      named.initCause(e);
      throw named;
    } finally {
      if (!connected) loop.io().close(channel);
    }
  }

  private Connecting() {}
}
