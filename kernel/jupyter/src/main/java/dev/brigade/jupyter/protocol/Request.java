package dev.brigade.jupyter.protocol;

import java.util.Map;

/// What a client asks, in the specification's words. Cursors are UTF-16 offsets: the [Codec] turns
/// the protocol's code points into them.
public sealed interface Request {
  /// @param cellId the client's name for the cell, from the request's metadata; or empty
  record ExecuteRequest(
      String code,
      boolean silent,
      boolean storeHistory,
      Map<String, String> userExpressions,
      boolean allowStdin,
      boolean stopOnError,
      String cellId)
      implements Request {
    public ExecuteRequest {
      userExpressions = Map.copyOf(userExpressions);
    }
  }

  record KernelInfoRequest() implements Request {}

  record CompleteRequest(String code, int cursor) implements Request {}

  record InspectRequest(String code, int cursor, int detailLevel) implements Request {}

  record IsCompleteRequest(String code) implements Request {}

  /// @param output whether entries carry their output as well
  record HistoryRequest(boolean output, HistoryAccess access) implements Request {}

  /// @param targetName only comms of this target, or empty for all
  record CommInfoRequest(String targetName) implements Request {}

  record CommOpen(String commId, String targetName, CommContent content) implements Request {}

  record CommMessage(String commId, CommContent content) implements Request {}

  record CommClose(String commId, CommContent content) implements Request {}

  record ShutdownRequest(boolean restart) implements Request {}

  record InterruptRequest() implements Request {}

  record CreateSubshellRequest() implements Request {}

  record DeleteSubshellRequest(String subshellId) implements Request {}

  record ListSubshellRequest() implements Request {}

  /// What the kernel's process uses of the machine.
  record UsageRequest() implements Request {}

  /// The answer to an `input_request`, on the stdin channel.
  record InputReply(String value) implements Request {}

  /// A type that this kernel does not serve.
  record UnknownRequest(String type) implements Request {}

  /// A known type with content that cannot be read.
  record MalformedRequest(String complaint) implements Request {}
}
