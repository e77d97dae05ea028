package dev.brigade.jupyter.protocol;

import org.jspecify.annotations.Nullable;

/// What goes to all clients, on the iopub channel.
public sealed interface Publication extends Outgoing {
  record Status(ExecutionState state) implements Publication {}

  /// What a status says.
  enum ExecutionState {
    STARTING,
    BUSY,
    IDLE
  }

  record ExecuteInput(String code, int executionCount) implements Publication {}

  record ExecuteResult(MimeData data, int executionCount) implements Publication {}

  /// @param guessed the text had no owner: the parent is the best guess
  record StreamPublication(StreamName name, String text, boolean guessed) implements Publication {}

  enum StreamName {
    STDOUT,
    STDERR
  }

  record DisplayData(MimeData data, @Nullable String displayId) implements Publication {}

  record UpdateDisplayData(MimeData data, String displayId) implements Publication {}

  record ClearOutput(boolean waiting) implements Publication {}

  record ErrorPublication(ErrorContent error) implements Publication {}

  record CommOpened(String commId, String targetName, CommContent content) implements Publication {}

  record CommSent(String commId, CommContent content) implements Publication {}

  record CommClosed(String commId, CommContent content) implements Publication {}

  /// Tells a new subscriber that it hears everything from now on.
  ///
  /// @param subscription the topic it subscribed to
  record IopubWelcome(String subscription) implements Publication {}
}
