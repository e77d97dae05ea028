package dev.brigade.jupyter.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one answer to a request. Each carries a `status` on the wire: `ok`, unless it says else.
public sealed interface Reply extends Outgoing {
  /// How a cell ended.
  ///
  /// @param started when it began, for clients that show durations
  /// @param cellId the client's name for the cell, or empty
  record ExecuteReply(int executionCount, Instant started, ExecuteEnd end, String cellId)
      implements Reply {}

  /// The end of a cell.
  sealed interface ExecuteEnd {
    /// @param nextInput text for the next input, or null
    /// @param page what a pager shows, or null
    record Ok(
        Map<String, ExpressionValue> userExpressions,
        @Nullable String nextInput,
        @Nullable MimeData page)
        implements ExecuteEnd {
      public Ok {
        userExpressions = Map.copyOf(userExpressions);
      }
    }

    record Failed(ErrorContent error) implements ExecuteEnd {}

    /// Never ran, because an earlier cell failed or the kernel ends.
    record Aborted() implements ExecuteEnd {}
  }

  /// What became of a user expression.
  sealed interface ExpressionValue {
    record Good(MimeData data) implements ExpressionValue {}

    record Bad(ErrorContent error) implements ExpressionValue {}
  }

  record KernelInfoReply(KernelInfo info) implements Reply {}

  /// @param start UTF-16 offset in the code
  /// @param end UTF-16 offset in the code
  /// @param code what was asked about, to count its code points
  record CompleteReply(List<Match> matches, int start, int end, String code) implements Reply {
    public CompleteReply {
      matches = List.copyOf(matches);
    }
  }

  /// One completion.
  record Match(String text, String type, String signature) {}

  /// @param data null when nothing was found
  record InspectReply(@Nullable MimeData data) implements Reply {}

  record IsCompleteReply(Completeness status, String indent) implements Reply {}

  enum Completeness {
    COMPLETE,
    INCOMPLETE,
    INVALID,
    UNKNOWN
  }

  /// @param output whether each entry carries its output as well
  record HistoryReply(List<HistoryEntry> entries, boolean output) implements Reply {
    public HistoryReply {
      entries = List.copyOf(entries);
    }
  }

  record HistoryEntry(int session, int line, String input, @Nullable String output) {}

  /// @param targets the target names of the open comms by their ids
  record CommInfoReply(Map<String, String> targets) implements Reply {
    public CommInfoReply {
      targets = Map.copyOf(targets);
    }
  }

  record ShutdownReply(boolean restart) implements Reply {}

  record InterruptReply() implements Reply {}

  record CreateSubshellReply(String subshellId) implements Reply {}

  record DeleteSubshellReply() implements Reply {}

  record ListSubshellReply(List<String> subshellIds) implements Reply {
    public ListSubshellReply {
      subshellIds = List.copyOf(subshellIds);
    }
  }

  /// @param usage as `ipykernel` answers it
  record UsageReply(Map<String, Object> usage) implements Reply {
    public UsageReply {
      usage = Map.copyOf(usage);
    }
  }

  /// The request failed in the kernel itself, or is not served.
  record ErrorReply(ErrorContent error) implements Reply {}
}
