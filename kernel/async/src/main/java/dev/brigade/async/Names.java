package dev.brigade.async;

import java.util.List;

/// Lists of names, short enough to read.
final class Names {
  private static final int SHOWN = 5;

  static String few(List<String> names) {
    if (names.size() <= SHOWN) return String.join(", ", names);
    return String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
  }

  /// The tasks' names after a lead, or nothing where there are none.
  static String tasks(String lead, List<Task<?>> tasks) {
    if (tasks.isEmpty()) return "";
    return lead + few(tasks.stream().<String>map(Task::name).toList());
  }

  static String tasks(String lead, List<Task<?>> tasks, String end) {
    return tasks.isEmpty() ? "" : tasks(lead, tasks) + end;
  }

  private Names() {}
}
