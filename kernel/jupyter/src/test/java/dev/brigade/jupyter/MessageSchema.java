package dev.brigade.jupyter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The messages a kernel of protocol 5.5 may send, written down from the specification: for each
/// type its fields, their kinds, and whether they must be there.
final class MessageSchema {
  /// @param required whether the field must be there
  private record Field(boolean required, String kind, Predicate<Object> fits) {}

  private record Shape(String channel, Map<String, Field> fields) {
    /// Adds a field given as `name` or `name?`.
    Shape field(String name, String kind, Predicate<Object> fits) {
      boolean optional = name.endsWith("?");
      fields.put(
          optional ? name.substring(0, name.length() - 1) : name, new Field(!optional, kind, fits));
      return this;
    }

    Shape text(String name) {
      return field(name, "a string", String.class::isInstance);
    }

    Shape number(String name) {
      return field(name, "a whole number", Integer.class::isInstance);
    }

    Shape flag(String name) {
      return field(name, "a boolean", Boolean.class::isInstance);
    }

    Shape object(String name) {
      return field(name, "an object", Map.class::isInstance);
    }

    Shape list(String name) {
      return field(name, "a list", List.class::isInstance);
    }

    Shape oneOf(String name, String... values) {
      return field(name, "one of " + List.of(values), Set.of(values)::contains);
    }

    Shape bundle() {
      return field(
              "data",
              "a MIME bundle with text/plain",
              d -> d instanceof Map<?, ?> m && m.get("text/plain") instanceof String)
          .object("metadata");
    }

    Shape error() {
      return text("ename")
          .text("evalue")
          .field(
              "traceback",
              "a list of strings",
              t -> t instanceof List<?> l && l.stream().allMatch(String.class::isInstance));
    }
  }

  private static final Map<String, Shape> SHAPES = new LinkedHashMap<>();

  private static Shape on(String channel, String type) {
    var shape = new Shape(channel, new LinkedHashMap<>());
    SHAPES.put(type, shape);
    return shape;
  }

  private static Shape reply(String type) {
    return on("reply", type).oneOf("status", "ok");
  }

  static {
    on("IOPUB", "status").oneOf("execution_state", "starting", "busy", "idle");
    on("IOPUB", "execute_input").text("code").number("execution_count");
    on("IOPUB", "execute_result").bundle().number("execution_count");
    on("IOPUB", "stream").oneOf("name", "stdout", "stderr").text("text");
    on("IOPUB", "display_data").bundle().object("transient");
    on("IOPUB", "update_display_data")
        .bundle()
        .field(
            "transient",
            "an object with display_id",
            t -> t instanceof Map<?, ?> m && m.get("display_id") instanceof String);
    on("IOPUB", "clear_output").flag("wait");
    on("IOPUB", "error").error();
    on("IOPUB", "comm_open").text("comm_id").text("target_name").object("data");
    on("IOPUB", "comm_msg").text("comm_id").object("data");
    on("IOPUB", "comm_close").text("comm_id").object("data");
    on("IOPUB", "iopub_welcome").text("subscription");
    on("STDIN", "input_request").text("prompt").flag("password");

    reply("execute_reply").number("execution_count").list("payload").object("user_expressions");
    reply("kernel_info_reply")
        .text("protocol_version")
        .text("implementation")
        .text("implementation_version")
        .field("language_info", "a full language_info", MessageSchema::isLanguageInfo)
        .text("banner")
        .list("supported_features")
        .list("help_links");
    reply("complete_reply")
        .list("matches")
        .number("cursor_start")
        .number("cursor_end")
        .object("metadata");
    reply("inspect_reply").flag("found").object("data").object("metadata");
    on("reply", "is_complete_reply")
        .oneOf("status", "complete", "incomplete", "invalid", "unknown")
        .text("indent?");
    reply("history_reply").list("history");
    reply("comm_info_reply").object("comms");
    reply("shutdown_reply").flag("restart");
    reply("interrupt_reply");
    reply("create_subshell_reply").text("subshell_id");
    reply("delete_subshell_reply");
    reply("list_subshell_reply").list("subshell_id");
    on("reply", "usage_reply")
        .text("hostname")
        .number("pid")
        .number("cpu_count")
        .field("kernel_cpu", "a number", Number.class::isInstance)
        .field("kernel_memory", "a number", Number.class::isInstance)
        .field("host_cpu_percent", "a number", Number.class::isInstance)
        .object("host_virtual_memory");
  }

  private MessageSchema() {}

  private static boolean isLanguageInfo(Object info) {
    return info instanceof Map<?, ?> map
        && map.keySet()
            .containsAll(Set.of("name", "version", "mimetype", "file_extension", "pygments_lexer"));
  }

  /// Everything that is wrong with a message; empty for a good one.
  static List<String> complaints(Seen message) {
    var complaints = new ArrayList<String>();
    for (String name : List.of("msg_id", "session", "username", "date", "msg_type", "version")) {
      if (!(message.header().get(name) instanceof String)) {
        complaints.add(message.type() + ": header without " + name);
      }
    }
    if (!String.valueOf(message.header().get("date"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z")) {
      complaints.add(message.type() + ": date is not ISO 8601: " + message.header().get("date"));
    }
    Shape shape = shape(message);
    if (shape == null) return List.of(message.type() + ": a type that is not in the schema");
    boolean isReply = shape.channel().equals("reply");
    String channel = message.channel().name();
    if (isReply
        ? !Set.of("SHELL", "CONTROL").contains(channel)
        : !shape.channel().equals(channel)) {
      complaints.add(message.type() + ": on the wrong channel " + channel);
    }
    checkFields(message, shape, complaints);
    return complaints;
  }

  private static @Nullable Shape shape(Seen message) {
    Object status = message.content().get("status");
    if (message.type().endsWith("_reply") && "error".equals(status)) {
      Shape error = new Shape("reply", new LinkedHashMap<>()).oneOf("status", "error").error();
      return message.type().equals("execute_reply")
          ? error.number("execution_count").list("payload").object("user_expressions")
          : error;
    }
    if (message.type().equals("execute_reply") && "aborted".equals(status)) {
      return new Shape("reply", new LinkedHashMap<>())
          .oneOf("status", "aborted")
          .number("execution_count");
    }
    return SHAPES.get(message.type());
  }

  private static void checkFields(Seen message, Shape shape, List<String> complaints) {
    shape
        .fields()
        .forEach(
            (name, field) -> {
              Object value = message.content().get(name);
              if (value == null ? field.required() : !field.fits().test(value)) {
                complaints.add(
                    message.type() + ": " + name + " must be " + field.kind() + ", not " + value);
              }
            });
    for (String name : message.content().keySet()) {
      if (!shape.fields().containsKey(name)) {
        complaints.add(message.type() + ": the field " + name + " is not in the schema");
      }
    }
  }
}
