package dev.brigade.jupyter.dispatch;

import dev.brigade.jupyter.output.Publisher;
import dev.brigade.jupyter.protocol.ErrorContent;
import dev.brigade.jupyter.protocol.Parent;
import dev.brigade.jupyter.protocol.Publication.ExecutionState;
import dev.brigade.jupyter.protocol.Publication.Status;
import dev.brigade.jupyter.protocol.Reply;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// The frame around every request: busy, what its handler answers, idle. Whatever the handler
/// throws becomes the reply.
final class Exchange {
  private final Publisher publisher;
  private final Consumer<String> log;

  Exchange(Publisher publisher, Consumer<String> log) {
    this.publisher = publisher;
    this.log = log;
  }

  /// Runs a handler whose answer is the reply.
  void answer(Parent parent, Callable<? extends Reply> handler) {
    around(parent, () -> Optional.of(handler.call()));
  }

  /// Runs a handler of a message that gets no reply.
  void hear(Parent parent, Runnable handler) {
    around(
        parent,
        () -> {
          handler.run();
          return Optional.empty();
        });
  }

  private void around(Parent parent, Callable<Optional<Reply>> handler) {
    publisher.send(parent, new Status(ExecutionState.BUSY));
    try {
      handler.call().ifPresent(reply -> publisher.send(parent, reply));
    } catch (Throwable t) {
      // The handler's own failure, not the user's code: that ends as an Outcome.
      publisher.send(parent, new Reply.ErrorReply(failure(parent, t)));
    } finally {
      publisher.send(parent, new Status(ExecutionState.IDLE));
    }
  }

  /// Logs what a handler threw, and says it as an error.
  ErrorContent failure(Parent parent, Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    log.accept("The handler of " + parent.type() + " failed: " + cause);
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return ErrorContent.of(cause.getClass().getSimpleName(), message);
  }
}
