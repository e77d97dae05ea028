package dev.brigade.session.engine;

import dev.brigade.session.weave.StopPoint;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says whether a thread of the session is inside user code, the only time it may be interrupted:
/// an interrupt during a compile closes the compiler's channel to a jar, and every later cell
/// fails.
final class UserCode {
  // Guarded by this. One for each cell that runs, at most.
  private final Set<Thread> inside = new HashSet<>();

  synchronized void enter() {
    inside.add(Thread.currentThread());
  }

  /// Leaves user code; an interrupt or stop that came too late is forgotten.
  @SuppressWarnings("ResultOfMethodCallIgnored")
  synchronized void leave() {
    inside.remove(Thread.currentThread());
    Thread.interrupted();
    StopPoint.spare(Thread.currentThread());
  }

  /// Whether a thread that runs a cell is in the cell's code, and does not compile.
  synchronized boolean isInside(Thread thread) {
    return inside.contains(thread);
  }

  /// Stops a thread at its next stop point and ends its blocking call, unless it is the session's
  /// own and compiles.
  ///
  /// @param compiling the cell's thread, which may be outside user code
  /// @return null where it was not stopped
  synchronized StopPoint.@Nullable Wish stop(Thread thread, @Nullable Thread compiling) {
    if (thread == compiling && !inside.contains(thread)) return null;
    StopPoint.Wish wish = StopPoint.stop(thread);
    thread.interrupt();
    return wish;
  }
}
