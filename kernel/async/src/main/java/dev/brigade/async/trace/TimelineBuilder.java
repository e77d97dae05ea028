package dev.brigade.async.trace;

import dev.brigade.async.trace.Timeline.Arrow;
import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Reason;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks a log once and keeps what each lane does.
///
/// What was under way when the log began is taken from its first event: a task that ends a turn was
/// running, one that is woken was waiting, one that begins a turn was ready.
final class TimelineBuilder {
  private final Trace trace;
  private final long from;
  private final List<LaneBuilder> lanes = new ArrayList<>();
  private final LaneBuilder loop;
  private final Map<Long, LaneBuilder> tasks = new LinkedHashMap<>();
  private final WorkLanes work;
  private final GilLanes gil = new GilLanes();
  // The outermost wait of a task that blocks the loop, by task.
  private final Map<Long, Long> blocking = new HashMap<>();
  private final List<Arrow> arrows = new ArrayList<>();
  private final List<TraceEvent.Compiled> compiled = new ArrayList<>();

  private TimelineBuilder(Trace trace) {
    this.trace = trace;
    this.from = trace.from();
    this.loop = add(new LaneBuilder(Kind.LOOP, 0, 0, trace.loop(), from, State.IDLE));
    this.work = new WorkLanes(trace, picture());
  }

  static Timeline of(Trace trace) {
    var builder = new TimelineBuilder(trace);
    trace.events().forEach(builder::add);
    return builder.timeline();
  }

  private WorkLanes.Picture picture() {
    return new WorkLanes.Picture() {
      @Override
      public LaneBuilder lane(Kind kind, String name, long since, State state) {
        return add(new LaneBuilder(kind, 0, lanes.size(), name, since, state));
      }

      @Override
      public @Nullable LaneBuilder task(long number) {
        return tasks.get(number);
      }

      @Override
      public void arrow(long at, LaneBuilder one, LaneBuilder other, Reason reason) {
        TimelineBuilder.this.arrow(at, one, other, reason);
      }
    };
  }

  private LaneBuilder add(LaneBuilder lane) {
    lanes.add(lane);
    return lane;
  }

  private Timeline timeline() {
    // The order of the picture: the loop, tasks by number, then threads as they came.
    List<LaneBuilder> order = new ArrayList<>(lanes);
    order.sort(
        Comparator.<LaneBuilder>comparingInt(lane -> lane.kind().ordinal())
            .thenComparingLong(l -> l.kind() == Kind.TASK ? l.number() : l.place()));
    int[] places = new int[lanes.size()];
    for (int i = 0; i < order.size(); i++) places[order.get(i).place()] = i;
    List<Lane> done = order.stream().map(lane -> lane.lane(trace.to())).toList();
    List<Arrow> placed =
        arrows.stream()
            .map(a -> new Arrow(a.at(), places[a.fromLane()], places[a.toLane()], a.reason()))
            .toList();
    return new Timeline(from, trace.to(), done, placed);
  }

  private void add(TraceEvent event) {
    long at = Math.max(from, event.at().nanos());
    switch (event) {
      case TraceEvent.TaskCreated e -> created(e, at);
      case TraceEvent.StepBegan e -> began(e, at);
      case TraceEvent.StepEnded e -> ended(e, at);
      case TraceEvent.Awaits e -> awaits(e, at);
      case TraceEvent.Woken e -> woken(e, at);
      case TraceEvent.TaskEnded e -> taskEnded(e, at);
      case TraceEvent.CancelRequested e ->
          task(e, e.task(), State.WAITING).mark(at, Sign.CANCEL, "asked to stop");
      case TraceEvent.LockWait e -> {
        LaneBuilder lane = task(e, e.task(), State.RUNNING);
        if (e.holder() != 0) waitsFor.put(e.task(), heldBy(e.lock(), e.holder()));
        lane.of(e.at().origin());
      }
      case TraceEvent.JobSubmitted e -> {
        if (e.task() != 0) task(e, e.task(), State.RUNNING);
        work.submitted(e);
      }
      case TraceEvent.JobStarted e -> work.started(e, at);
      case TraceEvent.JobEnded e -> work.ended(e, at);
      case TraceEvent.ThreadStarted e -> {
        if (e.task() != 0) task(e, e.task(), State.RUNNING);
        work.started(e, at);
      }
      case TraceEvent.ThreadEnded e -> work.ended(e, at);
      case TraceEvent.Printed e -> printed(e, at);
      case TraceEvent.Compiled e -> compiled(e);
      case TraceEvent.Deadlocked e -> deadlocked(e, at);
      case TraceEvent.Stalled e -> {
        String text = "held the loop" + (e.site() == null ? "" : " at " + e.site());
        task(e, e.task(), State.RUNNING).mark(at, Sign.STALL, text);
      }
      case TraceEvent.ThreadWaits e -> {
        if (e.task() == 0) work.waits(e, at);
        else taskWaits(e, at);
      }
      case TraceEvent.ThreadWaited e -> {
        if (e.task() == 0) work.waited(e, at);
        else taskWaited(e, at);
      }
      case TraceEvent.TimerSet _,
          TraceEvent.TimerFired _,
          TraceEvent.LockAcquired _,
          TraceEvent.LockReleased _ -> {}
      case TraceEvent.GilTaken e -> gil.taken(e, work.of(e.at().thread()), at);
      case TraceEvent.GilReleased e -> gil.released(e, work.of(e.at().thread()), at);
    }
  }

  // What a task waits for, said by the events before its Awaits.
  private final Map<Long, String> waitsFor = new HashMap<>();

  // Those that a deadlock has been told of, and that have not gone on since.
  private final Set<Long> stuck = new HashSet<>();

