package dev.brigade.jupyter.protocol;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Content and metadata of everything that is sent.
final class ContentWriter {
  private ContentWriter() {}

  static Map<String, ? extends @Nullable Object> metadata(Outgoing outgoing) {
    return switch (outgoing) {
      case Reply.ExecuteReply reply -> {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("started", reply.started().truncatedTo(ChronoUnit.MICROS).toString());
        if (!reply.cellId().isEmpty()) metadata.put("cellId", reply.cellId());
        yield metadata;
      }
      case Publication.StreamPublication stream when stream.guessed() ->
          Map.of("brigade", Map.of("owner", "guessed"));
      case Publication.CommOpened opened -> opened.content().metadata();
      case Publication.CommSent sent -> sent.content().metadata();
      case Publication.CommClosed closed -> closed.content().metadata();
      case Reply _, Publication _, InputRequest _ -> Map.of();
    };
  }

  static List<byte[]> buffers(Outgoing outgoing) {
    return switch (outgoing) {
      case Publication.CommOpened opened -> opened.content().buffers();
      case Publication.CommSent sent -> sent.content().buffers();
      case Publication.CommClosed closed -> closed.content().buffers();
      case Reply _, Publication _, InputRequest _ -> List.of();
    };
  }

  static Map<String, ? extends @Nullable Object> content(Outgoing outgoing) {
    return switch (outgoing) {
      case Reply reply -> ReplyWriter.content(reply);
      case Publication publication -> publication(publication);
      case InputRequest request ->
          Map.of("prompt", request.prompt(), "password", request.password());
    };
  }

  private static Map<String, ? extends @Nullable Object> publication(Publication publication) {
    return switch (publication) {
      case Publication.Status status -> Map.of("execution_state", lower(status.state()));
      case Publication.ExecuteInput input ->
          Map.of("code", input.code(), "execution_count", input.executionCount());
      case Publication.ExecuteResult result -> {
        var content = bundle(result.data());
        content.put("execution_count", result.executionCount());
        yield content;
      }
      case Publication.StreamPublication stream ->
          Map.of("name", lower(stream.name()), "text", stream.text());
      case Publication.DisplayData display -> display(display.data(), display.displayId());
      case Publication.UpdateDisplayData update -> display(update.data(), update.displayId());
      case Publication.ClearOutput clear -> Map.of("wait", clear.waiting());
      case Publication.ErrorPublication failed -> error(failed.error());
      case Publication.CommOpened opened -> {
        var content = comm(opened.commId(), opened.content());
        content.put("target_name", opened.targetName());
        yield content;
      }
      case Publication.CommSent sent -> comm(sent.commId(), sent.content());
      case Publication.CommClosed closed -> comm(closed.commId(), closed.content());
      case Publication.IopubWelcome welcome -> Map.of("subscription", welcome.subscription());
    };
  }

  private static Map<String, Object> comm(String id, CommContent carried) {
    var content = new LinkedHashMap<String, Object>();
    content.put("comm_id", id);
    content.put("data", carried.data());
    return content;
  }

  private static Map<String, Object> display(MimeData data, @Nullable String displayId) {
    var content = bundle(data);
    content.put("transient", displayId == null ? Map.of() : Map.of("display_id", displayId));
    return content;
  }

  static Map<String, Object> bundle(MimeData data) {
    var content = new LinkedHashMap<String, Object>();
    content.put("data", data.data());
    content.put("metadata", data.metadata());
    return content;
  }

  static Map<String, Object> error(ErrorContent error) {
    var content = new LinkedHashMap<String, Object>();
    content.put("ename", error.name());
    content.put("evalue", error.value());
    content.put("traceback", error.traceback());
    return content;
  }

  static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
