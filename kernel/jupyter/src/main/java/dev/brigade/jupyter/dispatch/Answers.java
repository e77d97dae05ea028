package dev.brigade.jupyter.dispatch;

import dev.brigade.jupyter.output.Displays;
import dev.brigade.jupyter.protocol.HistoryAccess;
import dev.brigade.jupyter.protocol.Reply;
import dev.brigade.jupyter.protocol.Request;
import dev.brigade.session.Completeness;
import dev.brigade.session.Completions;
import dev.brigade.session.History;
import dev.brigade.session.Session;
import dev.brigade.session.source.OpenInput;
import java.util.List;

/// What the session knows, as replies.
final class Answers {
  private Answers() {}

  static Reply complete(Session session, Request.CompleteRequest request) {
    Completions found = session.complete(request.code(), request.cursor());
    List<Reply.Match> matches =
        found.candidates().stream()
            .map(c -> new Reply.Match(c.text(), c.type(), c.signature()))
            .toList();
    return new Reply.CompleteReply(matches, found.start(), found.end(), request.code());
  }

  static Reply inspect(Session session, Request.InspectRequest request) {
    return new Reply.InspectReply(
        session
            .inspect(request.code(), request.cursor(), request.detailLevel())
            .map(Displays::mimeData)
            .orElse(null));
  }

  static Reply isComplete(Session session, Request.IsCompleteRequest request) {
    Completeness found = session.isComplete(request.code());
    Reply.Completeness status =
        switch (found.status()) {
          case COMPLETE -> Reply.Completeness.COMPLETE;
          case INCOMPLETE -> Reply.Completeness.INCOMPLETE;
          case INVALID -> Reply.Completeness.INVALID;
          case UNKNOWN -> Reply.Completeness.UNKNOWN;
        };
    return new Reply.IsCompleteReply(status, found.indent());
  }

  /// What can be said of input while the analysis is busy or not there yet.
  static Reply guess(Request.IsCompleteRequest request) {
    return OpenInput.isOpen(request.code())
        ? new Reply.IsCompleteReply(Reply.Completeness.INCOMPLETE, OpenInput.indent(request.code()))
        : new Reply.IsCompleteReply(Reply.Completeness.UNKNOWN, "");
  }

  static Reply history(Session session, Request.HistoryRequest request) {
    History history = session.history();
    List<History.Entry> found =
        switch (request.access()) {
          case HistoryAccess.Tail(int count) -> history.tail(count);
          case HistoryAccess.Range(int number, int start, int stop) ->
              history.range(number, start, stop);
          case HistoryAccess.Search(String pattern, int count, boolean unique) ->
              history.search(pattern, count, unique);
        };
    return new Reply.HistoryReply(
        found.stream()
            .map(e -> new Reply.HistoryEntry(e.session(), e.line(), e.input(), e.output()))
            .toList(),
        request.output());
  }
}
