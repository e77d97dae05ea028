package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// How a writer ends, and what it keeps back: CPython 3.13's rules.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class StreamWriterTest {
  // More than any system keeps for a socket by itself.
  private static final int MUCH = 16 << 20;

  private final Program program;

  StreamWriterTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private interface Talk {
    /// @param gate lets the server read all that comes
    void with(StreamConnection client, AsyncEvent gate) throws Exception;
  }

  /// A client of a server that reads nothing before the gate is open.
  private void withSlowServer(StreamOptions options, Talk talk) {
    program.runReal(
        () -> {
          var gate = new AsyncEvent();
          StreamConnection.Handler handler =
              (reader, writer) -> {
                await(gate.await());
                writer.write(await(reader.readAll()).length + "\n");
                writer.close();
              };
          try (var server = await(startServer(handler, "localhost", 0, options));
              var client = await(openConnection("localhost", server.port(), options))) {
            talk.with(client, gate);
            gate.set();
          }
          return 0;
        });
  }

  @Test
  void anAbortEndsTheConnectionAtOnceAndLosesWhatWaits() {
    withSlowServer(
        StreamOptions.defaults(),
        (client, gate) -> {
          StreamWriter writer = client.writer();
          writer.write(new byte[MUCH]);
          assertThat(writer.unsentBytes()).isPositive();
          writer.abort();
          assertThat(writer.isClosing()).isTrue();
          assertThat(writer.unsentBytes()).isZero();
          writer.write("too late");
          assertThat(writer.unsentBytes()).isZero();
          await(writer.waitClosed());
          assertThat(await(client.reader().readAll())).isEmpty();
        });
  }

  @Test
  void anAbortAfterACloseStillEndsItAtOnce() {
    withSlowServer(
        StreamOptions.defaults(),
        (client, gate) -> {
          client.writer().write(new byte[MUCH]);
          client.writer().close();
          long waits = client.writer().unsentBytes();
          client.writer().write("more");
          assertThat(client.writer().unsentBytes()).isEqualTo(waits + 4);
          client.writer().abort();
          await(client.writer().waitClosed());
          assertThat(client.writer().unsentBytes()).isZero();
        });
  }

  @Test
  void aDrainThatWaitsEndsWithAnAbortAndTheNextSaysThatTheConnectionIsLost() {
    withSlowServer(
        StreamOptions.defaults(),
        (client, gate) -> {
          client.writer().write(new byte[MUCH]);
          var waiting = createTask(client.writer().drain());
          await(sleep(0.01));
          assertThat(waiting.isDone()).isFalse();
          client.writer().abort();
          await(waiting);
          assertThatThrownBy(() -> await(client.writer().drain()))
              .isInstanceOf(SocketException.class)
              .hasMessageContaining("the connection is lost");
        });
  }

  @Test
  void aDrainThatWaitsThrowsWhatBreaksTheConnection() {
    program.runReal(
        () -> {
          var gate = new AsyncEvent();
          StreamConnection.Handler handler =
              (_, writer) -> {
                await(gate.await());
                writer.abort(); // with bytes unread, which the system answers with a reset
              };
          try (var server = await(startServer(handler, "localhost", 0));
              var client = await(openConnection("localhost", server.port()))) {
            client.writer().write(new byte[MUCH]);
            var waiting = createTask(client.writer().drain());
            await(sleep(0.01));
            assertThat(waiting.isDone()).isFalse();
            gate.set();
            assertThatThrownBy(() -> await(waiting)).isInstanceOf(IOException.class);
            assertThat(client.writer().isClosing()).isTrue();
            assertThatThrownBy(() -> await(client.writer().waitClosed()))
                .isInstanceOf(IOException.class);
          }
          return 0;
        });
  }

  @Test
  void aWriterIsClosingFromItsCloseOnAndNotWhenTheOtherSideSaysThatNoMoreComes() {
    program.runReal(
        () -> {
          var heard = new AsyncEvent();
          StreamConnection.Handler handler =
              (reader, writer) -> {
                writer.writeEof();
                program.step(await(reader.readLine()));
                writer.close();
                heard.set();
              };
          try (var server = await(startServer(handler, "localhost", 0));
              var client = await(openConnection("localhost", server.port()))) {
            StreamWriter writer = client.writer();
            assertThat(await(client.reader().readLine())).isNull();
            assertThat(writer.isClosing()).isFalse();
            writer.write("still heard\n");
            writer.close();
            assertThat(writer.isClosing()).isTrue();
            await(writer.waitClosed());
            assertThat(writer.isClosing()).isTrue();
            await(heard.await());
          }
          return 0;
        });
    assertThat(program.trail()).containsExactly("still heard");
  }

  @Test
  void limitsFollowAsyncioWhereOneIsGiven() {
    assertThat(WriteLimits.defaults()).isEqualTo(new WriteLimits(65_536, 16_384));
    assertThat(WriteLimits.ofHigh(100)).isEqualTo(new WriteLimits(100, 25));
    assertThat(WriteLimits.ofLow(100)).isEqualTo(new WriteLimits(400, 100));
    assertThat(WriteLimits.ofHigh(0)).isEqualTo(new WriteLimits(0, 0));
    assertThatThrownBy(() -> new WriteLimits(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("high is 1 and low is 2")
        .hasMessageContaining("right: new WriteLimits(");
    assertThatThrownBy(() -> new WriteLimits(1, -2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("low is -2");
  }

  @Test
  void drainWaitsByTheLimitsOfItsConnectionWhichMayBeChanged() {
    var generous = WriteLimits.ofHigh(2L * MUCH);
    withSlowServer(
        StreamOptions.defaults().withWriteLimits(generous),
        (client, gate) -> {
          StreamWriter writer = client.writer();
          assertThat(writer.writeLimits()).isEqualTo(generous);
          writer.write(new byte[MUCH]);
          await(writer.drain());
          assertThat(writer.unsentBytes()).isPositive();
          writer.writeLimits(WriteLimits.defaults());
          var waiting = createTask(writer.drain());
          await(sleep(0.01));
          assertThat(waiting.isDone()).isFalse();
          writer.writeLimits(generous);
          await(sleep(0));
          assertThat(waiting.isDone()).isFalse(); // only a send looks at the marks
          gate.set();
          await(waiting);
          writer.writeEof();
          assertThat(await(client.reader().readLine())).isEqualTo("" + MUCH);
          assertThat(writer.unsentBytes()).isZero();
        });
  }

  @Test
  void withLimitsOfZeroADrainWaitsForTheLastByte() {
    withSlowServer(
        StreamOptions.defaults().withWriteLimits(new WriteLimits(0, 0)),
        (client, gate) -> {
          client.writer().write(new byte[MUCH]);
          var waiting = createTask(client.writer().drain());
          gate.set();
          await(waiting);
          assertThat(client.writer().unsentBytes()).isZero();
          client.writer().writeEof();
          assertThat(await(client.reader().readLine())).isEqualTo("" + MUCH);
        });
  }

  @Test
  void manySmallPiecesThatWaitAllArrive() {
    withSlowServer(
        StreamOptions.defaults(),
        (client, gate) -> {
          client.writer().write(new byte[MUCH]);
          byte[] small = new byte[7];
          for (int i = 0; i < 5000; i++) client.writer().write(small);
          gate.set();
          await(client.writer().drain());
          client.writer().writeEof();
          assertThat(await(client.reader().readLine())).isEqualTo("" + (MUCH + 35_000));
        });
  }

  @Test
  void overTlsTheSameRulesHold(@TempDir Path directory) throws Exception {
    var tls = TestCertificate.of(directory, "localhost");
    var limits = WriteLimits.ofHigh(1000);
    withSlowServer(
        StreamOptions.defaults().withTls(tls.context()).withWriteLimits(limits),
        (client, gate) -> {
          StreamWriter writer = client.writer();
          assertThat(writer.writeLimits()).isEqualTo(limits);
          writer.write(new byte[MUCH]);
          assertThat(writer.unsentBytes()).isPositive();
          var waiting = createTask(writer.drain());
          await(sleep(0.01));
          assertThat(waiting.isDone()).isFalse();
          writer.abort();
          assertThat(writer.isClosing()).isTrue();
          await(waiting);
          await(writer.waitClosed());
          assertThatThrownBy(() -> await(writer.drain())).isInstanceOf(SocketException.class);
        });
  }

  @Test
  void anAbortOfAProcessesInputLosesWhatWaitsAndEndsTheInput() {
    program.runReal(
        () -> {
          try (var shell = await(subprocessShell("read go; wc -c"))) {
            shell.stdin().write(new byte[MUCH]);
            assertThat(shell.stdin().unsentBytes()).isEqualTo(MUCH);
            var waiting = createTask(shell.stdin().drain());
            await(sleep(0.01));
            assertThat(waiting.isDone()).isFalse();
            shell.stdin().abort();
            await(waiting);
            await(shell.stdin().waitClosed());
            assertThat(shell.stdin().unsentBytes()).isZero();
          }
          return 0;
        });
  }

  @Test
  void aProcessSeesTheEndOfItsInputAlsoAfterACloseAndAnAbort() {
    program.runReal(
        () -> {
          try (var cat = await(subprocess("cat"))) {
            cat.stdin().close();
            cat.stdin().abort();
            assertThat(await(cat.await())).isZero();
          }
          return 0;
        });
  }

  @Test
  void whatAProgramLeavesOpenIsClosedWithItsLoop() {
    int port =
        program.runReal(
            () -> {
              var server =
                  await(startServer((reader, _) -> await(reader.readAll()), "localhost", 0));
              await(openConnection("localhost", server.port()));
              return server.port();
            });
    assertThatThrownBy(() -> new Socket("localhost", port)).isInstanceOf(ConnectException.class);
  }
}
