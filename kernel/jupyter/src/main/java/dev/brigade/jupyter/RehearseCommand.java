package dev.brigade.jupyter;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.ConnectionFile;
import dev.brigade.jupyter.protocol.RawMessage;
import dev.brigade.jupyter.wire.LoopbackClient;
import dev.brigade.session.SessionOptions;
import dev.brigade.session.spi.Subcommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// `brigade rehearse`, for install.sh: a kernel and a client in one process do once what the start
/// of a notebook does, so that the JVM's start-up cache holds it.
public final class RehearseCommand implements Subcommand {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String EMPTY = "{}";

  /// What notebooks send first: type and content.
  private static final List<List<String>> REQUESTS =
      List.of(
          List.of("kernel_info_request", EMPTY),
          List.of("comm_info_request", "{\"target_name\":\"jupyter.widget\"}"),
          execute("1 + 1"),
          execute("System.out.println(\\\"printed\\\"); System.err.println(\\\"too\\\");"),
          execute("int twice(int n) { return 2 * n; }"),
          execute("await(gather(createTask(async(() -> { await(sleep(0.001)); }))));"),
          execute("int wrong = ;"),
          execute("1 / 0"),
          List.of("complete_request", "{\"code\":\"System.out.pri\",\"cursor_pos\":14}"),
          List.of("inspect_request", "{\"code\":\"List\",\"cursor_pos\":4,\"detail_level\":0}"),
          List.of("is_complete_request", "{\"code\":\"if (true) {\"}"),
          List.of("history_request", "{\"hist_access_type\":\"tail\",\"n\":10}"));

  private static List<String> execute(String escapedCode) {
    return List.of("execute_request", "{\"code\":\"" + escapedCode + "\",\"allow_stdin\":true}");
  }

  @Override
  public String name() {
    return "rehearse";
  }

  @Override
  public String summary() {
    return "";
  }

  @Override
  public int run(List<String> arguments) throws Exception {
    ConnectionFile connection = freePorts();
    var kernel =
        new KernelProgram(
            connection, SessionOptions.inMemory(), line -> System.err.println("[brigade] " + line));
    String self = String.valueOf(ProcessHandle.current().pid());
    try (var _ = ParentWatch.start(self, kernel::stop);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        var client = new LoopbackClient(connection, PATIENCE_MILLIS)) {
      Future<?> served =
          thread.submit(
              () -> {
                kernel.serve();
                return null;
              });
      try {
        int number = 0;
        for (List<String> each : REQUESTS) {
          client.ask(Channel.SHELL, request(++number, each.getFirst(), each.getLast()));
        }
        number = interrupt(client, number, "while (true) {}");
        number = interrupt(client, number, "Thread.sleep(60_000);");
        client.ask(Channel.CONTROL, request(++number, "shutdown_request", "{\"restart\":false}"));
      } finally {
        kernel.stop();
        served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
    return 0;
  }

  /// Runs a cell that does not end, and ends it.
  private static int interrupt(LoopbackClient client, int number, String code) throws IOException {
    List<String> cell = execute("System.out.println(\\\"press\\\"); " + code);
    client.send(Channel.SHELL, request(++number, cell.getFirst(), cell.getLast()));
    while (!isPress(client.nextPublication())) {}
    client.ask(Channel.CONTROL, request(++number, "interrupt_request", EMPTY));
    client.nextReply(Channel.SHELL);
    return number;
  }

  private static boolean isPress(RawMessage publication) {
    return new String(publication.header(), StandardCharsets.UTF_8).contains("\"stream\"")
        && new String(publication.content(), StandardCharsets.UTF_8).contains("press");
  }

  private static RawMessage request(int number, String type, String content) {
    String header =
        "{\"msg_id\":\"rehearsal-"
            + number
            + "\",\"session\":\"rehearsal\",\"username\":\"\","
            + "\"date\":\"2026-01-01T00:00:00Z\",\"version\":\"5.3\",\"msg_type\":\""
            + type
            + "\"}";
    return new RawMessage(
        List.of(), bytes(header), bytes(EMPTY), bytes(EMPTY), bytes(content), List.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Five ports that were free a moment ago.
  private static ConnectionFile freePorts() throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      int[] ports = open.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      return new ConnectionFile(
          "127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], "rehearsal");
    } finally {
      for (ServerSocket each : open) each.close();
    }
  }
}
