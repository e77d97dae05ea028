package dev.brigade.repl.run;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.TraceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What ran when, as lines of text: for `brigade run --trace`.
final class OrderReport implements AutoCloseable {
  private static final int MOST_LINES = 60;
  private static final double NANOS = 1e9;

  private final List<TraceEvent> events = new ArrayList<>();
  private final EventLog.Listening listening;

  /// Listens from now on.
  OrderReport(EventLog log) {
    listening = log.listen(this::add);
  }

  private synchronized void add(TraceEvent event) {
    events.add(event);
  }

  @Override
  public void close() {
    listening.close();
  }

  /// The lines; the last one gives the elapsed time of the loop's clock.
  synchronized List<String> lines() {
    return lines(events);
  }

  static List<String> lines(List<TraceEvent> events) {
    if (events.isEmpty()) return List.of("No task ran.");
    var names = new HashMap<Long, String>();
    var lines = new ArrayList<String>();
    long start = events.getFirst().at().nanos();
    for (TraceEvent event : events) {
      String what = describe(event, names);
      if (what != null) {
        double seconds = (event.at().nanos() - start) / NANOS;
        lines.add(String.format(Locale.ROOT, "%3d %8.3f s  %s", lines.size() + 1, seconds, what));
      }
    }
    int left = lines.size() - MOST_LINES;
    if (left > 0) {
      lines.subList(MOST_LINES, lines.size()).clear();
      lines.add("    ... and " + left + " more");
    }
    lines.addFirst("Order of events:");
    lines.add(
        String.format(
            Locale.ROOT,
            "Elapsed: %.3f s of loop time, %d tasks.",
            (events.getLast().at().nanos() - start) / NANOS,
            names.size()));
    return lines;
  }

  private static @Nullable String describe(TraceEvent event, Map<Long, String> names) {
    return switch (event) {
      case TraceEvent.TaskCreated(_, long task, _, String name, String coroutine, _) -> {
        names.put(
            task, coroutine.isEmpty() || name.equals(coroutine) ? name : name + " " + coroutine);
        yield name(names, task) + " is created";
      }
      case TraceEvent.StepBegan(_, long task) -> name(names, task) + " runs";
      case TraceEvent.Awaits(_, long task, String what, long on, _) ->
          name(names, task) + " waits for " + (on == 0 ? what : name(names, on));
      case TraceEvent.CancelRequested(_, long task, _) -> name(names, task) + " is asked to stop";
      case TraceEvent.TaskEnded(_, long task, TraceEvent.End end, String error) ->
          name(names, task)
              + switch (end) {
                case FINISHED -> " is done";
                case FAILED -> " fails: " + error;
                case CANCELLED -> " is cancelled";
              };
      case TraceEvent.LockWait(_, long task, String lock, _) ->
          name(names, task) + " waits for " + lock;
      case TraceEvent.LockAcquired(_, long task, String lock) -> name(names, task) + " has " + lock;
      case TraceEvent.LockReleased(_, long task, String lock) ->
          name(names, task) + " gives back " + lock;
      case TraceEvent.JobSubmitted(_, long job, _, String pool) -> pool + " gets job " + job;
      case TraceEvent.JobStarted(var at, long job) -> "job " + job + " runs in " + at.thread();
      case TraceEvent.JobEnded(_, long job, _) -> "job " + job + " is done";
      case TraceEvent.Printed(_, long task, String text) ->
          name(names, task) + " prints " + text.strip();
      case TraceEvent.Stalled(_, long task, long nanos, _) ->
          String.format(
              Locale.ROOT, "%s holds the loop for %.3f s", name(names, task), nanos / NANOS);
      case TraceEvent.StepEnded _,
          TraceEvent.Woken _,
          TraceEvent.TimerSet _,
          TraceEvent.TimerFired _,
          TraceEvent.Compiled _ ->
          null;
    };
  }

  private static String name(Map<Long, String> names, long task) {
    return task == 0 ? "the loop" : names.getOrDefault(task, "task " + task);
  }
}
