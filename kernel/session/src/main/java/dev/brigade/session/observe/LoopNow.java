package dev.brigade.session.observe;

import dev.brigade.async.LoopStatistics;
import dev.brigade.async.Task;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The event loop at one moment.
///
/// @param holder the task that has it, or null
/// @param inCallback whether a callback has it
/// @param held for how many seconds a task has had it without giving it back; 0 for a callback
/// @param turns how many turns it has made
/// @param delayed names of the tasks that are ready or due and cannot run
/// @param nextTimer seconds until the next timer is due
public record LoopNow(
    @Nullable Task<?> holder,
    boolean inCallback,
    double held,
    long turns,
    List<String> delayed,
    OptionalDouble nextTimer,
    LoopStatistics statistics) {
  public LoopNow {
    delayed = List.copyOf(delayed);
  }

  boolean isHeld() {
    return holder != null || inCallback;
  }
}
