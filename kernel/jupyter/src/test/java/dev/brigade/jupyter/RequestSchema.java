package dev.brigade.jupyter;

import dev.brigade.jupyter.protocol.Channel;
import dev.brigade.jupyter.protocol.CommContent;
import dev.brigade.jupyter.protocol.HistoryAccess;
import dev.brigade.jupyter.protocol.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The messages that a client of protocol 5.5 may send, written down from the specification: for
/// each type where it goes, its fields with an example of each, and what Brigade reads in a full
/// and in the leanest one. The deprecated `connect_request` and the debugger's requests are not
/// served.
///
/// @param channel where clients send it
/// @param full what a message with all examples is
/// @param leanest what one with the required fields alone is: the defaults
record RequestSchema(
    Channel channel, String type, List<Field> fields, Request full, Request leanest) {
  /// The kinds of JSON values that fields have.
  enum Kind {
    TEXT("a string"),
    FLAG("true or false"),
    NUMBER("a number"),
    OBJECT("an object");

    /// In the words of error replies.
    final String words;

    Kind(String words) {
      this.words = words;
    }

    /// Values of every other kind.
    List<Object> strangers() {
      return switch (this) {
        case TEXT -> List.of(7, 1.5, true, List.of("text"), Map.of());
        case FLAG -> List.of("true", 1, List.of(), Map.of());
        case NUMBER -> List.of("7", true, List.of(7), Map.of());
        case OBJECT -> List.of("text", 7, true, List.of());
      };
    }
  }

  /// @param required whether there is no default
  record Field(String name, Kind kind, boolean required, Object example) {}

  private static final CommContent EMPTY = new CommContent(Map.of(), Map.of(), List.of());
  private static final CommContent DATA = new CommContent(Map.of("value", 7), Map.of(), List.of());

  /// Every message there is.
  static List<RequestSchema> all() {
    var all = new ArrayList<RequestSchema>();
    all.addAll(cells());
    all.addAll(questions());
    all.addAll(histories());
    all.addAll(comms());
    all.addAll(control());
    return all;
  }

  private static List<RequestSchema> cells() {
    return List.of(
        shell(
            "execute_request",
            new Request.ExecuteRequest("1+1", true, false, Map.of("a", "1+1"), false, false, ""),
            new Request.ExecuteRequest("1+1", false, true, Map.of(), true, true, ""),
            needed("code", Kind.TEXT, "1+1"),
            optional("silent", Kind.FLAG, true),
            optional("store_history", Kind.FLAG, false),
            optional("user_expressions", Kind.OBJECT, Map.of("a", "1+1")),
            optional("allow_stdin", Kind.FLAG, false),
            optional("stop_on_error", Kind.FLAG, false)));
  }

  private static List<RequestSchema> questions() {
    return List.of(
        shell("kernel_info_request", new Request.KernelInfoRequest()),
        shell(
            "complete_request",
            new Request.CompleteRequest("ab", 1),
            new Request.CompleteRequest("ab", 2),
            needed("code", Kind.TEXT, "ab"),
            optional("cursor_pos", Kind.NUMBER, 1)),
        shell(
            "inspect_request",
            new Request.InspectRequest("ab", 1, 1),
            new Request.InspectRequest("ab", 2, 0),
            needed("code", Kind.TEXT, "ab"),
            optional("cursor_pos", Kind.NUMBER, 1),
            optional("detail_level", Kind.NUMBER, 1)),
        shell(
            "is_complete_request",
            new Request.IsCompleteRequest("1 +"),
            new Request.IsCompleteRequest("1 +"),
            needed("code", Kind.TEXT, "1 +")),
        shell(
            "comm_info_request",
            new Request.CommInfoRequest("jupyter.widget"),
            new Request.CommInfoRequest(""),
            optional("target_name", Kind.TEXT, "jupyter.widget")));
  }

  private static List<RequestSchema> histories() {
    var tail = new Request.HistoryRequest(false, new HistoryAccess.Tail(10));
    return List.of(
        history(
            new HistoryAccess.Tail(3),
            tail,
            optional("hist_access_type", Kind.TEXT, "tail"),
            optional("n", Kind.NUMBER, 3)),
        history(
            new HistoryAccess.Range(1, 2, 3),
            new Request.HistoryRequest(false, new HistoryAccess.Range(0, 0, Integer.MAX_VALUE)),
            needed("hist_access_type", Kind.TEXT, "range"),
            optional("session", Kind.NUMBER, 1),
            optional("start", Kind.NUMBER, 2),
            optional("stop", Kind.NUMBER, 3)),
        history(
            new HistoryAccess.Search("1*", 3, true),
            new Request.HistoryRequest(
                false, new HistoryAccess.Search("*", Integer.MAX_VALUE, false)),
            needed("hist_access_type", Kind.TEXT, "search"),
            optional("pattern", Kind.TEXT, "1*"),
            optional("n", Kind.NUMBER, 3),
            optional("unique", Kind.FLAG, true)));
  }

  private static RequestSchema history(HistoryAccess access, Request leanest, Field... own) {
    var fields = new ArrayList<Field>(List.of(own));
    fields.add(optional("output", Kind.FLAG, true));
    return new RequestSchema(
        Channel.SHELL,
        "history_request",
        fields,
        new Request.HistoryRequest(true, access),
        leanest);
  }

  private static List<RequestSchema> comms() {
    Field id = needed("comm_id", Kind.TEXT, "c1");
    Field data = optional("data", Kind.OBJECT, Map.of("value", 7));
    return List.of(
        shell(
            "comm_open",
            new Request.CommOpen("c1", "jupyter.widget", DATA),
            new Request.CommOpen("c1", "", EMPTY),
            id,
            optional("target_name", Kind.TEXT, "jupyter.widget"),
            data),
        shell(
            "comm_msg",
            new Request.CommMessage("c1", DATA),
            new Request.CommMessage("c1", EMPTY),
            id,
            data),
        shell(
            "comm_close",
            new Request.CommClose("c1", DATA),
            new Request.CommClose("c1", EMPTY),
            id,
            data));
  }

  private static List<RequestSchema> control() {
    return List.of(
        control("interrupt_request", new Request.InterruptRequest()),
        control(
            "shutdown_request",
            new Request.ShutdownRequest(true),
            new Request.ShutdownRequest(false),
            optional("restart", Kind.FLAG, true)),
        control("create_subshell_request", new Request.CreateSubshellRequest()),
        control(
            "delete_subshell_request",
            new Request.DeleteSubshellRequest("s1"),
            new Request.DeleteSubshellRequest("s1"),
            needed("subshell_id", Kind.TEXT, "s1")),
        control("list_subshell_request", new Request.ListSubshellRequest()),
        control("usage_request", new Request.UsageRequest()),
        new RequestSchema(
            Channel.STDIN,
            "input_reply",
            List.of(optional("value", Kind.TEXT, "Ada")),
            new Request.InputReply("Ada"),
            new Request.InputReply("")));
  }

  private static RequestSchema shell(String type, Request request) {
    return shell(type, request, request);
  }

  private static RequestSchema shell(String type, Request full, Request leanest, Field... fields) {
    return new RequestSchema(Channel.SHELL, type, List.of(fields), full, leanest);
  }

  private static RequestSchema control(String type, Request request) {
    return control(type, request, request);
  }

  private static RequestSchema control(
      String type, Request full, Request leanest, Field... fields) {
    return new RequestSchema(Channel.CONTROL, type, List.of(fields), full, leanest);
  }

  private static Field needed(String name, Kind kind, Object example) {
    return new Field(name, kind, true, example);
  }

  private static Field optional(String name, Kind kind, Object example) {
    return new Field(name, kind, false, example);
  }

  boolean isRequest() {
    return type.endsWith("_request");
  }

  /// The content with all fields.
  Map<String, Object> content() {
    var content = new LinkedHashMap<String, Object>();
    for (Field field : fields) content.put(field.name(), field.example());
    return content;
  }

  /// The content with the required fields alone.
  Map<String, Object> leanContent() {
    Map<String, Object> content = content();
    for (Field field : fields) if (!field.required()) content.remove(field.name());
    return content;
  }

  @Override
  public String toString() {
    Object access = content().get("hist_access_type");
    return access == null ? type : type + " " + access;
  }
}
