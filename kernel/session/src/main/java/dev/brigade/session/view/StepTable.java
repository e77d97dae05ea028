package dev.brigade.session.view;

import dev.brigade.async.trace.EventText;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An event log as numbered steps with time, task and thread.
public final class StepTable {
  private static final int SHOWN = 200;

  private final Map<Long, String> names;
  private final EventText texts;
  private final StringBuilder text = new StringBuilder();
  private final long start;
  private int step;
  private int hidden;
  // The compiler works between the snippets of a cell; that time belongs to no step.
  private long compiling;

  private StepTable(Map<Long, String> names, long start) {
    this.names = new HashMap<>(names);
    this.texts = new EventText(this::name);
    this.start = start;
  }

  /// The table of a trace.
  public static String of(Trace trace) {
    return of(trace.events(), trace.names(), trace.from());
  }

  /// The table.
  ///
  /// @param names the names of tasks that were there before, by number
  /// @param startNanos the time that counts as 0
  public static String of(List<TraceEvent> events, Map<Long, String> names, long startNanos) {
    var table = new StepTable(names, startNanos);
    table.text.append(row("step", "time", "task", "what", "thread")).append('\n');
    events.forEach(table::add);
    if (table.hidden > 0) {
      table.text.append("... and ").append(table.hidden).append(" more steps\n");
    }
    return table.text.toString().stripTrailing();
  }

  private void add(TraceEvent event) {
    if (event instanceof TraceEvent.TaskCreated e) names.putIfAbsent(e.task(), e.name());
    if (event instanceof TraceEvent.Compiled e) compiling += e.durationNanos();
    for (EventText.Line line : texts.lines(event)) row(event, line);
  }

  private String name(long task) {
    return names.getOrDefault(task, "Task-" + task);
  }

  private void row(TraceEvent event, EventText.Line line) {
    step++;
    if (step > SHOWN) {
      hidden++;
      return;
    }
    String time =
        String.format(Locale.ROOT, "%.3f", (event.at().nanos() - start - compiling) / 1e9);
    String task = line.task() == 0 ? "" : name(line.task());
    text.append(row(String.valueOf(step), time, task, line.what(), event.at().thread()))
        .append('\n');
  }

  private static String row(String step, String time, String task, String what, String thread) {
    return String.format(Locale.ROOT, "%4s %8s  %-12s %-44s %s", step, time, task, what, thread)
        .stripTrailing();
  }
}
