package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class ProcessAndFileTest {
  private final Program program;

  ProcessAndFileTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @Test
  void communicateSendsInputAndGivesAllOutputAndTheExitCode() {
    program.runReal(
        () -> {
          var shell = await(subprocessShell("cat; echo oops >&2; exit 3"));
          var output = await(shell.communicate("hello"));
          assertThat(output.text()).isEqualTo("hello");
          assertThat(output.errorText()).isEqualTo("oops\n");
          assertThat(output.exitCode()).isEqualTo(3);
          assertThat(shell.exitCode()).isEqualTo(3);
          return 0;
        });
  }

  @Test
  void aLotOfDataGoesBothWaysWithoutADeadlock() {
    program.runReal(
        () -> {
          byte[] much = "0123456789abcdef".repeat(100_000).getBytes(UTF_8);
          var cat = await(subprocess("cat"));
          assertThat(await(cat.communicate(much)).stdout()).isEqualTo(much);
          return 0;
        });
  }

  @Test
  void aProcessThatDoesNotReadItsInputIsNoError() {
    program.runReal(
        () -> {
          var quick = await(subprocess("true"));
          await(quick.await());
          assertThat(await(quick.communicate("x".repeat(1 << 20))).exitCode()).isZero();
          return 0;
        });
  }

  @Test
  void outputCanBeReadLineByLineAlsoAfterTheEnd() {
    program.runReal(
        () -> {
          var shell = await(subprocessShell("echo one; echo two"));
          assertThat(await(shell.await())).isZero();
          assertThat(await(shell.stdout().readLine())).isEqualTo("one");
          assertThat(await(shell.stdout().readLine())).isEqualTo("two");
          assertThat(await(shell.stdout().readLine())).isNull();
          return 0;
        });
  }

  @Test
  void cancellingTheWaitLeavesTheProcessRunningAndKillEndsIt() {
    program.runReal(
        () -> {
          var cat = await(subprocess("cat"));
          assertThat(moveOnAfter(0.01, () -> await(cat.await())).cancelledCaught()).isTrue();
          assertThat(cat.exitCode()).isNull();
          cat.stdin().write("alive\n");
          assertThat(await(cat.stdout().readLine())).isEqualTo("alive");
          cat.kill();
          assertThat(await(cat.await())).isEqualTo(128 + 9);
          return 0;
        });
  }

  @Test
  void closingALiveProcessKillsItAndSoDoesTheEndOfItsLoop() throws Exception {
    ProcessHandle left =
        program.runReal(
            () -> {
              var one = await(subprocess("cat"));
              one.close();
              assertThat(await(one.await())).isEqualTo(128 + 9);
              return ProcessHandle.of(await(subprocess("cat")).pid()).orElseThrow();
            });
    left.onExit().get(30, java.util.concurrent.TimeUnit.SECONDS);
    assertThat(left.isAlive()).isFalse();
  }

  @Test
  void aProgramThatIsNotThereIsAnErrorThatNamesIt() {
    program.runReal(
        () -> {
          assertThatThrownBy(() -> await(subprocess("no-such-program-here")))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("no-such-program-here");
          return 0;
        });
  }

  @Test
  void virtualTimeStandsStillWhileAProcessRuns() {
    program.run(
        () -> {
          var shell = await(subprocessShell("read line; echo $line"));
          var timer = createTask(sleep(1000));
          String out = await(shell.communicate("quick\n")).text();
          assertThat(out).isEqualTo("quick\n");
          assertThat(eventLoop().time()).isZero();
          assertThat(timer.isDone()).isFalse();
          timer.cancel();
        });
  }

  @Test
  void aProcessBuilderSaysWhereItsOutputGoes(@TempDir Path directory) {
    program.runReal(
        () -> {
          var both =
              new ProcessBuilder("/bin/sh", "-c", "echo out; echo err >&2; pwd; echo $COOK")
                  .redirectErrorStream(true)
                  .directory(directory.toFile());
          both.environment().put("COOK", "Ada");
          var merged = await(await(subprocess(both)).communicate());
          assertThat(merged.text().lines())
              .containsExactly("out", "err", directory.toRealPath().toString(), "Ada");
          assertThat(merged.errorText()).isEmpty();
          var silent =
              new ProcessBuilder("echo", "out").redirectOutput(ProcessBuilder.Redirect.DISCARD);
          assertThat(await(await(subprocess(silent)).communicate()).stdout()).isEmpty();
          return 0;
        });
  }

  @Test
  void stoppingAProcessThatHasEndedDoesNothing() {
    program.runReal(
        () -> {
          var quick = await(subprocess("true"));
          assertThat(await(quick.await())).isZero();
          quick.terminate();
          quick.kill();
          quick.close();
          assertThat(quick.exitCode()).isZero();
          return 0;
        });
  }

  @Test
  void filesAreAppendedToAndReadAsBytesAndAWaitForOneCanBeCancelled(@TempDir Path directory) {
    program.runReal(
        () -> {
          Path file = directory.resolve("a.bin");
          await(AsyncFiles.write(file, new byte[] {1, 2}));
          await(AsyncFiles.write(file, new byte[] {3}, CREATE, APPEND));
          await(AsyncFiles.writeString(file, "x", APPEND));
          assertThat(await(AsyncFiles.readAllBytes(file))).containsExactly(1, 2, 3, 'x');
          var reading = createTask(AsyncFiles.readAllBytes(file));
          await(sleep(0));
          reading.cancel();
          assertThatThrownBy(() -> await(reading)).isInstanceOf(CancelledError.class);
          return 0;
        });
  }

  @Test
  void filesAreReadAndWrittenOffTheLoop(@TempDir Path directory) {
    program.runReal(
        () -> {
          Path file = directory.resolve("a.txt");
          await(AsyncFiles.writeString(file, "one\ntwo\n"));
          assertThat(await(AsyncFiles.readString(file))).isEqualTo("one\ntwo\n");
          assertThat(await(AsyncFiles.readAllLines(file))).containsExactly("one", "two");
          assertThatThrownBy(() -> await(AsyncFiles.readString(directory.resolve("b.txt"))))
              .isInstanceOf(NoSuchFileException.class);
          return 0;
        });
  }

  private interface Talk {
    void with(String base) throws Exception;
  }

  private void withServer(CountDownLatch hold, Talk talk) throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/held")) awaitLatch(hold);
            byte[] body = ("page " + path).getBytes(UTF_8);
            exchange.sendResponseHeaders(path.equals("/missing") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      try {
        talk.with("http://localhost:" + server.getAddress().getPort());
      } finally {
        hold.countDown();
        server.stop(0);
      }
    }
  }

  private static void awaitLatch(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void pagesAreFetchedOneByOneOrAllAtOnceInTheOrderGiven() throws Exception {
    withServer(
        new CountDownLatch(1),
        base ->
            program.runReal(
                () -> {
                  assertThat(await(fetch(base + "/a")).body()).isEqualTo("page /a");
                  assertThat(await(fetch(base + "/missing")).statusCode()).isEqualTo(404);
                  var all = await(fetchAll(List.of(base + "/1", base + "/2", base + "/3")));
                  assertThat(all)
                      .extracting(java.net.http.HttpResponse::body)
                      .containsExactly("page /1", "page /2", "page /3");
                  return 0;
                }));
  }

  @Test
  void aFetchIsCancelledByATimeLimit() throws Exception {
    withServer(
        new CountDownLatch(1),
        base ->
            program.runReal(
                () -> {
                  assertThatThrownBy(() -> await(waitFor(fetch(base + "/held"), 0.05)))
                      .isInstanceOf(TimeoutError.class);
                  return 0;
                }));
  }

  /// Answers with half a page, then waits for the client to leave.
  private static StreamServer halfServer(AsyncEvent asked, AsyncEvent left) {
    return await(
        startServer(
            (reader, writer) -> {
              boolean missing = await(reader.readLine()).contains("missing");
              if (missing) {
                writer.close();
                return;
              }
              writer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a page");
              asked.set();
              try {
                await(reader.readAll());
              } finally {
                left.set();
              }
            },
            "localhost",
            0));
  }

  @Test
  void cancellingAFetchEndsTheRequestItself() {
    program.runReal(
        () -> {
          var asked = new AsyncEvent();
          var left = new AsyncEvent();
          try (var server = halfServer(asked, left)) {
            var page = createTask(fetch("http://localhost:" + server.port() + "/"));
            await(asked.await());
            page.cancel();
            assertThatThrownBy(() -> await(page)).isInstanceOf(CancelledError.class);
            await(waitFor(left.await(), 30));
          }
          return 0;
        });
  }

  @Test
  void theFirstFetchThatFailsEndsTheOthers() {
    program.runReal(
        () -> {
          var asked = new AsyncEvent();
          var left = new AsyncEvent();
          try (var server = halfServer(asked, left)) {
            String base = "http://localhost:" + server.port();
            var pages = createTask(fetchAll(List.of(base + "/slow", base + "/missing")));
            assertThatThrownBy(() -> await(pages)).isInstanceOf(IOException.class);
            if (asked.isSet()) await(waitFor(left.await(), 30));
          }
          return 0;
        });
  }

  @Test
  void anAddressThatIsNotWholeIsRefusedWithTheRightForm() {
    program.run(
        () ->
            assertThatThrownBy(() -> fetch("localhost"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fetch(\"http://localhost:8080/path\")"));
  }
}
