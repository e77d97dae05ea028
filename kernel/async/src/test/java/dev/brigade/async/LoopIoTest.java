package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class LoopIoTest {
  private final Program program;

  LoopIoTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static ServerSocketChannel server() throws IOException {
    var server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.configureBlocking(false);
    return server;
  }

  private static Coroutine<Void> echoOnce(ServerSocketChannel server) {
    return async(
        () -> {
          LoopIo io = eventLoop().io();
          SocketChannel peer = await(io.sockAccept(server));
          byte[] bytes;
          while ((bytes = await(io.sockRecv(peer, 1024))).length > 0) {
            await(io.sockSendAll(peer, ByteBuffer.wrap(bytes)));
          }
          io.close(peer);
        });
  }

  private static String talk(SocketChannel client, String text) {
    LoopIo io = eventLoop().io();
    await(io.sockSendAll(client, ByteBuffer.wrap(text.getBytes(UTF_8))));
    return new String(await(io.sockRecv(client, 1024)), UTF_8);
  }

  @Test
  void twoCoroutinesTalkOverASocketOnOneLoop() {
    program.runReal(
        () -> {
          LoopIo io = eventLoop().io();
          try (var server = server();
              var client = SocketChannel.open()) {
            client.configureBlocking(false);
            Task<Void> echo = createTask(echoOnce(server));
            await(io.sockConnect(client, server.getLocalAddress()));
            assertThat(talk(client, "hello")).isEqualTo("hello");
            assertThat(talk(client, "again")).isEqualTo("again");
            client.shutdownOutput();
            await(echo);
            assertThat(await(io.sockRecv(client, 10))).isEmpty();
            io.close(client);
            io.close(server);
          }
          return 0;
        });
  }

  @Test
  void aUnixDomainSocketWorksAsWell(@TempDir Path directory) {
    program.runReal(
        () -> {
          LoopIo io = eventLoop().io();
          var address = UnixDomainSocketAddress.of(directory.resolve("socket"));
          try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
              var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address).configureBlocking(false);
            client.configureBlocking(false);
            Task<Void> echo = createTask(echoOnce(server));
            await(io.sockConnect(client, address));
            assertThat(talk(client, "unix")).isEqualTo("unix");
            io.close(client);
            await(echo);
            io.close(server);
          }
          return 0;
        });
  }

  @Test
  void datagramsComeWithTheirSender() {
    program.runReal(
        () -> {
          LoopIo io = eventLoop().io();
          var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
          try (var one = DatagramChannel.open();
              var two = DatagramChannel.open()) {
            one.bind(local).configureBlocking(false);
            two.bind(local).configureBlocking(false);
            var buffer = ByteBuffer.allocate(100);
            var receiver = createTask(io.sockRecvFrom(two, buffer));
            await(io.sockSendTo(one, ByteBuffer.wrap(new byte[] {7}), two.getLocalAddress()));
            assertThat(await(receiver)).isEqualTo(one.getLocalAddress());
            assertThat(buffer.position()).isEqualTo(1);
            io.close(one);
            io.close(two);
          }
          return 0;
        });
  }

  @Test
  void aDatagramThatNobodyTakesIsAnErrorOfTheNextReceive() {
    program.runReal(
        () -> {
          LoopIo io = eventLoop().io();
          int port;
          try (var gone = DatagramChannel.open()) {
            gone.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = gone.socket().getLocalPort();
          }
          DatagramChannel channel = DatagramChannel.open();
          channel.configureBlocking(false);
          var there = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
          channel.connect(there);
          await(io.sockSendTo(channel, ByteBuffer.wrap(new byte[1]), there));
          assertThatThrownBy(() -> await(io.sockRecvFrom(channel, ByteBuffer.allocate(10))))
              .isInstanceOf(PortUnreachableException.class);
          io.close(channel);
          return 0;
        });
  }

  @Test
  void timersAndOtherThreadsAreHeardWhileAChannelIsWaitedFor() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    program.runReal(
        () -> {
          var loop = eventLoop();
          var read = createTask(loop.io().sockRecv(pipe.source(), 10));
          await(sleep(0.01));
          program.step("timer");
          var other = loop.<Integer>createPromise();
          Thread.ofPlatform().start(() -> loop.callSoonThreadsafe(() -> other.setResult(1)));
          await(other);
          program.step("thread");
          pipe.sink().write(ByteBuffer.wrap(new byte[] {1, 2}));
          assertThat(await(read)).containsExactly(1, 2);
          loop.io().close(pipe.source());
          return 0;
        });
    pipe.sink().close();
    assertThat(program.trail()).containsExactly("timer", "thread");
  }

  @Test
  void aReaderIsCalledAgainAsLongAsTheChannelIsReadableAndReplacedByTheNext() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    program.runReal(
        () -> {
          LoopIo io = eventLoop().io();
          int[] calls = {0};
          var thrice = eventLoop().<Integer>createPromise();
          io.addReader(
              pipe.source(),
              () -> {
                if (++calls[0] == 3) thrice.setResult(3);
              });
          pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
          await(thrice);
          var replaced = eventLoop().<Integer>createPromise();
          io.addReader(
              pipe.source(),
              () -> {
                if (!replaced.isDone()) replaced.setResult(calls[0]);
              });
          int atReplacement = calls[0];
          assertThat(await(replaced)).isEqualTo(atReplacement);
          assertThat(io.removeReader(pipe.source())).isTrue();
          assertThat(io.removeReader(pipe.source())).isFalse();
          io.close(pipe.source());
          return 0;
        });
    pipe.sink().close();
  }

  @Test
  void underVirtualTimeALocalConversationIsNotOvertakenByTimers() {
    program.run(
        () -> {
          LoopIo io = eventLoop().io();
          try (var server = server();
              var client = SocketChannel.open()) {
            client.configureBlocking(false);
            Task<Void> echo = createTask(echoOnce(server));
            await(io.sockConnect(client, server.getLocalAddress()));
            String answer = timeout(1, () -> talk(client, "quick"));
            assertThat(answer).isEqualTo("quick");
            await(sleep(1000)); // and an idle connection does not hold time back
            io.close(client);
            await(echo);
            io.close(server);
          }
          assertThat(eventLoop().time()).isEqualTo(1000.0);
        });
  }

  @Test
  void aCancelledWaitLeavesTheChannelUsable() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    program.runReal(
        () -> {
          LoopIo io = eventLoop().io();
          assertThat(
                  moveOnAfter(0.01, () -> await(io.sockRecv(pipe.source(), 1))).cancelledCaught())
              .isTrue();
          pipe.sink().write(ByteBuffer.wrap(new byte[] {9}));
          assertThat(await(io.sockRecv(pipe.source(), 1))).containsExactly(9);
          io.close(pipe.source());
          return 0;
        });
    pipe.sink().close();
  }

  @Test
  void aBlockingChannelIsRefusedWithTheLineThatMakesItFit() throws Exception {
    Pipe pipe = Pipe.open();
    program.run(
        () ->
            assertThatThrownBy(() -> eventLoop().io().addReader(pipe.source(), () -> {}))
                .isInstanceOf(MisuseError.class)
                .hasMessageContaining("channel.configureBlocking(false);"));
    pipe.source().close();
    pipe.sink().close();
  }

  @Test
  void addressesAreLookedUpOffTheLoop() {
    program.runReal(
        () -> {
          List<InetSocketAddress> found = await(eventLoop().io().getAddrInfo("localhost", 80));
          assertThat(found).isNotEmpty().allMatch(address -> address.getPort() == 80);
          return 0;
        });
  }
}
