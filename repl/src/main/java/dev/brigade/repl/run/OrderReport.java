package dev.brigade.repl.run;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.session.view.StepTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What ran when, for `brigade run --trace`: the steps of the tasks that the cells made, and how
/// long those took together.
final class OrderReport implements AutoCloseable {
  private static final double NANOS = 1e9;

  /// Guarded by itself.
  private final List<TraceEvent> events = new ArrayList<>();

  private final EventLog.Listening listening;

  /// Listens from now on.
  OrderReport(EventLog log) {
    listening = log.listen(this::add);
  }

  private void add(TraceEvent event) {
    synchronized (events) {
      events.add(event);
    }
  }

  @Override
  public void close() {
    listening.close();
  }

  /// A table of steps, and a line with the elapsed time on the loop's clock.
  String text() {
    synchronized (events) {
      return text(events);
    }
  }

  static String text(List<TraceEvent> events) {
    List<TraceEvent> ofTasks =
        events.stream()
            .dropWhile(event -> !isMadeByTask(event))
            .filter(OrderReport::isStep)
            .toList();
    long tasks = ofTasks.stream().filter(OrderReport::isMadeByTask).count();
    if (tasks == 0) return "No cell made a task.";
    long start = ofTasks.getFirst().at().nanos();
    long elapsed = ofTasks.getLast().at().nanos() - start;
    return String.format(
        Locale.ROOT,
        "%s%nElapsed: %.3f s of loop time, %d %s.",
        StepTable.of(ofTasks, Map.of(), start),
        elapsed / NANOS,
        tasks,
        tasks == 1 ? "task" : "tasks");
  }

  /// A cell is a task too, made by none.
  private static boolean isMadeByTask(TraceEvent event) {
    return event instanceof TraceEvent.TaskCreated created && created.creator() != 0;
  }

  /// Timers and wake-ups belong to the loop's inner life; the steps tell the same story.
  private static boolean isStep(TraceEvent event) {
    return switch (event) {
      case TraceEvent.TimerSet _,
          TraceEvent.TimerFired _,
          TraceEvent.Woken _,
          TraceEvent.StepEnded _,
          TraceEvent.ThreadWaits _,
          TraceEvent.ThreadWaited _,
          TraceEvent.GilTaken _,
          TraceEvent.GilReleased _,
          TraceEvent.Compiled _ ->
          false;
      case TraceEvent.TaskCreated _,
          TraceEvent.StepBegan _,
          TraceEvent.Awaits _,
          TraceEvent.CancelRequested _,
          TraceEvent.TaskEnded _,
          TraceEvent.LockWait _,
          TraceEvent.LockAcquired _,
          TraceEvent.LockReleased _,
          TraceEvent.JobSubmitted _,
          TraceEvent.JobStarted _,
          TraceEvent.JobEnded _,
          TraceEvent.ThreadStarted _,
          TraceEvent.ThreadEnded _,
          TraceEvent.Printed _,
          TraceEvent.Deadlocked _,
          TraceEvent.Stalled _ ->
          true;
    };
  }
}
