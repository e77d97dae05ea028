package dev.brigade.async;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells that a job in another process changed variables of its own copy only, once for each
/// variable and origin.
final class LostWrites {
  static void tell(@Nullable Object errand, List<String> variables) {
    if (!(errand instanceof Errand(Origin origin, EventLoop loop))) return;
    List<String> untold =
        origin == null ? variables : variables.stream().filter(origin::isUntold).toList();
    if (!untold.isEmpty()) loop.notices().notice(new Notice.LostWrites(origin, untold));
  }

  private LostWrites() {}
}
