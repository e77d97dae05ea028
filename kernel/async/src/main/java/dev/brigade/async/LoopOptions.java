package dev.brigade.async;

import dev.brigade.async.trace.EventLog;

/// How a loop is made.
///
/// @param name the name of its thread
/// @param clock where its time comes from
/// @param blocking what a blocking call in a coroutine does
/// @param notices hears what a learner should know
/// @param log records what happens while somebody listens
/// @param debug whether it starts in debug mode, see [EventLoop#debug(boolean)]
public record LoopOptions(
    String name,
    LoopClock clock,
    Blocking blocking,
    NoticeHandler notices,
    EventLog log,
    boolean debug) {

  /// Real time, strict, notices to standard error; in debug mode if the JVM was started with
  /// `-Dbrigade.debug=true` (Python: `PYTHONASYNCIODEBUG=1`).
  public static LoopOptions defaults() {
    return new LoopOptions(
        "brigade-loop",
        LoopClock.real(),
        Blocking.STRICT,
        NoticeHandler.toStandardError(),
        new EventLog(),
        Boolean.getBoolean("brigade.debug"));
  }

  public LoopOptions withClock(LoopClock other) {
    return new LoopOptions(name, other, blocking, notices, log, debug);
  }

  public LoopOptions withName(String other) {
    return new LoopOptions(other, clock, blocking, notices, log, debug);
  }

  public LoopOptions withNotices(NoticeHandler other) {
    return new LoopOptions(name, clock, blocking, other, log, debug);
  }

  public LoopOptions withDebug(boolean on) {
    return new LoopOptions(name, clock, blocking, notices, log, on);
  }

  public LoopOptions withLog(EventLog other) {
    return new LoopOptions(name, clock, blocking, notices, other, debug);
  }
}
