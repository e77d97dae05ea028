package dev.brigade.async;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Names for one loop's primitives: `lock-1`, `lock-2`, `queue-1`. Counted and never hashed, so
/// that every run of a program gives the same names.
final class PrimitiveNames {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  String next(String kind) {
    return kind + "-" + counts.merge(kind, 1, Integer::sum);
  }
}
