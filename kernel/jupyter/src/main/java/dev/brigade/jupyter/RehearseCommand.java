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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `brigade rehearse`, for install.sh: a kernel and a client in one process do once what the start
/// of a notebook does, so that the JVM's start-up cache holds it.
public final class RehearseCommand implements Subcommand {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String EMPTY = "{}";

  private static final String CONNECTION =
      """
      {"transport": "tcp", "ip": "127.0.0.1", "key": "rehearsal",
       "signature_scheme": "hmac-sha256", "shell_port": %d, "iopub_port": %d,
       "stdin_port": %d, "control_port": %d, "hb_port": %d}
      """;

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
    Path directory = Files.createTempDirectory("brigade");
    Path file = directory.resolve("kernel.json");
    Files.writeString(file, connection());
    var options = new SessionOptions(directory, List.of(), true);
    String self = String.valueOf(ProcessHandle.current().pid());
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        var client = new LoopbackClient(ConnectionFile.read(file), PATIENCE_MILLIS)) {
      Future<?> served =
          thread.submit(
              () -> {
                new KernelCommand().serve(file, options, self);
                return null;
              });
      try {
        talk(client);
        served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } finally {
        thread.shutdownNow();
        delete(directory);
      }
    }
    return 0;
  }

  private static void talk(LoopbackClient client) throws IOException {
    int number = 0;
    for (List<String> each : REQUESTS) {
      client.ask(Channel.SHELL, request(++number, each.getFirst(), each.getLast()));
    }
    number = interrupt(client, number, "while (true) {}");
    number = interrupt(client, number, "Thread.sleep(60_000);");
    client.ask(Channel.CONTROL, request(++number, "shutdown_request", "{\"restart\":false}"));
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

  /// A connection file with five ports that were free a moment ago.
  private static String connection() throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return CONNECTION.formatted(open.stream().map(ServerSocket::getLocalPort).toArray());
    } finally {
      for (ServerSocket each : open) each.close();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    }
  }
}
