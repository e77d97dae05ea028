package dev.brigade.session.view;

import dev.brigade.async.trace.TraceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One line on what a cell's tasks did: how many, in which order they ended, how long it took, how
/// long they waited together, how many were under way at once.
public final class TraceSummary {
  private static final int NAMED = 12;

  /// The line, or nothing for a cell that made no task.
  ///
  /// @param label the cell's, for example `In [3]`
  /// @param elapsedNanos how long the cell took on the loop's clock; the compiler's part of it is
  ///     taken off
  public static Optional<String> of(List<TraceEvent> events, String label, long elapsedNanos) {
    Map<Long, String> names = new HashMap<>();
    Map<Long, Long> waitingSince = new HashMap<>();
    var ended = new ArrayList<String>();
    long waited = 0;
    long compiling = 0;
    int inFlight = 0;
    int peak = 0;
    for (TraceEvent event : events) {
      switch (event) {
        case TraceEvent.TaskCreated made -> {
          if (!label.equals(made.at().origin()) || made.name().equals(label)) continue;
          names.put(made.task(), made.name());
          peak = Math.max(peak, ++inFlight);
        }
        case TraceEvent.Awaits awaits -> {
          if (names.containsKey(awaits.task())) {
            waitingSince.put(awaits.task(), awaits.at().nanos());
          }
        }
        case TraceEvent.StepBegan step -> {
          Long since = waitingSince.remove(step.task());
          if (since != null) waited += step.at().nanos() - since;
        }
        case TraceEvent.TaskEnded end -> {
          String name = names.get(end.task());
          if (name == null) continue;
          inFlight--;
          ended.add(name + mark(end.end()));
        }
        case TraceEvent.Compiled compiled -> compiling += compiled.durationNanos();
        default -> {}
      }
    }
    if (names.isEmpty()) return Optional.empty();
    String order =
        ended.isEmpty()
            ? "none ended yet"
            : "ended: "
                + String.join(", ", ended.subList(0, Math.min(NAMED, ended.size())))
                + (ended.size() > NAMED ? " and " + (ended.size() - NAMED) + " more" : "");
    return Optional.of(
        "%d %s, %s; %s elapsed, %s waited together, at most %d at once"
            .formatted(
                names.size(),
                names.size() == 1 ? "task" : "tasks",
                order,
                seconds(Math.max(0, elapsedNanos - compiling)),
                seconds(waited),
                peak));
  }

  private static String mark(TraceEvent.End end) {
    return switch (end) {
      case FINISHED -> "";
      case FAILED -> " (failed)";
      case CANCELLED -> " (cancelled)";
    };
  }

  /// A time for people.
  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }

  private TraceSummary() {}
}
