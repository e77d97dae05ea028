package dev.brigade.async;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The loop a primitive is used on, and its name there. An idle one moves to the loop that uses it
/// next; one with waiters or a holder stays.
///
/// Without a name of its own a primitive gets one from the loop it is made in or first used on, and
/// another when it moves: so the names of a program do not depend on what ran before it.
final class LoopBound {
  private final Primitive primitive;
  private final String kind;
  private final @Nullable String given;
  private final BooleanSupplier idle;
  private volatile @Nullable EventLoop loop;
  private volatile String name;

  /// @param kind what it is, in one word
  /// @param given its name, or null for one from the loop
  /// @param idle whether nobody waits for it or holds it
  LoopBound(Primitive primitive, String kind, @Nullable String given, BooleanSupplier idle) {
    this.primitive = primitive;
    this.kind = kind;
    this.given = given;
    this.idle = idle;
    this.name = given == null ? kind : given;
    EventLoop running = Running.loop();
    if (running != null) bind(running);
  }

  private void bind(EventLoop to) {
    EventLoop home = loop;
    if (home != null) home.leaves(primitive);
    loop = to;
    to.uses(primitive);
    if (given == null) name = to.nextName(kind);
  }

  String name() {
    return name;
  }

  /// The running loop, after making sure that the primitive may be used on it.
  ///
  /// @param what the call, for the message
  /// @throws MisuseError no loop runs here, or the primitive is in use on another one
  EventLoop use(String what) {
    EventLoop running = Running.requireLoop(what);
    if (running != loop) move(running);
    return running;
  }

  /// Makes sure that this thread may change the primitive: it runs the primitive's loop, or that
  /// loop does not run.
  ///
  /// @param call the call, as on an object of this kind: `release()`
  /// @return the loop, or null if it has none yet
  @Nullable EventLoop change(String call) {
    EventLoop running = Running.loop();
    EventLoop home = loop;
    if (running == home) return home;
    if (running != null) {
      move(running);
      return running;
    }
    if (home != null && home.isRunning()) throw otherThread(home, call);
    return home;
  }

  private void move(EventLoop to) {
    EventLoop home = loop;
    if (home != null && !idle.getAsBoolean()) throw otherLoop(home, to);
    bind(to);
  }

  private MisuseError otherLoop(EventLoop home, EventLoop running) {
    return new MisuseError(
        primitive
            + " is in use on loop "
            + home
            + ", and this is "
            + running
            + ". A primitive serves one loop at a time: tasks of two loops cannot wait for each"
            + " other.\n"
            + "  wrong: run(() -> ... "
            + kind
            + " of the outer loop ..., EventLoop::virtualTime)"
            + "\n  right: make one inside the coroutine that the new loop runs, or wait until this"
            + " one is free");
  }

  private MisuseError otherThread(EventLoop home, String call) {
    return new MisuseError(
        kind
            + "."
            + call
            + " belongs to the thread of "
            + home
            + ", and this is thread \""
            + Thread.currentThread().getName()
            + "\". "
            + primitive
            + " guards against other coroutines, never against threads."
            + "\n  wrong: new Thread(() -> "
            + kind
            + "."
            + call
            + ").start()"
            + "\n  right: loop.callSoonThreadsafe(() -> "
            + kind
            + "."
            + call
            + ")   // from another thread");
  }
}
