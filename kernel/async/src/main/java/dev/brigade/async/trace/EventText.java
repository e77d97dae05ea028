package dev.brigade.async.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// An event in words.
public final class EventText {
  /// What happened to whom.
  ///
  /// @param task the task it happened to, or 0
  /// @param what in words: `awaits sleep at In [3] line 2`
  public record Line(long task, String what) {}

  private static final int LONGEST = 60;

  private final LongFunction<String> names;

  /// @param names what tasks are called
  public EventText(LongFunction<String> names) {
    this.names = names;
  }

  /// What there is to say: mostly one line, none for what only matters to the loop itself.
  public List<Line> lines(TraceEvent event) {
    return switch (event) {
      case TraceEvent.StepEnded _, TraceEvent.TimerSet _, TraceEvent.Compiled _ -> List.of();
      case TraceEvent.Deadlocked e -> {
        var lines = new ArrayList<Line>();
        for (long task : e.tasks()) lines.add(new Line(task, "waits in a circle: deadlock"));
        yield lines;
      }
      case TraceEvent.TaskCreated e ->
          one(e.creator(), "creates " + names.apply(e.task()) + at(e.site()));
      case TraceEvent.StepBegan e -> one(e.task(), "runs");
      case TraceEvent.Awaits e ->
          one(e.task(), "awaits " + (e.on() == 0 ? e.what() : names.apply(e.on())) + at(e.site()));
      case TraceEvent.Woken e -> one(e.task(), "is ready" + by(e.by()));
      case TraceEvent.CancelRequested e -> one(e.task(), "is asked to stop" + by(e.by()));
      case TraceEvent.TaskEnded e ->
          one(
              e.task(),
              switch (e.end()) {
                case FINISHED -> "ends";
                case FAILED -> "fails: " + e.error();
                case CANCELLED -> "is cancelled";
              });
      case TraceEvent.TimerFired e -> one(e.task(), "timer rings");
      case TraceEvent.LockWait e ->
          one(
              e.task(),
              "waits for "
                  + e.lock()
                  + (e.holder() == 0 ? "" : ", held by " + names.apply(e.holder())));
      case TraceEvent.LockAcquired e -> one(e.task(), "gets " + e.lock());
      case TraceEvent.LockReleased e -> one(e.task(), "gives back " + e.lock());
      case TraceEvent.JobSubmitted e ->
          one(e.task(), "hands job " + e.job() + " to " + e.executor());
      case TraceEvent.JobStarted e ->
          one(0, "job " + e.job() + " begins" + (e.worker() == null ? "" : " in " + e.worker()));
      case TraceEvent.JobEnded e ->
          one(0, "job " + e.job() + (e.error() == null ? " ends" : " fails: " + e.error()));
      case TraceEvent.ThreadStarted e -> one(e.task(), "starts thread " + e.name());
      case TraceEvent.ThreadEnded e ->
          one(0, e.error() == null ? "thread ends" : "thread fails: " + e.error());
      case TraceEvent.ThreadWaits e -> one(e.task(), "waits in " + e.call() + on(e));
      case TraceEvent.ThreadWaited e -> one(e.task(), "waited");
      case TraceEvent.GilTaken e -> one(e.task(), "takes the Gil");
      case TraceEvent.GilReleased e -> one(e.task(), "gives the Gil back: " + e.why());
      case TraceEvent.Printed e -> one(e.task(), "prints " + quoted(e.text()));
      case TraceEvent.Stalled e ->
          one(e.task(), "held the loop for " + TraceSummary.seconds(e.durationNanos()));
    };
  }

  private static List<Line> one(long task, String what) {
    return List.of(new Line(task, what));
  }

  private static String on(TraceEvent.ThreadWaits e) {
    return (e.object() == null ? "" : " for " + e.object())
        + (e.holder() == null || e.holder().equals(e.object()) ? "" : ", held by " + e.holder());
  }

  private String by(long task) {
    return task == 0 ? "" : " (by " + names.apply(task) + ")";
  }

  private static String at(@Nullable String site) {
    return site == null ? "" : " at " + site;
  }

  private static String quoted(String text) {
    String line = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + (line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line) + '"';
  }
}
