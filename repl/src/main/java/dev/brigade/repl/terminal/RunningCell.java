package dev.brigade.repl.terminal;

import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.InterruptReport;
import dev.brigade.session.Session;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A cell while it runs. The prompt's thread waits here and does what the cell asks of it.
final class RunningCell {
  private final Session session;
  private final Consumer<String> say;

  /// Guarded by this.
  private final ArrayDeque<Runnable> asked = new ArrayDeque<>();

  /// Guarded by this; set once.
  private @Nullable CellResult result;

  /// @param say shows a line of the terminal's own
  RunningCell(Session session, Consumer<String> say) {
    this.session = session;
    this.say = say;
  }

  /// Runs code and returns when the cell has ended.
  CellResult run(String code, Keyboard keyboard) {
    var request = new CellRequest(code, false, true, Map.of(), keyboard.of(this), null);
    // Beside whatever holds the loop in the background.
    if (session.observes(request)) return session.observe(request);
    session.execute(request).result().thenAccept(this::ended);
    while (true) {
      Runnable next;
      synchronized (this) {
        while (asked.isEmpty() && result == null) waitUninterrupted();
        next = asked.poll();
        if (next == null && result != null) return result;
      }
      if (next != null) next.run();
    }
  }

  /// Has the prompt's thread do something; false when the cell has ended.
  synchronized boolean ask(Runnable job) {
    if (result != null) return false;
    asked.add(job);
    notifyAll();
    return true;
  }

  /// One press of Ctrl-C; says what it was aimed at.
  void interrupt() {
    say.accept(sentence(session.interrupt()));
  }

  static String sentence(InterruptReport report) {
    // A cell says itself what was cancelled and what lives on when it ends.
    if (!report.cell().isEmpty()) return "Interrupted " + report.cell() + ".";
    return report.left().isEmpty()
        ? "No cell was running."
        : "No cell was running; still running: " + String.join(", ", report.left()) + ".";
  }

  private synchronized void ended(CellResult outcome) {
    result = outcome;
    notifyAll();
  }

  private void waitUninterrupted() {
    try {
      wait();
    } catch (InterruptedException stray) {
      // An interrupt meant for a reading that is over.
    }
  }
}
