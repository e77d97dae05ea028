package dev.brigade.session.widget;

import dev.brigade.async.Origin;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Handlers of one kind of event. Each runs as a task of the session's loop for the cell that has
/// added it. Any thread.
final class Handlers<T> {
  private record Handler<T>(@Nullable Origin cell, Consumer<? super T> code) {}

  private final String name;
  private final List<Handler<T>> all = new CopyOnWriteArrayList<>();

  /// @param name of the tasks
  Handlers(String name) {
    this.name = name;
  }

  void add(Consumer<? super T> code) {
    all.add(new Handler<>(Origin.current(), code));
  }

  /// They run at the loop's next turn, in the order in which they were added.
  void call(T event) {
    for (Handler<T> each : all) {
      Widgets.now().next(each.cell(), name, () -> each.code().accept(event));
    }
  }
}
