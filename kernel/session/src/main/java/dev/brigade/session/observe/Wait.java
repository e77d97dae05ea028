package dev.brigade.session.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody who cannot go on before others have acted.
///
/// @param who a task, or the id of a thread that is no task's
/// @param name its name
/// @param what what it waits for, in words, with its holder
/// @param place the line it waits in, or null
/// @param from where it comes from: `made at In [3] line 2`, `of In [3]`, or empty
/// @param on tasks and threads that must act
record Wait(
    Object who, String name, String what, @Nullable String place, String from, List<Object> on) {
  Wait {
    on = List.copyOf(on);
  }

  String sentence() {
    boolean placed = place != null;
    return name
        + (from.isEmpty() ? "" : " (" + from + ")")
        + " waits "
        + (placed ? "at " + place + " " : "")
        + "for "
        + what;
  }

  /// A circle in one line.
  static String circle(List<Wait> circle) {
    var text = new StringBuilder("circle: ");
    for (Wait each : circle) text.append(each.name).append(" -> ").append(each.what).append(" -> ");
    return text.append(circle.getFirst().name).toString();
  }
}
