package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.dispatch.Dispatcher;
import dev.brigade.jupyter.output.Publisher;
import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.Codec;
import dev.brigade.jupyter.protocol.RawMessage;
import dev.brigade.jupyter.protocol.Trees;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The kernel without sockets: messages in, messages out. Checks every message that comes out
/// against [MessageSchema], and at the end that each request got its busy, its one reply and its
/// idle, in this order.
final class KernelDriver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private record Asked(String id, String type) {}

  final ScriptedSession session;
  final List<String> log = new CopyOnWriteArrayList<>();
  final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
  final Dispatcher dispatcher;
  private final Publisher publisher;
  private final CompletableFuture<ScriptedSession> opening = new CompletableFuture<>();
  private final List<Asked> asked = new ArrayList<>();
  // Guarded by itself.
  private final List<Seen> seen = new ArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private int ids;

  private KernelDriver(boolean warm) {
    var codec = new Codec();
    this.publisher = new Publisher(codec, this::take, log::add);
    this.session = new ScriptedSession(publisher);
    this.dispatcher =
        new Dispatcher(codec, Version.info(), opening, publisher, log::add, stopped::complete);
    if (warm) opened();
  }

  static KernelDriver start() {
    return new KernelDriver(true);
  }

  /// A kernel whose session is still opening.
  static KernelDriver startCold() {
    return new KernelDriver(false);
  }

  void opened() {
    opening.complete(session);
  }

  void failedToOpen(Throwable cause) {
    opening.completeExceptionally(cause);
  }

  private void take(Channel channel, RawMessage message) {
    Seen one = Seen.of(channel, message);
    complaints.addAll(MessageSchema.complaints(one));
    synchronized (seen) {
      seen.add(one);
      seen.notifyAll();
    }
  }

  /// Sends a request and returns its id.
  String send(Channel channel, String type, Map<String, ?> content) {
    return send(channel, type, content, null, Map.of());
  }

  /// Sends a request to a subshell.
  String sendTo(String subshell, String type, Map<String, ?> content) {
    Channel channel = type.equals("input_reply") ? Channel.STDIN : Channel.SHELL;
    return send(channel, type, content, subshell, Map.of());
  }

  String send(
      Channel channel,
      String type,
      Map<String, ?> content,
      @Nullable String subshell,
      Map<String, ?> metadata) {
    String id = "request-" + ++ids;
    var header = new LinkedHashMap<String, Object>();
    header.put("msg_id", id);
    header.put("session", "client");
    header.put("username", "learner");
    header.put("date", "2026-01-01T00:00:00.000000Z");
    header.put("msg_type", type);
    header.put("version", "5.5");
    if (subshell != null) header.put("subshell_id", subshell);
    if (!type.equals("input_reply")) asked.add(new Asked(id, type));
    sendRaw(channel, Trees.write(header), Trees.write(metadata), Trees.write(content), List.of());
    return id;
  }

  /// Sends a message of a comm with bytes beside its content.
  String sendComm(String type, Map<String, ?> content, byte[] buffer) {
    String id = "comm-" + ++ids;
    var header = Map.of("msg_id", id, "session", "client", "msg_type", type, "version", "5.5");
    byte[] empty = Trees.write(Map.of());
    sendRaw(Channel.SHELL, Trees.write(header), empty, Trees.write(content), List.of(buffer));
    asked.add(new Asked(id, type));
    return id;
  }

  void sendRaw(Channel channel, byte[] header, byte[] content) {
    sendRaw(channel, header, Trees.write(Map.of()), content, List.of());
  }

  private void sendRaw(
      Channel channel, byte[] header, byte[] metadata, byte[] content, List<byte[]> buffers) {
    byte[] empty = Trees.write(Map.of());
    byte[] identity = "client-identity".getBytes(StandardCharsets.UTF_8);
    dispatcher.receive(
        channel, new RawMessage(List.of(identity), header, empty, metadata, content, buffers));
  }

  String sendShell(String type, Map<String, ?> content) {
    return send(Channel.SHELL, type, content);
  }

  String sendExecute(String code) {
    return sendShell("execute_request", Map.of("code", code));
  }

  /// Sends a request and gives its reply, once it is idle.
  Seen ask(String type, Map<String, ?> content) {
    return replyOf(sendShell(type, content));
  }

  Seen execute(String code) {
    return replyOf(sendExecute(code));
  }

  /// The reply to a request, once it is idle.
  Seen replyOf(String id) {
    return untilIdle(id).stream().filter(Seen::isReply).findFirst().orElseThrow();
  }

  /// All messages of a request, once it is idle.
  List<Seen> untilIdle(String id) {
    await(m -> m.parentId().equals(id) && m.isStatus("idle"));
    return of(id);
  }

  /// All messages of a request so far.
  List<Seen> of(String id) {
    synchronized (seen) {
      return seen.stream().filter(m -> m.parentId().equals(id)).toList();
    }
  }

  List<String> words(String id) {
    return untilIdle(id).stream().map(Seen::word).toList();
  }

  Seen await(String id, String type) {
    return await(m -> m.parentId().equals(id) && m.type().equals(type));
  }

  Seen await(Predicate<Seen> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (seen) {
      while (true) {
        for (Seen one : seen) if (wanted.test(one)) return one;
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) throw new AssertionError("not among " + seen + "; log " + log);
        try {
          seen.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /// Ends the kernel and checks what every conversation must keep to.
  @Override
  public void close() {
    for (Asked each : asked) await(m -> m.parentId().equals(each.id()) && m.isStatus("idle"));
    session.close();
    dispatcher.close();
    publisher.close();
    assertThat(complaints).as("complaints of the schema").isEmpty();
    for (Asked each : asked) checkExchange(each);
  }

  private void checkExchange(Asked request) {
    List<Seen> own = of(request.id());
    assertThat(own.getFirst().isStatus("busy")).as("first of %s", own).isTrue();
    assertThat(own.stream().filter(m -> m.isStatus("busy"))).hasSize(1);
    assertThat(own.stream().filter(m -> m.isStatus("idle"))).hasSize(1);
    assertThat(own.stream().filter(Seen::isReply).map(Seen::type).toList())
        .isEqualTo(
            request.type().endsWith("_request")
                ? List.of(request.type().replaceFirst("_request$", "_reply"))
                : List.of());
    for (int i = 0; i < own.size(); i++) {
      if (!own.get(i).isReply()) continue;
      assertThat(own.get(i).identities()).containsExactly("client-identity");
      assertThat(own.subList(0, i)).noneMatch(m -> m.isStatus("idle"));
    }
  }
}
