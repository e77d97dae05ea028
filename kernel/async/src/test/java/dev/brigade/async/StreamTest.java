package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class StreamTest {
  private final Program program;

  StreamTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static void echo(StreamReader reader, StreamWriter writer) {
    String line;
    while ((line = await(reader.readLine())) != null) {
      writer.write(line + "\n");
      await(writer.drain());
    }
    writer.close();
  }

  private static StreamServer server(StreamConnection.Handler handler) {
    return await(startServer(handler, "localhost", 0));
  }

  private static void end(StreamServer server) {
    server.close();
  }

  private static StreamConnection connect(StreamServer server) {
    return await(openConnection("localhost", server.port()));
  }

  private static String ask(StreamConnection connection, String line) {
    connection.writer().write(line + "\n");
    await(connection.writer().drain());
    return await(connection.reader().readLine());
  }

  @Test
  void aClientTalksToAServerOnTheSameLoop() {
    program.runReal(
        () -> {
          try (var server = server(StreamTest::echo);
              var client = connect(server)) {
            assertThat(ask(client, "hello")).isEqualTo("hello");
            client.writer().writeEof();
            assertThat(await(client.reader().readLine())).isNull();
            client.writer().close();
            await(client.writer().waitClosed());
            end(server);
            await(server.waitClosed());
            assertThat(server.clientCount()).isZero();
          }
          return 0;
        });
  }

  @Test
  void manyClientsAreServedAtTheSameTime() {
    program.runReal(
        () -> {
          try (var server = server(StreamTest::echo)) {
            var talks = new ArrayList<Coroutine<String>>();
            for (int i = 0; i < 50; i++) {
              String mine = "client " + i;
              talks.add(
                  async(
                      () -> {
                        try (var client = connect(server)) {
                          String answer = ask(client, mine);
                          return ask(client, answer);
                        }
                      }));
            }
            var answers = await(gather(talks));
            assertThat(answers)
                .hasSize(50)
                .contains("client 0", "client 49")
                .doesNotHaveDuplicates();
          }
          return 0;
        });
  }

  @Test
  void aUnixDomainServerWorksAsWell(@TempDir Path directory) {
    program.runReal(
        () -> {
          Path path = directory.resolve("s");
          try (var server = await(startUnixServer(StreamTest::echo, path));
              var client = await(openUnixConnection(path))) {
            assertThat(server.port()).isEqualTo(-1);
            assertThat(ask(client, "unix")).isEqualTo("unix");
          }
          return 0;
        });
  }

  @Test
  void aUnixDomainServerTakesItsPathOverAndRemovesItWhenItIsClosed(@TempDir Path directory)
      throws Exception {
    Path path = directory.resolve("s");
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(path).exists(); // as a program leaves it that was killed
    program.runReal(
        () -> {
          try (var first = await(startUnixServer(StreamTest::echo, path));
              var second = await(startUnixServer(StreamTest::echo, path))) {
            end(first);
            assertThat(path).exists(); // it is the second's now
            try (var client = await(openUnixConnection(path))) {
              assertThat(ask(client, "unix")).isEqualTo("unix");
            }
            end(second);
            assertThat(path).doesNotExist();
            await(startUnixServer(StreamTest::echo, path));
            assertThat(path).exists();
          }
          return 0;
        });
    assertThat(path).doesNotExist();
    Files.writeString(path, "no socket");
    program.runReal(
        () -> {
          assertThatThrownBy(() -> await(startUnixServer(StreamTest::echo, path)))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("cannot listen on");
          return 0;
        });
    assertThat(path).hasContent("no socket");
  }

  @Test
  void ofSeveralAddressesTheFirstThatAnswersWinsAndOnlyItsConnectionStays() {
    program.runReal(
        () -> {
          try (var server = server(StreamTest::echo)) {
            var there = new InetSocketAddress("localhost", server.port());
            var nowhere = UnixDomainSocketAddress.of("/no/such/socket");
            var channel =
                Connecting.connectFirst(eventLoop(), List.of(nowhere, there, there), 0.001);
            assertThat(channel.isConnected()).isTrue();
            eventLoop().io().close(channel);
            assertThatThrownBy(
                    () -> Connecting.connectFirst(eventLoop(), List.of(nowhere, nowhere), 0.001))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("/no/such/socket")
                .satisfies(error -> assertThat(error.getSuppressed()).hasSize(2));
            end(server);
            server.abortClients();
            await(server.waitClosed());
            assertThat(server.clientCount()).isZero();
          }
          return 0;
        });
  }

  @Test
  void aWriterWhoseReaderIsSlowWaitsInDrainAndLosesNothing() {
    program.runReal(
        () -> {
          int size = 8 << 20;
          try (var server =
                  server(
                      (reader, writer) -> {
                        await(reader.readExactly(1));
                        program.step("server reads");
                        int count = await(reader.readAll()).length;
                        writer.write(count + "\n");
                        writer.close();
                      });
              var client = connect(server)) {
            client.writer().write(new byte[size]);
            var drained = createTask(client.writer().drain());
            drained.onDone(_ -> program.step("drained"));
            await(drained);
            client.writer().writeEof();
            assertThat(await(client.reader().readLine())).isEqualTo("" + (size - 1));
          }
          return 0;
        });
    assertThat(program.trail()).containsExactly("server reads", "drained");
  }

  @Test
  void severalCoroutinesMayDrainAtOnce() {
    program.runReal(
        () -> {
          try (var server = server((reader, _) -> await(reader.readAll()));
              var client = connect(server)) {
            client.writer().write(new byte[4 << 20]);
            await(gather(client.writer().drain(), client.writer().drain()));
          }
          return 0;
        });
  }

  @Test
  void writingToALostConnectionFailsInDrainAndNeverSpins() {
    program.runReal(
        () -> {
          try (var server = server((_, writer) -> writer.transport().abort());
              var client = connect(server)) {
            assertThatThrownBy(
                    () -> {
                      while (true) {
                        client.writer().write(new byte[10_000]);
                        await(client.writer().drain());
                      }
                    })
                .isInstanceOf(IOException.class);
          }
          return 0;
        });
  }

  @Test
  void drainAfterCloseSaysThatTheConnectionIsLost() {
    program.runReal(
        () -> {
          try (var server = server(StreamTest::echo);
              var client = connect(server)) {
            client.writer().close();
            await(client.writer().waitClosed());
            assertThatThrownBy(() -> await(client.writer().drain()))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("the connection is lost");
          }
          return 0;
        });
  }

  @Test
  void whatAHandlerThrowsGoesToTheExceptionHandlerAndItsConnectionIsClosed() {
    var heard = new ArrayList<ErrorContext>();
    program.runReal(
        () -> {
          eventLoop().onException(heard::add);
          try (var server =
                  server(
                      (_, _) -> {
                        throw new IllegalStateException("broken handler");
                      });
              var client = connect(server)) {
            assertThat(await(client.reader().readLine())).isNull();
          }
          return 0;
        });
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst().error()).hasMessage("broken handler");
  }

  @Test
  void cancellingServeForeverClosesTheServerAndWaitsForItsClients() {
    program.runReal(
        () -> {
          var server = server(StreamTest::echo);
          var serving = createTask(server.serveForever());
          var client = connect(server);
          assertThat(ask(client, "a")).isEqualTo("a");
          assertThatThrownBy(() -> await(server.serveForever()))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("awaited by two");
          serving.cancel();
          await(sleep(0));
          await(sleep(0));
          assertThat(server.isServing()).isFalse();
          assertThat(serving.isDone()).isFalse();
          assertThat(ask(client, "b")).isEqualTo("b");
          client.writer().close();
          assertThatThrownBy(() -> await(serving)).isInstanceOf(CancelledError.class);
          return 0;
        });
  }

  @Test
  void closingTheClientsOfAServerEndsTheirConnections() {
    program.runReal(
        () -> {
          var server = server((reader, _) -> await(reader.readAll()));
          var client = connect(server);
          await(sleep(0.01));
          server.close();
          server.closeClients();
          await(server.waitClosed());
          assertThat(await(client.reader().readLine())).isNull();
          client.writer().close();
          return 0;
        });
  }

  @Test
  void connectingWhereNobodyListensSaysWhereAndAsksForTheServer() {
    program.runReal(
        () -> {
          int free;
          try (var server = server(StreamTest::echo)) {
            free = server.port();
          }
          assertThatThrownBy(() -> await(openConnection("localhost", free)))
              .isInstanceOf(ConnectException.class)
              .hasMessageContaining("does a server listen?");
          return 0;
        });
  }

  @Test
  void tlsSecuresAConnectionAndRefusesAWrongName(@TempDir Path directory) throws Exception {
    var tls = TestCertificate.of(directory, "localhost");
    program.runReal(
        () -> {
          var options = StreamOptions.defaults().withTls(tls.context());
          try (var server = await(startServer(StreamTest::echo, "localhost", 0, options));
              var client = await(openConnection("localhost", server.port(), options))) {
            assertThat(ask(client, "secret")).isEqualTo("secret");
            String big = "x".repeat(60_000);
            assertThat(ask(client, big)).isEqualTo(big);
            assertThat(client.writer().canWriteEof()).isFalse();
            client.writer().close();
            await(client.writer().waitClosed());
            assertThatThrownBy(
                    () ->
                        await(
                            openConnection(
                                "localhost",
                                server.port(),
                                options.withServerName("elsewhere.example"))))
                .isInstanceOf(javax.net.ssl.SSLException.class);
          }
          return 0;
        });
  }

  @Test
  void aPlainConnectionIsTurnedIntoTlsByStartTls(@TempDir Path directory) throws Exception {
    var tls = TestCertificate.of(directory, "localhost");
    program.runReal(
        () -> {
          StreamConnection.Handler handler =
              (reader, writer) -> {
                assertThat(await(reader.readLine())).isEqualTo("STARTTLS");
                writer.write("go\n");
                await(writer.startTls(tls.context(), true, null));
                echo(reader, writer);
              };
          try (var server = server(handler);
              var client = connect(server)) {
            assertThat(ask(client, "STARTTLS")).isEqualTo("go");
            await(client.writer().startTls(tls.context(), false, "localhost"));
            assertThat(ask(client, "secret")).isEqualTo("secret");
          }
          return 0;
        });
  }

  @Test
  void aClientOverTlsMustSayWhomItExpects(@TempDir Path directory) throws Exception {
    var tls = TestCertificate.of(directory, "localhost");
    var options = StreamOptions.defaults().withTls(tls.context());
    program.runReal(
        () -> {
          Path path = directory.resolve("s");
          try (var server = await(startUnixServer(StreamTest::echo, path, options))) {
            assertThatThrownBy(() -> await(openUnixConnection(path, options)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("right: StreamOptions.defaults().withTls(context)");
            try (var client =
                await(openUnixConnection(path, options.withServerName("localhost")))) {
              assertThat(ask(client, "secret")).isEqualTo("secret");
            }
            assertThat(server.isServing()).isTrue();
          }
          return 0;
        });
  }

  @Test
  void aHandshakeThatNobodyAnswersEndsAfterAMinuteAndOneThatIsCancelledAtOnce(
      @TempDir Path directory) throws Exception {
    var tls = TestCertificate.of(directory, "localhost");
    run(
        async(
            () -> {
              try (var server = server((reader, _) -> await(reader.readAll()));
                  var client = connect(server)) {
                var securing =
                    createTask(client.writer().startTls(tls.context(), false, "localhost"));
                await(sleep(0));
                await(sleep(0));
                securing.cancel();
                assertThatThrownBy(() -> await(securing)).isInstanceOf(CancelledError.class);
                assertThat(client.writer().isClosing()).isTrue();
                var options = StreamOptions.defaults().withTls(tls.context());
                double begin = eventLoop().time();
                assertThatThrownBy(() -> await(openConnection("localhost", server.port(), options)))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("took longer than 60 s");
                assertThat(eventLoop().time() - begin).isGreaterThanOrEqualTo(60);
              }
              return 0;
            }),
        () -> program.newLoop(LoopClock.scaled(1000)));
  }

  @Test
  void aConnectionIsCountedNeitherAsAJobNorHoldsVirtualTimeBack() {
    program.run(
        () -> {
          try (var server = server(StreamTest::echo);
              var client = connect(server)) {
            assertThat(ask(client, "a")).isEqualTo("a");
            await(sleep(3600));
            assertThat(ask(client, "b")).isEqualTo("b");
            assertThat(eventLoop().time()).isEqualTo(3600.0);
          }
        });
  }

  @Test
  void bytesThatAreNoTextTravelUnchanged() {
    program.runReal(
        () -> {
          byte[] all = new byte[256];
          for (int i = 0; i < all.length; i++) all[i] = (byte) i;
          try (var server =
                  server(
                      (reader, writer) -> {
                        writer.write(await(reader.readExactly(256)));
                        writer.write("end".getBytes(UTF_8));
                        writer.close();
                      });
              var client = connect(server)) {
            client.writer().write(all);
            assertThat(await(client.reader().readExactly(256))).isEqualTo(all);
            assertThat(await(client.reader().readAll())).isEqualTo("end".getBytes(UTF_8));
          }
          return 0;
        });
  }
}
