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
  // By the number of the cell; each for the thread that runs it.
  private final Map<Long, Watched> watched = new ConcurrentHashMap<>();

  /// What is known of a cell that is watched.
  private static final class Watched {
    private Mode now = Mode.OFF;
    // It has shown its timeline already, and needs none below, and no line.
    private boolean shown;
    // Its code ran on another loop, of which nothing is to be told here.
    private boolean elsewhere;
  }

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
    return watch(cell, mode, false);
  }

  /// Watches a cell whose code runs on another loop, in that loop's thread, as the cell itself is
  /// watched, which then shows nothing more.
  Watch watchElsewhere(Cell cell) {
    Watched outer = watched.get(cell.id());
    if (outer == null) return () -> {};
    outer.elsewhere = true;
    return watch(cell, outer.now);
  }

  /// Watches a cell on the loop that runs this code, as was asked for it.
  Watch watch(Cell cell, Mode how) {
    return watch(cell, how, true);
  }

  /// Watches a cell on the loop that runs this code.
  ///
  /// @param asked the cell itself asks for it: it is answered also where there is nothing to show
  private Watch watch(Cell cell, Mode how, boolean asked) {
    if (how == Mode.OFF) return () -> {};
    EventLoop here = here();
    Watched state = watched.computeIfAbsent(cell.id(), _ -> new Watched());
    Mode before = state.now;
    state.now = how;
    var recording = here.record(cell.label());
    TracedLines outer = traced.get(cell.id());
    boolean stamps = how != Mode.SUMMARY && (outer == null || outer.loop() != here);
    if (stamps) traced.put(cell.id(), new TracedLines(here));
    LiveView live =
        how == Mode.LIVE ? new LiveView(output, cell, () -> frame(recording.soFar(LIVE))) : null;
    return () -> {
      state.now = before;
      if (before == Mode.OFF) watched.remove(cell.id());
      if (stamps && outer == null) traced.remove(cell.id());
      else if (stamps) traced.put(cell.id(), outer);
      if (live != null) live.close();
      if (here == loop && (state.elsewhere || (!asked && state.shown))) {
        recording.drop();
        return;
      }
      // What is not shown replaces no trace that was: order() and %step may be asked again.
      Trace trace = recording.end(all -> asked || hasNews(how, all));
      if (!asked && !hasNews(how, trace)) return;
      if (live == null) show(cell, how, trace);
      else live.end(Notices.notice(TraceView.bundle(trace, style.get())));
      if (how != Mode.SUMMARY) state.shown = true;
    };
  }

  private static boolean hasNews(Mode how, Trace trace) {
    if (how != Mode.SUMMARY) return trace.timeline().lanes().size() > 1;
    TraceSummary summary = trace.summary();
    return summary.tasks() + summary.jobs() + summary.threads() > 0;
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
        if (!hasNews(how, trace)) return;
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
