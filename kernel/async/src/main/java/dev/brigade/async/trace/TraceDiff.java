package dev.brigade.async.trace;

import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What differs between two traces of one program: which tasks changed their place in the order of
/// ends, and which took longer or shorter.
///
/// Tasks are the same in both if they have the same name; those without a name of their own, if
/// they are the same one of their coroutine's: the first `fetch`, the second `fetch`, ...
///
/// @param before how long the first took, in nanoseconds of the loop's clock
/// @param after how long the second took
/// @param rows the tasks of both, in the first one's order of ends
/// @param onlyBefore the tasks of the first alone
/// @param onlyAfter the tasks of the second alone
public record TraceDiff(
    long before, long after, List<Row> rows, List<String> onlyBefore, List<String> onlyAfter) {
  /// One task in both.
  ///
  /// @param placeBefore its place in the order of ends, from 1; 0 if it had not ended
  /// @param nanosBefore how long it was there
  public record Row(
      String task, int placeBefore, int placeAfter, long nanosBefore, long nanosAfter) {
    public boolean changedPlace() {
      return placeBefore != placeAfter;
    }
  }

  private record Life(int place, long nanos) {}

  static TraceDiff of(Trace before, Trace after) {
    Map<String, Life> first = lives(before);
    Map<String, Life> second = lives(after);
    var rows = new ArrayList<Row>();
    var onlyBefore = new ArrayList<String>();
    first.forEach(
        (task, life) -> {
          Life other = second.get(task);
          if (other == null) onlyBefore.add(task);
          else rows.add(new Row(task, life.place, other.place, life.nanos, other.nanos));
        });
    List<String> onlyAfter = second.keySet().stream().filter(t -> !first.containsKey(t)).toList();
    rows.sort(
        java.util.Comparator.comparingInt(
            row -> row.placeBefore() == 0 ? Integer.MAX_VALUE : row.placeBefore()));
    return new TraceDiff(
        before.summary().elapsed(), after.summary().elapsed(), rows, onlyBefore, onlyAfter);
  }

  private static Map<String, Life> lives(Trace trace) {
    Map<Long, Integer> places = new HashMap<>();
    for (TraceEvent event : trace.events()) {
      if (event instanceof TraceEvent.TaskEnded end && trace.made(end.task())) {
        places.put(end.task(), places.size() + 1);
      }
    }
    Map<Long, String> coroutines = new HashMap<>();
    for (TraceEvent event : trace.events()) {
      if (event instanceof TraceEvent.TaskCreated made) {
        boolean plain = made.name().equals("Task-" + made.task());
        coroutines.put(made.task(), plain ? made.coroutine() : made.name());
      }
    }
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Life> lives = new LinkedHashMap<>();
    for (Lane lane : trace.timeline().lanes()) {
      String name = coroutines.get(lane.number());
      if (lane.kind() != Kind.TASK || name == null) continue;
      int count = counts.merge(name, 1, Integer::sum);
      int place = places.getOrDefault(lane.number(), 0);
      lives.put(name + (count == 1 ? "" : " " + count), new Life(place, lane.to() - lane.from()));
    }
    return lives;
  }

  /// Whether the tasks of both ended in the same order.
  public boolean sameOrder() {
    return onlyBefore.isEmpty()
        && onlyAfter.isEmpty()
        && rows.stream().noneMatch(Row::changedPlace);
  }

  /// A table: place and time before and after.
  @Override
  public String toString() {
    var text = new StringBuilder(row("task", "place", "took", ""));
    for (Row row : rows) {
      text.append('\n')
          .append(
              row(
                  row.task,
                  place(row.placeBefore)
                      + (row.changedPlace() ? " -> " + place(row.placeAfter) : ""),
                  TraceSummary.seconds(row.nanosBefore)
                      + " -> "
                      + TraceSummary.seconds(row.nanosAfter),
                  ratio(row.nanosBefore, row.nanosAfter)));
    }
    String all = TraceSummary.seconds(before) + " -> " + TraceSummary.seconds(after);
    text.append('\n').append(row("all", "", all, ratio(before, after)));
    if (!onlyBefore.isEmpty()) text.append("\nonly before: ").append(String.join(", ", onlyBefore));
    if (!onlyAfter.isEmpty()) text.append("\nonly after: ").append(String.join(", ", onlyAfter));
    return text.toString();
  }

  private static String place(int place) {
    return place == 0 ? "-" : String.valueOf(place);
  }

  private static String ratio(long before, long after) {
    if (before == 0 || after == 0) return "";
    double ratio = (double) before / after;
    if (ratio >= 1.05) return String.format(Locale.ROOT, "%.1f times as fast", ratio);
    if (ratio <= 0.95) return String.format(Locale.ROOT, "%.1f times as slow", 1 / ratio);
    return "as fast";
  }

  private static String row(String task, String place, String took, String ratio) {
    return String.format(Locale.ROOT, "%-20s %-10s %-22s %s", task, place, took, ratio)
        .stripTrailing();
  }
}
