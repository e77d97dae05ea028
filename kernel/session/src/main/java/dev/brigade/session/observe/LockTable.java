package dev.brigade.session.observe;

import java.util.List;

/// The locks and other things to wait for as a table.
public final class LockTable {
  /// Why there is no name.
  static final String UNKNOWN =
      "the JVM says of platform threads only which synchronized locks they have and wait for. Of"
          + " virtual threads, coroutines too, the synchronized blocks of cells are known, and no"
          + " synchronized methods";

  public static String of(Moment moment) {
    if (moment.locks().isEmpty()) return "nothing is held or waited for\n";
    var table = new TextTable("name", "kind", "held by", "waiting, first come first");
    for (LockNow lock : moment.locks()) {
      table.row(lock.name(), lock.kind(), few(lock.holders()), few(lock.waiting()));
    }
    var text = new StringBuilder(table.toString());
    if (moment.locks().stream().anyMatch(lock -> lock.holders().contains(LockNow.UNKNOWN))) {
      text.append("not known: ").append(UNKNOWN).append('\n');
    }
    for (List<Wait> circle : WaitGraph.of(moment).circles()) {
      text.append(Wait.circle(circle)).append('\n');
    }
    return text.toString();
  }

  private static String few(List<String> names) {
    int shown = 3;
    if (names.size() <= shown) return names.isEmpty() ? "-" : String.join(", ", names);
    return String.join(", ", names.subList(0, shown)) + " and " + (names.size() - shown) + " more";
  }

  private LockTable() {}
}
