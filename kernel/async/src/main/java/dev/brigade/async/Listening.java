package dev.brigade.async;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Opens the sockets of servers. In a coroutine. Python: `asyncio.start_server` and
/// `asyncio.start_unix_server`.
final class Listening {
  // Of the mode of a Unix file: what kind it is, and which kind a socket is.
  private static final int KIND = 0170000;
  private static final int SOCKET = 0140000;

  static StreamServer at(
      StreamConnection.Handler handler, @Nullable String host, int port, StreamOptions options)
      throws Exception {
    EventLoop loop = Running.requireLoop("startServer(...)");
    InetSocketAddress address =
        host == null
            ? new InetSocketAddress(port)
            : Awaiting.awaitable(loop.io().getAddrInfo(host, port)).getFirst();
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    listen(channel, address, options);
    return StreamServer.start(loop, handler, options, channel, () -> {});
  }

  /// As asyncio: a socket's file that is in the way is removed, and the server's own when it is
  /// closed.
  static StreamServer at(StreamConnection.Handler handler, Path path, StreamOptions options)
      throws IOException {
    EventLoop loop = Running.requireLoop("startUnixServer(...)");
    if (isSocket(path)) Files.deleteIfExists(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listen(channel, UnixDomainSocketAddress.of(path), options);
    Object file = identity(path);
    return StreamServer.start(loop, handler, options, channel, () -> remove(path, file));
  }

  private static void listen(
      ServerSocketChannel channel, SocketAddress address, StreamOptions options)
      throws IOException {
    try {
      channel.configureBlocking(false);
      channel.bind(address, options.backlog());
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  private static boolean isSocket(Path path) {
    try {
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return mode instanceof Integer bits && (bits & KIND) == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return false; // it is not there, or this system does not say
    }
  }

  private static @Nullable Object identity(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException _) {
      return null;
    }
  }

  /// Another server may have taken the path over since.
  private static void remove(Path path, @Nullable Object file) {
    if (file == null || !file.equals(identity(path))) return;
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // The next server at this path removes it.
    }
  }

  private Listening() {}
}
