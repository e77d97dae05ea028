package dev.brigade.async.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a program did between two moments: its events, and views of them.
///
/// ```
/// Trace trace = trace(() -> await(gather(fetch(1), fetch(2))));
/// assert trace.order().equals(List.of("fetch 2", "fetch 1"));
/// ```
public final class Trace {
  private final String loop;
  private final String label;
  private final long from;
  private final long to;
  private final long dropped;
  private final List<TraceEvent> events;
  private final Map<Long, String> names;
  private final Set<Long> made = new HashSet<>();
  // Made when first asked for: every view of a trace asks, and a walk over a million events takes a
  // second. Guarded by this.
  private @Nullable Timeline timeline;
  private @Nullable TraceSummary summary;

  /// @param loop the name of the loop
  /// @param label what was traced, for example `In [3]`
  /// @param from the loop's time when it began, in nanoseconds
  /// @param to the loop's time when it ended
  /// @param dropped how many of its events the log has dropped: the oldest
  /// @param events in the order of the log
  /// @param before the names of the tasks that were there when it began, by number
  public Trace(
      String loop,
      String label,
      long from,
      long to,
      long dropped,
      List<TraceEvent> events,
      Map<Long, String> before) {
    this.loop = loop;
    this.label = label;
    this.from = from;
    this.to = Math.max(from, to);
    this.dropped = dropped;
    this.events = List.copyOf(events);
    this.names = new HashMap<>(before);
    for (TraceEvent event : events) {
      if (event instanceof TraceEvent.TaskCreated task) {
        names.put(task.task(), name(task));
        made.add(task.task());
      }
    }
  }

  /// What a task is called in views: its name, and the method that made its coroutine where the
  /// name does not say more than a number.
  public static String called(long task, String name, String coroutine) {
    boolean plain = name.equals("Task-" + task);
    return plain && !coroutine.equals("coroutine") ? name + " " + coroutine : name;
  }

  static String name(TraceEvent.TaskCreated made) {
    return called(made.task(), made.name(), made.coroutine());
  }

  public String loop() {
    return loop;
  }

  /// What was traced.
  public String label() {
    return label;
  }

  /// The loop's time when it began, in nanoseconds.
  public long from() {
    return from;
  }

  /// The loop's time when it ended, in nanoseconds.
  public long to() {
    return to;
  }

  /// How many of its events the log had no room for: the oldest. 0 if it is complete.
  public long dropped() {
    return dropped;
  }

  /// Every event, in the order of the log.
  public List<TraceEvent> events() {
    return events;
  }

  /// What tasks are called, by number.
  public Map<Long, String> names() {
    return Collections.unmodifiableMap(names);
  }

  /// What a task is called.
  public String name(long task) {
    return names.getOrDefault(task, "Task-" + task);
  }

  /// Whether a task was made while it was traced.
  boolean made(long task) {
    return made.contains(task);
  }

  /// The names of the tasks that were made and have ended, in the order in which they did.
  public List<String> order() {
    var ended = new ArrayList<String>();
    for (TraceEvent event : events) {
      if (event instanceof TraceEvent.TaskEnded end && made(end.task())) {
        ended.add(name(end.task()));
      }
    }
    return List.copyOf(ended);
  }

  /// What was printed, line by line, in order.
  public List<String> prints() {
    var text = new StringBuilder();
    for (TraceEvent event : events) {
      if (event instanceof TraceEvent.Printed printed) text.append(printed.text());
    }
    return text.toString().lines().toList();
  }

  /// Who did what when.
  public synchronized Timeline timeline() {
    if (timeline == null) timeline = TimelineBuilder.of(this);
    return timeline;
  }

  /// The loop's insides after each event, to walk through.
  public List<LoopView> steps() {
    return LoopView.of(this);
  }

  /// What changed from this trace to another of the same program: places in the order of ends, and
  /// times.
  public TraceDiff diff(Trace after) {
    return TraceDiff.of(this, after);
  }

  /// It in the Trace Event format, for Perfetto.
  public String json() {
    return TraceJson.of(this);
  }

  /// The figures of it.
  public synchronized TraceSummary summary() {
    if (summary == null) summary = TraceSummary.of(this);
    return summary;
  }

  @Override
  public String toString() {
    return "<Trace of " + label + ": " + events.size() + " events>";
  }
}
