package dev.brigade.session.engine;

import dev.brigade.async.Origin;
import dev.brigade.async.Surroundings;
import dev.brigade.session.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The session's cells by the origin that their work carries.
final class Cells {
  // Old cells print rarely; what still does then goes to the newest one, marked.
  private static final int KEPT = 5_000;

  private final Surroundings surroundings = new Surroundings();
  // Guarded by this.
  private final LinkedHashMap<Origin, Cell> byOrigin = new LinkedHashMap<>();
  private long ids;
  private int subshells;
  private @Nullable Cell newest;

  /// The numbers of one queue of cells.
  static final class Lane {
    private final String suffix;
    // Guarded by the cells.
    private int numbers;

    private Lane(String suffix) {
      this.suffix = suffix;
    }

    /// Whether it is the session's own, and no subshell's.
    boolean isMain() {
      return suffix.isEmpty();
    }

    private Origin origin(Surroundings surroundings) {
      return Origin.of("In [" + numbers + "]" + suffix, surroundings);
    }
  }

  private final Lane main = new Lane("");

  Lane main() {
    return main;
  }

  /// The numbers of a new subshell.
  synchronized Lane subshell() {
    return new Lane(" of subshell " + ++subshells);
  }

  /// A cell that was handed in.
  ///
  /// @param numbered whether it counts
  synchronized Cell add(Lane lane, boolean numbered, @Nullable Object tag) {
    if (numbered) lane.numbers++;
    var cell = new Cell(++ids, lane.numbers, lane.origin(surroundings), tag);
    byOrigin.put(cell.origin(), cell);
    if (byOrigin.size() > KEPT) byOrigin.remove(byOrigin.firstEntry().getKey());
    return cell;
  }

  /// A cell that only looks: it owns nothing, and does not count.
  synchronized Cell looking(@Nullable Object tag) {
    return new Cell(++ids, main.numbers, main.origin(surroundings), tag);
  }

  /// The directory and environment variables of all cells.
  Surroundings surroundings() {
    return surroundings;
  }

  synchronized int count(Lane lane) {
    return lane.numbers;
  }

  synchronized void began(Cell cell) {
    newest = cell;
  }

  /// The cell that runs or ran last; null before the first.
  synchronized @Nullable Cell newest() {
    return newest;
  }

  synchronized @Nullable Cell of(@Nullable Origin origin) {
    return origin == null ? null : byOrigin.get(origin);
  }

  synchronized List<Origin> origins() {
    return List.copyOf(byOrigin.keySet());
  }

  /// The newest cell of a label; a text that a cell runs besides its own has the cell's label in
  /// front.
  synchronized @Nullable Cell labelled(@Nullable String label) {
    for (Cell cell : byOrigin.sequencedValues().reversed()) {
      if (label != null && SourceMap.isOf(cell.label(), label)) return cell;
    }
    return null;
  }
}
