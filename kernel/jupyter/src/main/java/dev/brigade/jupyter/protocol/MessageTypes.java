package dev.brigade.jupyter.protocol;

/// The `msg_type` of everything that is sent.
final class MessageTypes {
  private MessageTypes() {}

  static String of(Parent parent, Outgoing outgoing) {
    return switch (outgoing) {
      case Reply _ -> replyTo(parent.type());
      case InputRequest _ -> "input_request";
      case Publication.Status _ -> "status";
      case Publication.ExecuteInput _ -> "execute_input";
      case Publication.ExecuteResult _ -> "execute_result";
      case Publication.StreamPublication _ -> "stream";
      case Publication.DisplayData _ -> "display_data";
      case Publication.UpdateDisplayData _ -> "update_display_data";
      case Publication.ClearOutput _ -> "clear_output";
      case Publication.ErrorPublication _ -> "error";
      case Publication.CommOpened _ -> "comm_open";
      case Publication.CommSent _ -> "comm_msg";
      case Publication.CommClosed _ -> "comm_close";
      case Publication.IopubWelcome _ -> "iopub_welcome";
    };
  }

  private static String replyTo(String type) {
    String stem =
        type.endsWith("_request") ? type.substring(0, type.length() - "_request".length()) : type;
    return stem + "_reply";
  }
}
