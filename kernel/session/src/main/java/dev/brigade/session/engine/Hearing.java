package dev.brigade.session.engine;

import dev.brigade.async.Task;
import dev.brigade.session.weave.StopPoint;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether a loop has heard of a press, and the stop that is out because it had not.
final class Hearing {
  // All guarded by this.
  private boolean heard;
  private @Nullable Task<?> holder;
  private StopPoint.@Nullable Wish wish;

  synchronized boolean isHeard() {
    return heard;
  }

  /// Stops the holder of the loop, unless the loop has heard.
  synchronized StopPoint.@Nullable Wish stop(
      Task<?> task, Supplier<StopPoint.@Nullable Wish> stop) {
    if (heard) return null;
    holder = task;
    wish = stop.get();
    return wish;
  }

  /// Takes the stop back from a holder that awaits meanwhile: cancelled next, it must be able to
  /// clean up. One that blocks keeps it.
  ///
  /// @return the task that has met the stop and is not done, if there is one
  synchronized @Nullable Task<?> now() {
    heard = true;
    if (wish == null || holder == null) return null;
    if (holder.waitingOn() != null) wish.spare();
    return wish.isMet() && !holder.isDone() ? holder : null;
  }
}
