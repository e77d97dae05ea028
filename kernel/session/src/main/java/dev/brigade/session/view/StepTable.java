package dev.brigade.session.view;

import dev.brigade.async.trace.EventText;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.async.trace.TraceSummary;
import dev.brigade.session.TextWidth;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An event log as numbered steps with time, task and thread.
public final class StepTable {
  private static final int SHOWN = 200;
  // The least that shows in the column of times.
  private static final long NOTICED = 1_000_000;

  private final Map<Long, String> names;
  private final EventText texts;
  private final StringBuilder text = new StringBuilder();
  private final long start;
  private int step;
  private int hidden;

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
    if (table.step == 0) return "nothing happened";
    if (table.hidden > 0) {
      table.text.append("... and ").append(table.hidden).append(" more steps\n");
    }
    return table.text.toString().stripTrailing();
  }

  private void add(TraceEvent event) {
    if (event instanceof TraceEvent.TaskCreated e) names.putIfAbsent(e.task(), e.name());
    if (event instanceof TraceEvent.Compiled e && e.durationNanos() >= NOTICED && step < SHOWN) {
      compiled(e);
    }
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
    String task = line.task() == 0 ? "" : name(line.task());
    text.append(row(String.valueOf(step), time(event), task, line.what(), event.at().thread()))
        .append('\n');
  }

  /// No step of the program, and has no number; the steps keep the time that the printed lines and
  /// the timeline have.
  private void compiled(TraceEvent.Compiled event) {
    String took = TraceSummary.seconds(event.durationNanos());
    text.append(row("", time(event), "", "(the compiler has worked " + took + ")", ""))
        .append('\n');
  }

  private String time(TraceEvent event) {
    return String.format(Locale.ROOT, "%.3f", (event.at().nanos() - start) / 1e9);
  }

  private static String row(String step, String time, String task, String what, String thread) {
    return (String.format(Locale.ROOT, "%4s %8s  ", step, time)
            + TextWidth.pad(task, 12)
            + " "
            + TextWidth.pad(what, 44)
            + " "
            + thread)
        .stripTrailing();
  }
}
