package dev.brigade.async;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells that a job in another process changed variables of its own copy only.
final class LostWrites {
  static void tell(@Nullable Object errand, List<String> variables) {
    if (errand instanceof Errand(Origin origin, EventLoop loop)) {
      loop.notices().notice(new Notice.LostWrites(origin, variables));
    }
  }

  private LostWrites() {}
}
