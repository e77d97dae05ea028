package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes few rows of many lanes. The loop, the cell, what failed or held the loop, and a few of
/// each kind keep rows of their own; the rest of a kind is one row.
final class Folding {
  /// With so many lanes each has a row.
  static final int UNFOLDED = 40;

  private static final int NOTABLE = 10;
  private static final int KINDS = 12;
  private static final int SAMPLES = 3;

  private final Trace trace;
  private final List<Lane> lanes;
  private final Map<Long, String> coroutines = new HashMap<>();
  // By identity: a lane with many segments is slow to compare.
  private final Set<Lane> kept = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, Integer> sizes = new LinkedHashMap<>();

  private Folding(Trace trace, List<Lane> lanes) {
    this.trace = trace;
    this.lanes = lanes;
  }

  static List<TimelineRow> rows(Trace trace, List<Lane> lanes) {
    if (lanes.size() <= UNFOLDED) {
      return lanes.stream().<TimelineRow>map(TimelineRow.Single::new).toList();
    }
    return new Folding(trace, lanes).rows();
  }

  private List<TimelineRow> rows() {
    for (TraceEvent event : trace.events()) {
      if (event instanceof TraceEvent.TaskCreated e) coroutines.put(e.task(), e.coroutine());
    }
    lanes.forEach(lane -> sizes.merge(what(lane), 1, Integer::sum));
    Set<String> kinds = largest();
    keepNotable();
    keepSamples(kinds);
    return fold(kinds);
  }

  /// The kinds with most lanes have rows of their own.
  private Set<String> largest() {
    var kinds = new HashSet<String>();
    sizes.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(KINDS)
        .forEach(kind -> kinds.add(kind.getKey()));
    return kinds;
  }

  private void keepNotable() {
    int notable = 0;
    for (Lane lane : lanes) {
      if (lane.kind() == Kind.LOOP || lane.name().equals(trace.label())) kept.add(lane);
      else if (isNotable(lane) && notable++ < NOTABLE) kept.add(lane);
    }
  }

  private static boolean isNotable(Lane lane) {
    return lane.nanos(State.BLOCKED) > 0
        || lane.marks().stream().anyMatch(mark -> mark.sign() != Sign.PRINT);
  }

  /// As many of each kind as there is room for; a kind of which one would be left over, whole.
  private void keepSamples(Set<String> kinds) {
    int room = UNFOLDED - kept.size() - kinds.size() - 2;
    int each = Math.clamp(room / Math.max(1, kinds.size()), 1, SAMPLES);
    var seen = new HashMap<String, Integer>();
    for (Lane lane : lanes) {
      String what = what(lane);
      if (kept.contains(lane) || !kinds.contains(what)) continue;
      int before = seen.merge(what, 1, Integer::sum) - 1;
      if (before < each || sizes.getOrDefault(what, 0) <= each + 1) kept.add(lane);
    }
  }

  private List<TimelineRow> fold(Set<String> kinds) {
    var rows = new ArrayList<TimelineRow>();
    for (Kind kind : Kind.values()) {
      var rest = new LinkedHashMap<String, List<Lane>>();
      for (Lane lane : lanes) {
        if (lane.kind() != kind) continue;
        if (kept.contains(lane)) {
          rows.add(new TimelineRow.Single(lane));
          continue;
        }
        String what = what(lane);
        String group = kinds.contains(what) ? what : "other " + plural(kind);
        rest.computeIfAbsent(group, _ -> new ArrayList<>()).add(lane);
      }
      rest.forEach((what, all) -> rows.add(new TimelineRow.Folded(what, all)));
    }
    return rows;
  }

  private static String plural(Kind kind) {
    return switch (kind) {
      case LOOP -> "loops";
      case TASK -> "tasks";
      case THREAD -> "threads";
      case PROCESS -> "processes";
    };
  }

  /// What lanes that do the same have in common: the method of their coroutine, else the name
  /// without its number.
  private String what(Lane lane) {
    String coroutine = lane.kind() == Kind.TASK ? coroutines.get(lane.number()) : null;
    if (coroutine != null && !coroutine.equals("coroutine")) return coroutine;
    String name = lane.name().replaceAll("[-_ ]*[0-9]+", "").strip();
    return name.isEmpty() || name.equals("Task") ? plural(lane.kind()) : name;
  }
}
