package dev.brigade.jupyter.protocol;

import dev.brigade.jupyter.protocol.Reply.ExecuteEnd;
import dev.brigade.jupyter.protocol.Reply.ExpressionValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Content of each reply.
final class ReplyWriter {
  private ReplyWriter() {}

  static Map<String, ? extends @Nullable Object> content(Reply reply) {
    return switch (reply) {
      case Reply.ExecuteReply execute -> execute(execute);
      case Reply.KernelInfoReply kernel -> kernel.info().json();
      case Reply.CompleteReply complete -> complete(complete);
      case Reply.InspectReply inspect -> inspect(inspect.data());
      case Reply.IsCompleteReply isComplete -> isComplete(isComplete);
      case Reply.HistoryReply history -> history(history);
      case Reply.CommInfoReply info -> comms(info.targets());
      case Reply.ShutdownReply shutdown -> ok("restart", shutdown.restart());
      case Reply.InterruptReply _ -> Map.of("status", "ok");
      case Reply.CreateSubshellReply created -> ok("subshell_id", created.subshellId());
      case Reply.DeleteSubshellReply _ -> Map.of("status", "ok");
      case Reply.ListSubshellReply list -> ok("subshell_id", list.subshellIds());
      case Reply.UsageReply usage -> usage.usage();
      case Reply.ErrorReply failed -> failed(failed.error());
    };
  }

  private static Map<String, Object> execute(Reply.ExecuteReply reply) {
    Map<String, Object> content =
        switch (reply.end()) {
          case ExecuteEnd.Ok end -> {
            Map<String, Object> ok = ok("payload", payload(end));
            var expressions = new LinkedHashMap<String, Object>();
            end.userExpressions()
                .forEach((name, value) -> expressions.put(name, expression(value)));
            ok.put("user_expressions", expressions);
            yield ok;
          }
          case ExecuteEnd.Failed end -> {
            Map<String, Object> failed = failed(end.error());
            failed.put("payload", List.of());
            failed.put("user_expressions", Map.of());
            yield failed;
          }
          case ExecuteEnd.Aborted _ -> {
            var aborted = new LinkedHashMap<String, Object>();
            aborted.put("status", "aborted");
            yield aborted;
          }
        };
    content.put("execution_count", reply.executionCount());
    return content;
  }

  private static List<Object> payload(ExecuteEnd.Ok end) {
    List<Object> payload = new ArrayList<>();
    if (end.page() != null) {
      payload.add(Map.of("source", "page", "data", end.page().data(), "start", 0));
    }
    if (end.nextInput() != null) {
      payload.add(Map.of("source", "set_next_input", "text", end.nextInput(), "replace", false));
    }
    return payload;
  }

  private static Map<String, Object> expression(ExpressionValue value) {
    return switch (value) {
      case ExpressionValue.Good good -> {
        Map<String, Object> content = ContentWriter.bundle(good.data());
        content.put("status", "ok");
        yield content;
      }
      case ExpressionValue.Bad bad -> failed(bad.error());
    };
  }

  private static Map<String, Object> complete(Reply.CompleteReply reply) {
    int start = CodePoints.fromUtf16(reply.code(), reply.start());
    int end = CodePoints.fromUtf16(reply.code(), reply.end());
    List<Object> typed = new ArrayList<>();
    for (Reply.Match match : reply.matches()) {
      typed.add(
          Map.of(
              "text",
              match.text(),
              "type",
              match.type().isEmpty() ? "<unknown>" : match.type(),
              "signature",
              match.signature(),
              "start",
              start,
              "end",
              end));
    }
    Map<String, Object> content =
        ok("matches", reply.matches().stream().map(Reply.Match::text).toList());
    content.put("cursor_start", start);
    content.put("cursor_end", end);
    content.put("metadata", Map.of("_jupyter_types_experimental", typed));
    return content;
  }

  private static Map<String, Object> inspect(@Nullable MimeData data) {
    Map<String, Object> content = ok("found", data != null);
    content.putAll(ContentWriter.bundle(data == null ? MimeData.EMPTY : data));
    return content;
  }

  private static Map<String, Object> isComplete(Reply.IsCompleteReply reply) {
    var content = new LinkedHashMap<String, Object>();
    content.put("status", ContentWriter.lower(reply.status()));
    if (reply.status() == Reply.Completeness.INCOMPLETE) content.put("indent", reply.indent());
    return content;
  }

  private static Map<String, Object> history(Reply.HistoryReply reply) {
    List<Object> entries = new ArrayList<>();
    for (Reply.HistoryEntry entry : reply.entries()) {
      List<@Nullable Object> pair = new ArrayList<>();
      pair.add(entry.input());
      pair.add(entry.output());
      entries.add(List.of(entry.session(), entry.line(), reply.output() ? pair : entry.input()));
    }
    return ok("history", entries);
  }

  private static Map<String, Object> comms(Map<String, String> targets) {
    var comms = new LinkedHashMap<String, Object>();
    targets.forEach((id, target) -> comms.put(id, Map.of("target_name", target)));
    return ok("comms", comms);
  }

  private static Map<String, Object> ok(String name, Object value) {
    var content = new LinkedHashMap<String, Object>();
    content.put("status", "ok");
    content.put(name, value);
    return content;
  }

  private static Map<String, Object> failed(ErrorContent error) {
    var content = new LinkedHashMap<String, Object>();
    content.put("status", "error");
    content.putAll(ContentWriter.error(error));
    return content;
  }
}
