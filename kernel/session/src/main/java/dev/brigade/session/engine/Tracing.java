package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Task;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceSummary;
import dev.brigade.session.Cell;
import dev.brigade.session.TextStyle;
import dev.brigade.session.view.StepTable;
import dev.brigade.session.view.TraceView;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a cell shows of its event log when it ends: nothing, a line, a timeline, or every step.
final class Tracing {
  /// How much is shown.
  enum Mode {
    OFF,
    SUMMARY,
    ON,
    LIVE,
    FRAMES,
    STEPS
  }

  // How many of the newest events a live picture shows: to draw it must not slow the program.
  private static final int LIVE = 5_000;
  private static final int FRAMES = 12;

  /// Ends the watch over a cell.
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private final EventLoop loop;
  private final Output output;
  private final Supplier<TextStyle> style;
  private volatile Mode mode = Mode.OFF;
  // By the number of the cell.
  private final Map<Long, TracedLines> traced = new ConcurrentHashMap<>();
  // The rest is for the thread that runs the cell.
  private Mode now = Mode.OFF;
  // The cell that has shown its timeline already, and needs no line below.
  private @Nullable Cell shown;
  // The cell whose code ran on another loop, of which nothing is to be told here.
  private @Nullable Cell elsewhere;

  Tracing(EventLoop loop, Output output, Supplier<TextStyle> style) {
    this.style = style;
    this.loop = loop;
    this.output = output;
    output.lines(this::stamped);
  }

  void mode(Mode next) {
    mode = next;
  }

  Mode mode() {
    return mode;
  }

  private String stamped(Cell cell, String text) {
    TracedLines lines = traced.get(cell.id());
    return lines == null ? text : lines.stamped(text, currentTask());
  }

  private EventLoop here() {
    return Objects.requireNonNullElse(EventLoop.current(), loop);
  }

  private @Nullable Task<?> currentTask() {
    Task<?> holder = here().holder();
    return holder != null && holder.isCurrent() ? holder : null;
  }

  /// Watches a cell in the sticky mode.
  Watch watch(Cell cell) {
    return watch(cell, mode);
  }

  /// Watches a cell whose code runs on another loop, in that loop's thread, as the cell itself is
  /// watched, which then shows nothing more.
  Watch watchElsewhere(Cell cell) {
    elsewhere = cell;
    return watch(cell, now);
  }

  /// Watches a cell on the loop that runs this code.
  Watch watch(Cell cell, Mode how) {
    if (how == Mode.OFF) return () -> {};
    EventLoop here = here();
    Mode before = now;
    now = how;
    var recording = here.record(cell.label());
    TracedLines outer = traced.get(cell.id());
    boolean stamps = how != Mode.SUMMARY && (outer == null || outer.loop() != here);
    if (stamps) traced.put(cell.id(), new TracedLines(here));
    LiveView live =
        how == Mode.LIVE ? new LiveView(output, cell, () -> frame(recording.soFar(LIVE))) : null;
    return () -> {
      now = before;
      if (stamps && outer == null) traced.remove(cell.id());
      else if (stamps) traced.put(cell.id(), outer);
      if (live != null) live.close();
      if (here == loop && cell.equals(elsewhere)) {
        recording.drop();
        return;
      }
      Trace trace = recording.end();
      if (live == null) show(cell, how, trace);
      else live.end(Notices.notice(TraceView.bundle(trace, style.get())));
      if (how != Mode.SUMMARY) shown = cell;
    };
  }

  private String frame(Trace trace) {
    return trace.events().isEmpty()
        ? "nothing has happened yet"
        : TraceView.text(trace, style.get());
  }

  private void show(Cell cell, Mode how, Trace trace) {
    TraceSummary summary = trace.summary();
    switch (how) {
      case OFF, LIVE -> {}
      case SUMMARY -> {
        if (cell.equals(shown) || summary.tasks() + summary.jobs() + summary.threads() == 0) return;
        output.show(cell, Notices.notice(summary.line()));
      }
      case FRAMES -> output.show(cell, Notices.notice(TraceView.frames(trace, FRAMES)));
      case ON -> {
        if (trace.events().isEmpty()) return;
        output.show(cell, Notices.notice(TraceView.bundle(trace, style.get())));
      }
      case STEPS -> {
        output.show(cell, Notices.notice(StepTable.of(trace)));
        output.show(cell, Notices.notice(summary.text()));
      }
    }
  }
}
