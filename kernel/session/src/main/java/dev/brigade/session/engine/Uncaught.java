package dev.brigade.session.engine;

import dev.brigade.session.Emission;
import java.io.PrintStream;

/// Shows an exception that ended a user's thread as error text of the cell that started it, with
/// the user's own frames only.
final class Uncaught implements Thread.UncaughtExceptionHandler {
  private final Workshop workshop;
  private final PrintStream before;

  Uncaught(Workshop workshop, PrintStream before) {
    this.workshop = workshop;
    this.before = before;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    Output.Owner owner = workshop.output().owner();
    if (owner == null || thread.getName().startsWith("brigade-")) {
      thrown.printStackTrace(before);
      return;
    }
    String text =
        "Exception in thread "
            + CellThreads.name(thread)
            + "\n"
            + String.join("\n", workshop.errors().lines(thrown))
            + "\n";
    workshop.output().print(owner.cell(), Emission.Stream.STDERR, text);
  }
}
