package dev.brigade.jupyter.dispatch;

import dev.brigade.jupyter.output.Displays;
import dev.brigade.jupyter.output.Publisher;
import dev.brigade.jupyter.protocol.ErrorContent;
import dev.brigade.jupyter.protocol.MimeData;
import dev.brigade.jupyter.protocol.Parent;
import dev.brigade.jupyter.protocol.Publication;
import dev.brigade.jupyter.protocol.Reply;
import dev.brigade.jupyter.protocol.Reply.ExecuteEnd;
import dev.brigade.jupyter.protocol.Reply.ExpressionValue;
import dev.brigade.jupyter.protocol.Request.ExecuteRequest;
import dev.brigade.session.CellError;
import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.LineInput;
import dev.brigade.session.Outcome;
import dev.brigade.session.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The way of a cell into the session and out again, the same for cells that run and for those that
/// only look.
final class CellEnds {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[1;3\\dm");

  private final Publisher publisher;

  CellEnds(Publisher publisher) {
    this.publisher = publisher;
  }

  static CellRequest request(Parent parent, ExecuteRequest request, @Nullable LineInput stdin) {
    return new CellRequest(
        request.code(),
        request.silent(),
        request.storeHistory(),
        request.userExpressions(),
        stdin,
        parent);
  }

  /// Answers a cell that only looks.
  Reply.ExecuteReply observe(Session session, Parent parent, ExecuteRequest request) {
    Instant started = Instant.now();
    if (!request.silent()) {
      publisher.send(
          parent, new Publication.ExecuteInput(request.code(), session.executionCount()));
    }
    return reply(parent, request, session.observe(request(parent, request, null)), started);
  }

  /// Publishes a cell's value or error and gives the reply.
  Reply.ExecuteReply reply(
      Parent parent, ExecuteRequest request, CellResult result, Instant started) {
    int count = result.cell().number();
    ExecuteEnd end =
        switch (result.outcome()) {
          case Outcome.Value value -> {
            if (!request.silent()) {
              publisher.send(
                  parent, new Publication.ExecuteResult(Displays.mimeData(value.bundle()), count));
            }
            yield ok(result);
          }
          case Outcome.Done _ -> ok(result);
          case Outcome.Failed failed -> {
            ErrorContent error = error(failed.error());
            publisher.send(parent, new Publication.ErrorPublication(error));
            yield new ExecuteEnd.Failed(error);
          }
        };
    return new Reply.ExecuteReply(count, started, end, request.cellId());
  }

  private static ExecuteEnd ok(CellResult result) {
    var expressions = new HashMap<String, ExpressionValue>();
    result.userExpressions().forEach((name, value) -> expressions.put(name, expression(value)));
    return new ExecuteEnd.Ok(
        expressions,
        result.nextInput(),
        result.page() == null ? null : Displays.mimeData(result.page()));
  }

  private static ExpressionValue expression(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Value value -> new ExpressionValue.Good(Displays.mimeData(value.bundle()));
      case Outcome.Done _ -> new ExpressionValue.Good(MimeData.EMPTY);
      case Outcome.Failed failed -> new ExpressionValue.Bad(error(failed.error()));
    };
  }

  /// Notebooks show errors on a ground of their own, pink on a light page and dark red on a dark
  /// one. No red of theirs can be read on both; bold in the page's own colour can.
  private static ErrorContent error(CellError error) {
    List<String> lines =
        error.traceback().stream()
            .map(line -> COLOUR.matcher(line).replaceAll("\u001b[1m"))
            .toList();
    return new ErrorContent(error.name(), error.message(), lines);
  }
}
