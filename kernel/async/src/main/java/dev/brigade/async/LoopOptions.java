package dev.brigade.async;

import dev.brigade.async.trace.EventLog;
import org.jspecify.annotations.Nullable;

/// How a loop is made.
///
/// @param name the name of its thread
/// @param clock where its time comes from
/// @param blocking what a blocking call in a coroutine does
/// @param notices hears what a learner should know
/// @param log records what happens while somebody listens
/// @param debug whether it starts in debug mode, see [EventLoop#debug(boolean)]
/// @param shuffle the seed by which the next of the ready tasks is drawn; null for the order in
///     which they became ready
public record LoopOptions(
    String name,
    LoopClock clock,
    Blocking blocking,
    NoticeHandler notices,
    EventLog log,
    boolean debug,
    @Nullable Long shuffle) {

  /// Real time, strict, notices to standard error; in debug mode if the JVM was started with
  /// `-Dbrigade.debug=true` (Python: `PYTHONASYNCIODEBUG=1`).
  public static LoopOptions defaults() {
    return new LoopOptions(
        "brigade-loop",
        LoopClock.real(),
        Blocking.STRICT,
        NoticeHandler.toStandardError(),
        new EventLog(),
        Boolean.getBoolean("brigade.debug"),
        null);
  }

  public LoopOptions withClock(LoopClock other) {
    return new LoopOptions(name, other, blocking, notices, log, debug, shuffle);
  }

  public LoopOptions withName(String other) {
    return new LoopOptions(other, clock, blocking, notices, log, debug, shuffle);
  }

  public LoopOptions withNotices(NoticeHandler other) {
    return new LoopOptions(name, clock, blocking, other, log, debug, shuffle);
  }

  public LoopOptions withDebug(boolean on) {
    return new LoopOptions(name, clock, blocking, notices, log, on, shuffle);
  }

  public LoopOptions withLog(EventLog other) {
    return new LoopOptions(name, clock, blocking, notices, other, debug, shuffle);
  }

  /// The next task to run is drawn from all that are ready, by a seed, instead of taken in the
  /// order in which they became ready: what a program must not rely on comes to light. Callbacks
  /// and timers keep their order, and run before the tasks that are ready with them.
  ///
  /// The same seed gives the same draws; with a virtual clock, and without work outside the loop,
  /// the same order of everything.
  public LoopOptions withShuffle(long seed) {
    return new LoopOptions(name, clock, blocking, notices, log, debug, seed);
  }
}
