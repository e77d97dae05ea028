package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Lane;
import java.util.List;

/// A row of a picture.
sealed interface TimelineRow {
  /// What it is called.
  String label();

  /// One lane.
  record Single(Lane lane) implements TimelineRow {
    @Override
    public String label() {
      return lane.name();
    }
  }

  /// Many lanes that do the same, drawn as how many are in which state.
  record Folded(String what, List<Lane> lanes) implements TimelineRow {
    public Folded {
      lanes = List.copyOf(lanes);
    }

    @Override
    public String label() {
      return lanes.size() + " more " + what;
    }
  }
}
