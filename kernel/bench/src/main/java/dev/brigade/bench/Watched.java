package dev.brigade.bench;

import dev.brigade.async.EventLoop;
import dev.brigade.async.LoopOptions;
import dev.brigade.async.Recording;
import dev.brigade.async.trace.EventLog;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Loops whose event log is off, on, or looked at while the program runs.
final class Watched {
  // As the live pictures of a session.
  private static final long PERIOD_NANOS = 250_000_000;
  private static final int NEWEST = 5_000;

  // Programs of a benchmark are short and come one after the other, so one watcher looks at
  // whichever
  // runs: as often in a second as a session does.
  private static volatile @Nullable Recording current;
  private static @Nullable Thread watcher;

  /// A loop on real time.
  ///
  /// @param log `off`, `on`, or `live`: a thread makes the timeline of the newest events four times
  ///     a second
  static synchronized EventLoop loop(String log) {
    var events = new EventLog();
    if (!log.equals("off")) events.record(); // as long as the log lives
    EventLoop loop = EventLoop.create(LoopOptions.defaults().withLog(events));
    if (log.equals("live")) {
      current = loop.record("live");
      if (watcher == null) watcher = Thread.ofPlatform().daemon().name("live").start(Watched::look);
    }
    return loop;
  }

  private static void look() {
    while (true) {
      LockSupport.parkNanos(PERIOD_NANOS);
      Recording recording = current;
      if (recording != null && recording.soFar(NEWEST).timeline().lanes().isEmpty()) {
        throw new AssertionError("no loop");
      }
    }
  }

  private Watched() {}
}
