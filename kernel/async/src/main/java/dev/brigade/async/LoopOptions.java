package dev.brigade.async;

import dev.brigade.async.trace.EventLog;

/// How a loop is made.
///
/// @param name the name of its thread
/// @param clock where its time comes from
/// @param blocking what a blocking call in a coroutine does
/// @param notices hears what a learner should know
/// @param log records what happens while somebody listens
public record LoopOptions(
    String name, LoopClock clock, Blocking blocking, NoticeHandler notices, EventLog log) {

  /// Real time, strict, notices to standard error.
  public static LoopOptions defaults() {
    return new LoopOptions(
        "brigade-loop",
        LoopClock.real(),
        Blocking.STRICT,
        NoticeHandler.toStandardError(),
        new EventLog());
  }

  public LoopOptions withClock(LoopClock other) {
    return new LoopOptions(name, other, blocking, notices, log);
  }

  public LoopOptions withName(String other) {
    return new LoopOptions(other, clock, blocking, notices, log);
  }

  public LoopOptions withNotices(NoticeHandler other) {
    return new LoopOptions(name, clock, blocking, other, log);
  }

  public LoopOptions withLog(EventLog other) {
    return new LoopOptions(name, clock, blocking, notices, other);
  }
}
