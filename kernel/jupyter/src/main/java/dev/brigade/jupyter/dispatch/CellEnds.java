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
import org.jspecify.annotations.Nullable;

/// The way of a cell into the session and out again, the same for cells that run and for those that
/// only look.
final class CellEnds {
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

  private static ErrorContent error(CellError error) {
    return new ErrorContent(error.name(), error.message(), error.traceback());
  }
}
