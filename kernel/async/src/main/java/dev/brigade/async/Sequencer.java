package dev.brigade.async;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Makes pieces of several coroutines run in an order one writes down, to script a race in a test.
/// Trio: `trio.testing.Sequencer`.
///
/// ```java
/// try (var _ = await(order.at(1))) { ... }   // after the piece at 0 has ended
/// ```
///
/// Positions count from 0, and each is used once. For the thread of control of one loop.
public final class Sequencer {
  private final Map<Integer, Promise<Boolean>> gates = new HashMap<>();
  private final Set<Integer> used = new HashSet<>();
  private int next;
  private boolean broken;

  /// Waits until all pieces before this one have ended. Closing what it gives ends this one.
  ///
  /// @throws MisuseError the position was used before, or a wait of this sequencer was cancelled
  public Coroutine<Held> at(int position) {
    if (position < 0) {
      throw new IllegalArgumentException("positions count from 0, and this one is " + position);
    }
    return Coroutines.of("Sequencer.at", () -> enter(position));
  }

  private Held enter(int position) {
    EventLoop loop = Running.requireLoop("sequencer.at(...)");
    if (!used.add(position)) {
      throw new MisuseError(
          "each position of a sequencer is used once, and position "
              + position
              + " was used before."
              + "\n  wrong: await(sequencer.at(0)); ... await(sequencer.at(0));"
              + "\n  right: await(sequencer.at(0)); ... await(sequencer.at(1));");
    }
    requireWhole();
    if (position != next) {
      Promise<Boolean> gate = loop.createPromise();
      gates.put(position, gate);
      try {
        Awaiting.promise(gate);
      } catch (CancelledError e) {
        broken = true; // the pieces behind it would wait for ever
        for (Promise<Boolean> other : gates.values()) if (!other.isDone()) other.setResult(false);
        throw e;
      }
      requireWhole();
    }
    return new Held(() -> leave(position));
  }

  private void requireWhole() {
    if (broken) {
      throw new MisuseError(
          "this sequencer is broken, because a coroutine that waited in it was cancelled: position "
              + next
              + " was to be next. Make a new one for each try."
              + "\n  wrong: static final Sequencer SEQUENCER = new Sequencer();   // for all tests"
              + "\n  right: var sequencer = new Sequencer();   // in each test");
    }
  }

  private void leave(int position) {
    next = position + 1;
    Promise<Boolean> gate = gates.remove(next);
    if (gate != null && !gate.isDone()) gate.setResult(true);
  }
}
