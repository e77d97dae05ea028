package dev.brigade.async;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/// Names for one loop's primitives: `lock-1`, `lock-2`, `queue-1`. Counted and never hashed, so
/// that every run of a program gives the same names. Knows the primitives of a loop with a host.
final class PrimitiveNames {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  // Guarded by itself. Weak: what nobody can reach any more keeps nobody waiting.
  private final Set<Primitive> known =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  String next(String kind) {
    return kind + "-" + counts.merge(kind, 1, Integer::sum);
  }

  void add(Primitive primitive) {
    known.add(primitive);
  }

  void remove(Primitive primitive) {
    known.remove(primitive);
  }

  /// How they stand now, by name. Any thread.
  List<PrimitiveView> views() {
    List<Primitive> all;
    synchronized (known) {
      all = new ArrayList<>(known);
    }
    return all.stream()
        .flatMap(primitive -> view(primitive).stream())
        .sorted(
            Comparator.comparingInt((PrimitiveView each) -> each.name().length())
                .thenComparing(PrimitiveView::name))
        .toList();
  }

  private static Optional<PrimitiveView> view(Primitive primitive) {
    try {
      return primitive.isPart() ? Optional.empty() : Optional.of(PrimitiveView.of(primitive));
    } catch (NullPointerException _) {
      return Optional.empty(); // it is being made this moment: nobody holds it yet
    }
  }
}
