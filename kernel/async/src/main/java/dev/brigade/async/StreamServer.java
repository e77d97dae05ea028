package dev.brigade.async;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Accepts connections and starts a task for each. Made by [Async#startServer]. Python:
/// `asyncio.Server`.
///
/// ```java
/// try (var server = await(startServer((reader, writer) -> {
///       writer.write(await(reader.readLine()) + "\n");
///       await(writer.drain());
///       writer.close();
///     }, "localhost", 0))) {
///   ...
/// }
/// ```
///
/// What a handler throws goes to the loop's exception handler, and its connection is closed. For
/// the loop's thread of control.
public final class StreamServer implements AutoCloseable {
  // After an accept that failed, for example because too many files are open.
  private static final double RETRY_SECONDS = 1;

  private final EventLoop loop;
  private final StreamConnection.Handler handler;
  private final StreamOptions options;
  private final ServerSocketChannel channel;
  private final Runnable whenClosed;
  // What the end of the loop closes if nobody else has.
  private final AutoCloseable leftOpen;
  private final @Nullable SocketAddress address;
  private final Set<Transport> clients = new LinkedHashSet<>();
  private final List<Promise<Boolean>> waiters = new ArrayList<>();
  private @Nullable Promise<Boolean> serving;
  private boolean closed;

  private StreamServer(
      EventLoop loop,
      StreamConnection.Handler handler,
      StreamOptions options,
      ServerSocketChannel channel,
      Runnable whenClosed)
      throws IOException {
    this.loop = loop;
    this.handler = handler;
    this.options = options;
    this.channel = channel;
    this.whenClosed = whenClosed;
    this.leftOpen =
        () -> {
          channel.close();
          whenClosed.run();
        };
    this.address = channel.getLocalAddress();
  }

  /// @param whenClosed runs when it accepts no more
  static StreamServer start(
      EventLoop loop,
      StreamConnection.Handler handler,
      StreamOptions options,
      ServerSocketChannel channel,
      Runnable whenClosed)
      throws IOException {
    var server = new StreamServer(loop, handler, options, channel, whenClosed);
    loop.io().whenEnded(server.leftOpen);
    loop.io().addReader(channel, server::accept);
    return server;
  }

  private void accept() {
    try {
      for (int i = 0; i < options.backlog() && !closed; i++) {
        SocketChannel client = channel.accept();
        if (client == null) return;
        serve(client);
      }
    } catch (IOException e) {
      loop.report(ErrorContext.of("The server could not accept a connection", e));
      loop.io().removeReader(channel);
      loop.callLater(
          RETRY_SECONDS,
          () -> {
            if (!closed) loop.io().addReader(channel, this::accept);
          });
    }
  }

  private void serve(SocketChannel client) throws IOException {
    client.configureBlocking(false);
    if (address instanceof InetSocketAddress) {
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    Transport[] mine = new Transport[1];
    var protocol = new StreamProtocol(loop, new StreamReader(options.limit()), () -> gone(mine[0]));
    Transport transport = SocketTransport.start(loop, client, protocol);
    mine[0] = transport;
    clients.add(transport);
    Task<Void> task =
        loop.registry()
            .create(
                Coroutines.of("client", () -> handle(transport, protocol)),
                TaskSpec.inherited(null, null));
    task.onDone(done -> handled(done, transport));
  }

  private void handle(Transport transport, StreamProtocol protocol) throws Exception {
    var connection = StreamConnection.secured(transport, protocol, options, true, null);
    handler.handle(connection.reader(), connection.writer());
  }

  private void handled(Promise<Void> done, Transport transport) {
    if (done.isCancelled()) {
      transport.close();
      return;
    }
    Throwable error = done.error();
    if (error == null) return;
    transport.close();
    loop.report(ErrorContext.of("The handler of a client failed", error));
  }

  private void gone(Transport transport) {
    clients.remove(transport);
    wakeIfOver();
  }

  private void wakeIfOver() {
    if (!closed || !clients.isEmpty()) return;
    for (Promise<Boolean> waiter : waiters) if (!waiter.isDone()) waiter.setResult(true);
    waiters.clear();
  }

  /// The address it listens on.
  public @Nullable SocketAddress address() {
    return address;
  }

  /// The port it listens on, or -1 for a Unix-domain socket.
  public int port() {
    return address instanceof InetSocketAddress inet ? inet.getPort() : -1;
  }

  public boolean isServing() {
    return !closed;
  }

  /// How many connections are open.
  public int clientCount() {
    return clients.size();
  }

  /// Waits for ever; cancelled, it closes the server and waits for the clients to leave.
  public Coroutine<Void> serveForever() {
    return Coroutines.of("StreamServer.serveForever", this::awaitForever);
  }

  private void awaitForever() {
    requireToServe();
    Promise<Boolean> mine = new ComposedPromise<>(loop, "serveForever");
    serving = mine;
    try {
      Awaiting.promise(mine);
    } catch (CancelledError e) {
      close();
      awaitClosed();
      throw e;
    } finally {
      serving = null;
    }
  }

  private void requireToServe() {
    if (closed) {
      throw new MisuseError(
          "serveForever() of a server that is closed: "
              + this
              + ". A closed server stays closed: make a new one."
              + "\n  wrong: server.close(); await(server.serveForever());"
              + "\n  right: try (var server = await(startServer(...))) {"
              + " await(server.serveForever()); }");
    }
    if (serving != null) {
      throw new MisuseError(
          "serveForever() is awaited by two coroutines at once: "
              + this
              + ". It serves without it too; one of them is enough to keep the program going."
              + "\n  wrong: gather(server.serveForever(), server.serveForever())"
              + "\n  right: await(server.serveForever());   // once; others: server.waitClosed()");
    }
  }

  /// Accepts no more connections; those that are open go on.
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    loop.io().ended(leftOpen);
    try {
      loop.io().close(channel);
    } catch (IOException e) {
      loop.report(ErrorContext.of("The server's socket could not be closed", e));
    }
    whenClosed.run();
    if (serving != null && !serving.isDone()) serving.cancel();
    wakeIfOver();
  }

  /// Closes the connections of all clients; what waits to be sent still is.
  public void closeClients() {
    for (Transport client : List.copyOf(clients)) client.close();
  }

  /// Ends the connections of all clients at once.
  public void abortClients() {
    for (Transport client : List.copyOf(clients)) client.abort();
  }

  /// Waits until the server is closed and the last client has left.
  public Coroutine<Void> waitClosed() {
    return Coroutines.of("StreamServer.waitClosed", this::awaitClosed);
  }

  private void awaitClosed() {
    if (closed && clients.isEmpty()) return;
    Promise<Boolean> mine = new ComposedPromise<>(loop, "waitClosed");
    waiters.add(mine);
    try {
      Awaiting.promise(mine);
    } finally {
      waiters.remove(mine);
    }
  }

  @Override
  public String toString() {
    return "<StreamServer "
        + address
        + (closed ? " closed" : " serving")
        + (clients.isEmpty() ? "" : ", clients: " + clients.size())
        + ">";
  }
}
