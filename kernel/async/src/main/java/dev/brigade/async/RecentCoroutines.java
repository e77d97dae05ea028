package dev.brigade.async;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last coroutines that were made on a loop, so that one can ask which of them nobody has
/// awaited. Only the last ones, because most are awaited where they are made, and to note each by
/// itself would cost more than to make it.
final class RecentCoroutines {
  private static final int KEPT = 256;

  // Written in the loop's thread of control, read by any thread without order.
  private final @Nullable CoroutineOrigin[] recent = new CoroutineOrigin[KEPT];
  private int made;

  void add(CoroutineOrigin coroutine) {
    recent[made++ & (KEPT - 1)] = coroutine;
  }

  /// The oldest first. Any thread: a moment's view.
  List<Coroutine.Unawaited> unawaited() {
    var found = new ArrayList<Coroutine.Unawaited>();
    int from = made;
    for (int i = 0; i < KEPT; i++) {
      CoroutineOrigin each = recent[(from + i) & (KEPT - 1)];
      if (each == null || each.begun()) continue;
      found.add(new Coroutine.Unawaited(each.name(), each.site(), each.owner()));
    }
    return found;
  }
}
