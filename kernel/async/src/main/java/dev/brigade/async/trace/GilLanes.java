package dev.brigade.async.trace;

import dev.brigade.async.trace.Timeline.State;
import org.jspecify.annotations.Nullable;

/// When threads wait for the simulated interpreter lock. That a thread begins to wait is not
/// logged; it follows from who gave the lock back before the thread took it.
final class GilLanes {
  private static final String KEY = "gil";

  // Who gave it back last, and when.
  private String before = "";
  private long freed = -1;

  void taken(TraceEvent.GilTaken e, @Nullable LaneBuilder lane, long at) {
    if (lane == null) return;
    String what = "Gil (held by " + before + ")";
    if (lane.does(KEY)) {
      lane.waitsFor(what);
      lane.finish(at, KEY);
      return;
    }
    boolean wanted = lane.state() == State.RUNNING && freed >= lane.since();
    if (wanted && !before.equals(e.at().thread())) {
      lane.recast(lane.since(), at, State.WAITING, what);
    }
  }

  void released(TraceEvent.GilReleased e, @Nullable LaneBuilder lane, long at) {
    before = e.at().thread();
    freed = at;
    boolean goesOn = e.why().equals("asked");
    if (lane != null && goesOn) lane.begin(at, KEY, State.WAITING, "Gil");
  }
}
