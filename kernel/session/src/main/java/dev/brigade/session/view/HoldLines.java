package dev.brigade.session.view;

import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who held a lock or a permit when: a thick line under the bar of the task.
final class HoldLines {
  static final String COLOUR = "#6639ba";
  static final String WORDS = "holds a lock";
  static final double WIDTH = 3;

  /// @param to the end of the trace if it was not given back
  private record Hold(long task, String lock, long from, long to) {}

  private final List<Hold> holds = new ArrayList<>();

  HoldLines(Trace trace) {
    Map<String, List<TraceEvent.LockAcquired>> open = new HashMap<>();
    for (TraceEvent event : trace.events()) {
      if (event instanceof TraceEvent.LockAcquired e) {
        open.computeIfAbsent(e.lock(), _ -> new ArrayList<>()).add(e);
      } else if (event instanceof TraceEvent.LockReleased e) {
        List<TraceEvent.LockAcquired> holders = open.getOrDefault(e.lock(), List.of());
        TraceEvent.LockAcquired begun = releasedBy(e.task(), holders);
        if (begun == null) continue;
        holders.remove(begun);
        add(begun, e.at().nanos());
      }
    }
    open.values().forEach(left -> left.forEach(begun -> add(begun, trace.to())));
  }

  /// Its own if it has one: a permit may be given back by another task.
  private static TraceEvent.@Nullable LockAcquired releasedBy(
      long task, List<TraceEvent.LockAcquired> holders) {
    for (TraceEvent.LockAcquired each : holders) if (each.task() == task) return each;
    return holders.isEmpty() ? null : holders.getFirst();
  }

  private void add(TraceEvent.LockAcquired begun, long to) {
    long from = begun.at().nanos();
    if (to > from) holds.add(new Hold(begun.task(), begun.lock(), from, to));
  }

  boolean isEmpty() {
    return holds.isEmpty();
  }

  /// @param bars the bars of tasks that have a row of their own, by number
  void draw(SvgCanvas canvas, TimeAxis axis, Map<Long, ArrowLines.Bar> bars) {
    var path = new StringBuilder();
    for (Hold hold : holds) {
      ArrowLines.Bar bar = bars.get(hold.task);
      double x = axis.place(hold.from);
      double right = axis.place(hold.to);
      if (bar == null || right - x < 0.5) continue;
      path.append('M').append(SvgCanvas.number(x)).append(' ');
      path.append(SvgCanvas.number(bar.bottom() + 2.5)).append('h');
      path.append(SvgCanvas.number(right - x));
    }
    canvas.line(path.toString(), COLOUR, WIDTH);
  }
}
