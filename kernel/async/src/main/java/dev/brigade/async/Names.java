package dev.brigade.async;

import java.util.List;

/// Lists of names, short enough to read.
final class Names {
  private static final int SHOWN = 5;

  static String few(List<String> names) {
    if (names.size() <= SHOWN) return String.join(", ", names);
    return String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
  }

  private Names() {}
}
