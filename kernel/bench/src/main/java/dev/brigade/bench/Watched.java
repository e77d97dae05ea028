package dev.brigade.bench;

import dev.brigade.async.EventLoop;
import dev.brigade.async.LoopOptions;
import dev.brigade.async.Recording;
import dev.brigade.async.trace.EventLog;
import java.util.concurrent.locks.LockSupport;

/// Loops whose event log is off, on, or looked at while the program runs.
final class Watched {
  // As the live pictures of a session.
  private static final long PERIOD_NANOS = 250_000_000;
  private static final int NEWEST = 20_000;

  /// A loop on real time.
  ///
  /// @param log `off`, `on`, or `live`: a thread makes the timeline of the newest events four times
  ///     a second
  static EventLoop loop(String log) {
    var events = new EventLog();
    if (!log.equals("off")) events.record(); // as long as the log lives
    EventLoop loop = EventLoop.create(LoopOptions.defaults().withLog(events));
    if (log.equals("live")) {
      Recording recording = loop.record("live");
      Thread.ofPlatform().daemon().name("live").start(() -> look(loop, recording));
    }
    return loop;
  }

  private static void look(EventLoop loop, Recording recording) {
    while (!loop.isClosed()) {
      if (recording.soFar(NEWEST).timeline().lanes().isEmpty()) throw new AssertionError("no loop");
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }

  private Watched() {}
}
