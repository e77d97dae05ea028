package dev.brigade.async.trace;

import dev.brigade.async.trace.Timeline.Arrow;
import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Mark;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A trace in the Trace Event format, which Perfetto and Chrome's tracing page open.
///
/// | phase | what |
/// |---|---|
/// | `X` | a time in one state, in the lane's own track |
/// | `b`, `e` | the life of a task |
/// | `s`, `f` | who set whom going |
/// | `C` | how many tasks are ready, and how many wait |
/// | `i` | something printed, cancelled, failed |
/// | `M` | the names of the tracks |
///
/// Times are microseconds since the trace began, with three decimals: nothing is lost.
public final class TraceJson {
  private final Timeline timeline;
  private final List<String> events = new ArrayList<>();

  private TraceJson(Timeline timeline) {
    this.timeline = timeline;
  }

  /// The document.
  public static String of(Trace trace) {
    var json = new TraceJson(trace.timeline());
    json.write();
    return "{\"displayTimeUnit\":\"ms\",\"otherData\":{\"label\":"
        + text(trace.label())
        + ",\"dropped\":"
        + trace.dropped()
        + "},\"traceEvents\":[\n"
        + String.join(",\n", json.events)
        + "\n]}\n";
  }

  private void write() {
    event("M", "process_name", 0, null, "\"args\":{\"name\":\"Brigade\"}");
    for (int lane = 0; lane < timeline.lanes().size(); lane++) lane(lane);
    arrows();
    counters();
  }

  private void lane(int track) {
    Lane lane = timeline.lanes().get(track);
    event("M", "thread_name", track, null, "\"args\":{\"name\":" + text(lane.name()) + "}");
    event("M", "thread_sort_index", track, null, "\"args\":{\"sort_index\":" + track + "}");
    if (lane.kind() == Kind.TASK) {
      String id = "\"cat\":\"task\",\"id\":" + lane.number();
      event("b", lane.name(), track, lane.from(), id);
      event("e", lane.name(), track, lane.to(), id);
    }
    for (Segment segment : lane.segments()) {
      if (segment.state() == State.IDLE) continue;
      event("X", segment.state().words(), track, segment.from(), slice(segment));
    }
    for (Mark mark : lane.marks()) {
      String kind = mark.sign().name().toLowerCase(Locale.ROOT);
      event(
          "i", kind, track, mark.at(), "\"s\":\"t\",\"args\":{\"text\":" + text(mark.text()) + "}");
    }
  }

  private static String slice(Segment segment) {
    String what = segment.what();
    return "\"cat\":\"state\",\"dur\":"
        + micros(segment.nanos())
        + (what == null ? "" : ",\"args\":{\"what\":" + text(what) + "}");
  }

  private void arrows() {
    int id = 0;
    for (Arrow arrow : timeline.arrows()) {
      id++;
      String reason = arrow.reason().name().toLowerCase(Locale.ROOT);
      String more = "\"cat\":\"flow\",\"id\":" + id;
      event("s", reason, arrow.fromLane(), arrow.at(), more);
      event("f", reason, arrow.toLane(), arrow.at(), more + ",\"bp\":\"e\"");
    }
  }

  /// How many tasks are ready and how many wait, wherever that changes.
  private void counters() {
    var changes = new TreeMap<Long, int[]>();
    for (Lane lane : timeline.lanes()) {
      if (lane.kind() != Kind.TASK) continue;
      for (Segment segment : lane.segments()) {
        int which =
            switch (segment.state()) {
              case READY -> 0;
              case WAITING -> 1;
              case RUNNING, BLOCKED, COMPILING, IDLE -> -1;
            };
        if (which < 0) continue;
        changes.computeIfAbsent(segment.from(), _ -> new int[2])[which]++;
        changes.computeIfAbsent(segment.to(), _ -> new int[2])[which]--;
      }
    }
    int ready = 0;
    int waiting = 0;
    for (var change : changes.entrySet()) {
      ready += change.getValue()[0];
      waiting += change.getValue()[1];
      String counts = "\"args\":{\"ready\":" + ready + ",\"waiting\":" + waiting + "}";
      event("C", "tasks", 0, change.getKey(), counts);
    }
  }

  private void event(String phase, String name, int track, @Nullable Long at, String more) {
    events.add(
        "{\"ph\":\""
            + phase
            + "\",\"name\":"
            + text(name)
            + ",\"pid\":1,\"tid\":"
            + track
            + (at == null ? "" : ",\"ts\":" + micros(at - timeline.from()))
            + ","
            + more
            + "}");
  }

  private static String micros(long nanos) {
    return String.format(Locale.ROOT, "%d.%03d", nanos / 1000, nanos % 1000);
  }

  private static String text(String value) {
    var json = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\t' -> json.append("\\t");
        case '\r' -> json.append("\\r");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) json.append("\\u%04x".formatted((int) c));
          else json.append(c);
        }
      }
    }
    return json.append('"').toString();
  }
}
