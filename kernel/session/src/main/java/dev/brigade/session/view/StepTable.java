package dev.brigade.session.view;

import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.async.trace.TraceSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event log as numbered steps with time, task and thread.
public final class StepTable {
  private static final int SHOWN = 200;

  private final Map<Long, String> names;
  private final StringBuilder text = new StringBuilder();
  private final long start;
  private int step;
  private int hidden;
  // The compiler works between the snippets of a cell; that time belongs to no step.
  private long compiling;

  private StepTable(Map<Long, String> names, long start) {
    this.names = new HashMap<>(names);
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
    switch (event) {
      case TraceEvent.TaskCreated e -> {
        names.put(e.task(), e.name());
        row(e, e.creator(), "creates " + e.name() + at(e.site()));
      }
      case TraceEvent.StepBegan e -> row(e, e.task(), "runs");
      case TraceEvent.StepEnded _, TraceEvent.TimerSet _ -> {}
      case TraceEvent.Awaits e ->
          row(e, e.task(), "awaits " + (e.on() == 0 ? e.what() : name(e.on())) + at(e.site()));
      case TraceEvent.Woken e -> row(e, e.task(), "is ready" + by(e.by()));
      case TraceEvent.CancelRequested e -> row(e, e.task(), "is asked to stop" + by(e.by()));
      case TraceEvent.TaskEnded e ->
          row(
              e,
              e.task(),
              switch (e.end()) {
                case FINISHED -> "ends";
                case FAILED -> "fails: " + e.error();
                case CANCELLED -> "is cancelled";
              });
      case TraceEvent.Deadlocked e ->
          e.tasks().forEach(task -> row(e, task, "waits in a circle: deadlock"));
      case TraceEvent.TimerFired e -> row(e, e.task(), "timer rings");
      case TraceEvent.LockWait e ->
          row(
              e,
              e.task(),
              "waits for " + e.lock() + (e.holder() == 0 ? "" : ", held by " + name(e.holder())));
      case TraceEvent.LockAcquired e -> row(e, e.task(), "gets " + e.lock());
      case TraceEvent.LockReleased e -> row(e, e.task(), "gives back " + e.lock());
      case TraceEvent.JobSubmitted e ->
          row(e, e.task(), "hands job " + e.job() + " to " + e.executor());
      case TraceEvent.JobStarted e -> row(e, 0, "job " + e.job() + " begins");
      case TraceEvent.JobEnded e ->
          row(e, 0, "job " + e.job() + (e.error() == null ? " ends" : " fails: " + e.error()));
      case TraceEvent.ThreadWaits e ->
          row(
              e,
              e.task(),
              "waits in "
                  + e.call()
                  + (e.object() == null ? "" : " for " + e.object())
                  + (e.holder() == null || e.holder().equals(e.object())
                      ? ""
                      : ", held by " + e.holder()));
      case TraceEvent.ThreadWaited e -> row(e, e.task(), "waited");
      case TraceEvent.GilTaken e -> row(e, e.task(), "takes the Gil");
      case TraceEvent.GilReleased e -> row(e, e.task(), "gives the Gil back: " + e.why());
      case TraceEvent.Printed e -> row(e, e.task(), "prints " + ValueText.of(e.text()));
      case TraceEvent.Compiled e -> compiling += e.durationNanos();
      case TraceEvent.Stalled e ->
          row(e, e.task(), "held the loop for " + TraceSummary.seconds(e.durationNanos()));
    }
  }

  private String name(long task) {
    return names.getOrDefault(task, "Task-" + task);
  }

  private String by(long task) {
    return task == 0 ? "" : " (by " + name(task) + ")";
  }

  private static String at(@Nullable String site) {
    return site == null ? "" : " at " + site;
  }

  private void row(TraceEvent event, long task, String what) {
    step++;
    if (step > SHOWN) {
      hidden++;
      return;
    }
    String time =
        String.format(Locale.ROOT, "%.3f", (event.at().nanos() - start - compiling) / 1e9);
    text.append(
            row(String.valueOf(step), time, task == 0 ? "" : name(task), what, event.at().thread()))
        .append('\n');
  }

  private static String row(String step, String time, String task, String what, String thread) {
    return String.format(Locale.ROOT, "%4s %8s  %-12s %-44s %s", step, time, task, what, thread)
        .stripTrailing();
  }
}
