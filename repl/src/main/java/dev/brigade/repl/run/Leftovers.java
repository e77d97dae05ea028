package dev.brigade.repl.run;

import dev.brigade.session.Session;
import java.util.function.Consumer;

/// What still runs when the last cell has ended.
final class Leftovers {
  private final Session session;
  private final Consumer<String> say;

  Leftovers(Session session, Consumer<String> say) {
    this.session = session;
    this.say = say;
  }

  void settle(boolean join) {}
}
