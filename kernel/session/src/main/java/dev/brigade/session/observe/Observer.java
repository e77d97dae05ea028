package dev.brigade.session.observe;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Origin;
import dev.brigade.async.Task;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;

/// Looks at a session from outside. Any thread; never waits for what it looks at.
public final class Observer {
  private final EventLoop main;
  private final Supplier<List<KnownThread>> known;
  private final Places places;

  /// @param main the session's loop
  /// @param known the threads that work for cells, but for the loop's own
  public Observer(EventLoop main, Supplier<List<KnownThread>> known, Places places) {
    this.main = main;
    this.known = known;
    this.places = places;
  }

  /// The loops that run beside the session's for a cell, such as one of `run(main(), factory)`.
  public List<EventLoop> others() {
    var others = new LinkedHashSet<EventLoop>();
    for (Task<?> task : main.tasks()) {
      Origin origin = task.origin();
      if (origin != null) others.addAll(origin.loops());
    }
    others.remove(main);
    return List.copyOf(others);
  }

  /// All there is to see of the session's loop now, and of the threads that work for cells. Leaves
  /// out the task that asks, if one does.
  public Moment look() {
    return new Look(main, known.get(), places).moment(main.workers());
  }

  /// What one thread does now.
  public ThreadNow look(KnownThread thread) {
    return Look.threads(List.of(thread), places, main.tasks()).getFirst();
  }

  /// What some threads do now.
  public List<ThreadNow> look(List<KnownThread> threads) {
    return threads.isEmpty() ? List.of() : Look.threads(threads, places, main.tasks());
  }

  /// As [#look()], of one of the others.
  public Moment look(EventLoop other) {
    return new Look(other, known.get(), places).moment(List.of());
  }
}