  private void deadlocked(TraceEvent.Deadlocked e, long at) {
    for (long number : e.tasks()) {
      LaneBuilder lane = task(e, number, State.WAITING);
      // The circle is told first, and then that all stands still.
      if (!stuck.add(number)) continue;
      String what =
          waitsFor.getOrDefault(number, lane.state() == State.WAITING ? lane.what() : null);
      lane.mark(at, Sign.DEADLOCK, what == null ? "waits in a circle" : "waits for " + what);
    }
  }

  private String heldBy(String lock, long holder) {
    LaneBuilder lane = tasks.get(holder);
    return lock + " (held by " + (lane == null ? trace.name(holder) : lane.name()) + ")";
  }

  private LaneBuilder task(TraceEvent event, long number, State before) {
    LaneBuilder lane = tasks.get(number);
    if (lane == null) {
      String name = trace.name(number);
      lane = add(new LaneBuilder(Kind.TASK, number, lanes.size(), name, from, before));
      tasks.put(number, lane);
      lane.of(event.at().origin());
      // The compiler worked for the cell before the cell's own first event.
      if (before == State.RUNNING) {
        for (TraceEvent.Compiled e : compiled) recast(lane, e);
      }
    }
    return lane;
  }

  private void created(TraceEvent.TaskCreated e, long at) {
    String name = Trace.name(e);
    var lane = new LaneBuilder(Kind.TASK, e.task(), lanes.size(), name, at, State.READY);
    lane.of(e.at().origin());
    tasks.put(e.task(), add(lane));
    if (e.creator() != 0) {
      arrow(at, task(e, e.creator(), State.RUNNING), lane, Reason.CREATED);
    }
  }

  private void began(TraceEvent.StepBegan e, long at) {
    LaneBuilder lane = task(e, e.task(), State.READY);
    stuck.remove(e.task());
    lane.become(at, State.RUNNING, null);
    loop.become(at, State.RUNNING, lane.name());
  }

  private void ended(TraceEvent.StepEnded e, long at) {
    LaneBuilder lane = task(e, e.task(), State.RUNNING);
    loop.become(at, State.IDLE, null);
    // A turn that ends without an await: the task has ended, or its thread is blocked off the loop.
    switch (lane.state()) {
      case RUNNING -> lane.become(at, State.READY, null);
      case BLOCKED -> lane.become(at, State.WAITING, lane.what());
      case READY, WAITING, COMPILING, IDLE -> {}
    }
  }

  private void awaits(TraceEvent.Awaits e, long at) {
    LaneBuilder lane = task(e, e.task(), State.RUNNING);
    String known = waitsFor.remove(e.task());
    if (e.what().equals("turn")) lane.become(at, State.READY, null);
    else if (known != null) lane.become(at, State.WAITING, known);
    else lane.become(at, State.WAITING, e.on() == 0 ? e.what() : name(e.on()));
  }

  private String name(long number) {
    LaneBuilder lane = tasks.get(number);
    return lane == null ? trace.name(number) : lane.name();
  }

  private void woken(TraceEvent.Woken e, long at) {
    LaneBuilder lane = task(e, e.task(), State.WAITING);
    lane.become(at, State.READY, null);
    LaneBuilder by = tasks.get(e.by());
    if (by != null && by != lane) arrow(at, by, lane, Reason.WOKE);
  }

  private void taskEnded(TraceEvent.TaskEnded e, long at) {
    LaneBuilder lane = task(e, e.task(), State.RUNNING);
    switch (e.end()) {
      case FINISHED -> {}
      case FAILED -> lane.mark(at, Sign.ERROR, String.valueOf(e.error()));
      case CANCELLED -> lane.mark(at, Sign.CANCEL, "cancelled");
    }
    lane.end(at);
  }

  private void printed(TraceEvent.Printed e, long at) {
    String text = e.text().strip();
    if (text.isEmpty()) return;
    LaneBuilder lane = e.task() != 0 ? task(e, e.task(), State.RUNNING) : work.of(e.at().thread());
    if (lane != null) lane.mark(at, Sign.PRINT, text);
  }

  private void compiled(TraceEvent.Compiled e) {
    compiled.add(e);
    recast(loop, e);
    for (LaneBuilder lane : tasks.values()) if (lane.state() == State.RUNNING) recast(lane, e);
  }

  private void recast(LaneBuilder lane, TraceEvent.Compiled e) {
    long at = Math.max(from, e.at().nanos());
    lane.recast(at - e.durationNanos(), at, State.COMPILING, e.what());
  }

  /// A task whose coroutine waits in a call holds the loop.
  private void taskWaits(TraceEvent.ThreadWaits e, long at) {
    LaneBuilder lane = task(e, e.task(), State.RUNNING);
    if (lane.state() == State.BLOCKED) return; // a wait inside another, which tells more
    blocking.put(e.task(), e.number());
    lane.become(at, State.BLOCKED, WorkLanes.text(e));
    loop.become(at, State.BLOCKED, lane.name() + ": " + lane.what());
  }

  private void taskWaited(TraceEvent.ThreadWaited e, long at) {
    LaneBuilder lane = task(e, e.task(), State.BLOCKED);
    long outer = blocking.getOrDefault(e.task(), e.number());
    if (lane.state() != State.BLOCKED || outer != e.number()) return;
    lane.become(at, State.RUNNING, null);
    loop.become(at, State.RUNNING, lane.name());
  }

  private void arrow(long at, LaneBuilder one, LaneBuilder other, Reason reason) {
    arrows.add(new Arrow(at, one.place(), other.place(), reason));
  }
}
