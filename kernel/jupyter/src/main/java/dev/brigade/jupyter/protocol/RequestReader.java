package dev.brigade.jupyter.protocol;

import java.util.List;

/// Content of each type of request to its record. Absent fields get the specification's defaults.
final class RequestReader {
  private static final int ALL = Integer.MAX_VALUE;

  private RequestReader() {}

  static Request read(String type, JsonObject content, JsonObject metadata, List<byte[]> buffers) {
    return switch (type) {
      case "execute_request" ->
          new Request.ExecuteRequest(
              content.text("code"),
              content.flag("silent", false),
              content.flag("store_history", true),
              content.texts("user_expressions"),
              content.flag("allow_stdin", true),
              content.flag("stop_on_error", true),
              cellId(metadata));
      case "kernel_info_request" -> new Request.KernelInfoRequest();
      case "complete_request" -> new Request.CompleteRequest(content.text("code"), cursor(content));
      case "inspect_request" ->
          new Request.InspectRequest(
              content.text("code"), cursor(content), content.number("detail_level", 0));
      case "is_complete_request" -> new Request.IsCompleteRequest(content.text("code"));
      case "history_request" ->
          new Request.HistoryRequest(content.flag("output", false), historyAccess(content));
      case "comm_info_request" -> new Request.CommInfoRequest(content.text("target_name", ""));
      case "comm_open" ->
          new Request.CommOpen(
              content.text("comm_id"),
              content.text("target_name", ""),
              comm(content, metadata, buffers));
      case "comm_msg" ->
          new Request.CommMessage(content.text("comm_id"), comm(content, metadata, buffers));
      case "comm_close" ->
          new Request.CommClose(content.text("comm_id"), comm(content, metadata, buffers));
      case "shutdown_request" -> new Request.ShutdownRequest(content.flag("restart", false));
      case "interrupt_request" -> new Request.InterruptRequest();
      case "create_subshell_request" -> new Request.CreateSubshellRequest();
      case "delete_subshell_request" ->
          new Request.DeleteSubshellRequest(content.text("subshell_id"));
      case "list_subshell_request" -> new Request.ListSubshellRequest();
      case "usage_request" -> new Request.UsageRequest();
      case "input_reply" -> new Request.InputReply(content.text("value", ""));
      default -> new Request.UnknownRequest(type);
    };
  }

  private static CommContent comm(JsonObject content, JsonObject metadata, List<byte[]> buffers) {
    return new CommContent(content.object("data"), metadata.all(), buffers);
  }

  /// Of clients that write anything else there, nothing is lost.
  private static String cellId(JsonObject metadata) {
    return metadata.map().get("cellId") instanceof String id ? id : "";
  }

  private static int cursor(JsonObject content) {
    return CodePoints.toUtf16(content.text("code"), content.number("cursor_pos", ALL));
  }

  private static HistoryAccess historyAccess(JsonObject content) {
    String type = content.text("hist_access_type", "tail");
    return switch (type) {
      case "tail" -> new HistoryAccess.Tail(content.number("n", 10));
      case "range" ->
          new HistoryAccess.Range(
              content.number("session", 0),
              content.number("start", 0),
              content.number("stop", ALL));
      case "search" ->
          new HistoryAccess.Search(
              content.text("pattern", "*"),
              content.number("n", ALL),
              content.flag("unique", false));
      default ->
          throw new ProtocolException(
              "hist_access_type is tail, range or search, not \"" + type + "\"");
    };
  }
}
