package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.session.Cell;
import dev.brigade.session.view.StepTable;
import dev.brigade.session.view.TraceSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a cell shows of its event log when it ends: nothing, a line, or every step.
final class Tracing {
  /// How much is shown.
  enum Mode {
    OFF,
    SUMMARY,
    ON
  }

  /// Ends the watch over a cell.
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private final EventLoop loop;
  private final Output output;
  private volatile Mode mode = Mode.OFF;
  // The cell that has shown every step already, and needs no line below. Loop thread only.
  private @Nullable Cell shown;

  Tracing(EventLoop loop, Output output) {
    this.loop = loop;
    this.output = output;
  }

  void mode(Mode next) {
    mode = next;
  }

  Mode mode() {
    return mode;
  }

  /// Watches a cell in the sticky mode.
  Watch watch(Cell cell) {
    return watch(cell, mode);
  }

  /// Watches a cell.
  Watch watch(Cell cell, Mode how) {
    if (how == Mode.OFF) return () -> {};
    EventLog log = loop.log();
    long before = log.sequence();
    long start = loop.clock().nanos();
    Map<Long, String> names = new HashMap<>();
    loop.tasks().forEach(task -> names.put(task.id(), task.name()));
    EventLog.Listening listening = log.record();
    return () -> {
      long elapsed = loop.clock().nanos() - start;
      List<TraceEvent> events = log.eventsAfter(before);
      listening.close();
      show(cell, how, events, names, start, elapsed);
    };
  }

  private void show(
      Cell cell,
      Mode how,
      List<TraceEvent> events,
      Map<Long, String> names,
      long start,
      long elapsed) {
    if (how == Mode.SUMMARY && cell.equals(shown)) return;
    if (how == Mode.ON) {
      shown = cell;
      output.show(cell, Notices.notice(StepTable.of(events, names, start)));
    }
    TraceSummary.of(events, cell.label(), elapsed)
        .ifPresent(line -> output.show(cell, Notices.notice(line)));
  }
}
