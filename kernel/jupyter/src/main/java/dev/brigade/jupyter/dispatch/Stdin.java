package dev.brigade.jupyter.dispatch;

import dev.brigade.jupyter.output.Publisher;
import dev.brigade.jupyter.protocol.InputRequest;
import dev.brigade.jupyter.protocol.Parent;
import dev.brigade.session.LineInput;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks the client that sent a cell for a line.
///
/// An answer names no question, so one question is open at a time, in each subshell; threads that
/// ask meanwhile wait their turn. Both waits end with an interrupt.
final class Stdin {
  /// What front ends send for Ctrl-D.
  private static final String END_OF_INPUT = "\u0004";

  private final Publisher publisher;
  private final ReentrantLock turn = new ReentrantLock(true);
  // Written by the thread that has the turn.
  private volatile @Nullable CompletableFuture<String> open;

  Stdin(Publisher publisher) {
    this.publisher = publisher;
  }

  /// The input of one cell.
  LineInput of(Parent parent) {
    return (prompt, password) -> ask(parent, new InputRequest(prompt, password));
  }

  private @Nullable String ask(Parent parent, InputRequest question) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      var answer = new CompletableFuture<String>();
      open = answer;
      publisher.send(parent, question);
      String line = answer.get();
      return line.equals(END_OF_INPUT) ? null : line;
    } catch (ExecutionException e) {
      throw new AssertionError("an answer never fails", e);
    } finally {
      open = null;
      turn.unlock();
    }
  }

  /// An answer arrived.
  ///
  /// @return false if nobody waits for one any more
  boolean answer(String line) {
    CompletableFuture<String> waiting = open;
    return waiting != null && waiting.complete(line);
  }
}
