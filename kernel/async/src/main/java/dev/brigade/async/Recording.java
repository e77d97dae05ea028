package dev.brigade.async;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Records what a loop does, from [EventLoop#record(String)] until [#end()]. Any thread.
public final class Recording {
  private final EventLoop loop;
  private final String label;
  private final Map<Long, String> before = new HashMap<>();
  private final EventLog.Listening listening;
  private final long after;
  private final long from;
  // Guarded by this.
  private @Nullable Trace trace;

  Recording(EventLoop loop, String label) {
    this.loop = loop;
    this.label = label;
    for (Task<?> task : loop.tasks()) {
      before.put(task.id(), Trace.called(task.id(), task.name(), task.coroutineName()));
    }
    EventLog log = loop.log();
    listening = log.record();
    after = log.sequence();
    from = loop.nanos();
  }

  /// What was recorded until now. It goes on.
  public Trace soFar() {
    return since(after);
  }

  /// The newest events of what was recorded until now.
  ///
  /// @param most how many; the trace says how many more there were
  public Trace soFar(int most) {
    return since(Math.max(after, loop.log().sequence() - most));
  }

  private Trace since(long after) {
    EventLog log = loop.log();
    long dropped = Math.max(log.dropped(), after) - this.after;
    long from = after == this.after ? this.from : -1;
    List<TraceEvent> events = log.eventsAfter(after);
    if (from < 0) from = events.isEmpty() ? loop.nanos() : events.getFirst().at().nanos();
    return new Trace(loop.name(), label, from, loop.nanos(), Math.max(0, dropped), events, before);
  }

  /// Ends it and forgets what was recorded: the loop's [EventLoop#lastTrace()] stays as it is.
  public void drop() {
    listening.close();
  }

  /// Ends it. What was recorded is the loop's [EventLoop#lastTrace()] from now on.
  public Trace end() {
    return end(_ -> true);
  }

  /// Ends it. What was recorded is the loop's [EventLoop#lastTrace()] from now on if it is worth
  /// that.
  public synchronized Trace end(Predicate<? super Trace> isWorth) {
    if (trace == null) {
      trace = soFar();
      listening.close();
      if (isWorth.test(trace)) loop.lastTrace(trace);
    }
    return trace;
  }
}
