package dev.brigade.session.display;

import dev.brigade.async.EventLoop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A stopwatch over several clocks at once. It stands still when made; for one thread at a time.
///
/// Reading the time of child processes asks the system for each, so it is done once at the
/// beginning and once at the end, outside of what is measured.
public final class Meter {
  private final Map<Long, Duration> childrenBefore = children();
  private Spent spent = Spent.NOTHING;
  private @Nullable Reading since;

  private record Reading(
      @Nullable EventLoop loop, long wall, long loopTime, long cpu, long ofThread) {
    static Reading now() {
      EventLoop loop = EventLoop.current();
      long cpu = processCpu();
      long ofThread = threadCpu(loop);
      long loopTime = loop == null ? 0 : loop.clock().nanos();
      return new Reading(loop, System.nanoTime(), loopTime, cpu, ofThread);
    }
  }

  /// Measures from now on.
  public void resume() {
    if (since == null) since = Reading.now();
  }

  /// Stops measuring; [#resume()] goes on.
  public void pause() {
    Reading from = since;
    if (from == null) return;
    since = null;
    long wall = System.nanoTime();
    EventLoop loop = EventLoop.current();
    // Between two loops there is no loop time.
    boolean same = loop == from.loop;
    long loopTime =
        !same ? 0 : loop == null ? wall - from.wall : loop.clock().nanos() - from.loopTime;
    long threadCpu = threadCpu(loop);
    boolean known = same && threadCpu >= 0 && from.ofThread >= 0;
    spent =
        spent.plus(
            new Spent(
                (wall - from.wall) / 1e9,
                loopTime / 1e9,
                (processCpu() - from.cpu) / 1e9,
                known ? (threadCpu - from.ofThread) / 1e9 : same ? Double.NaN : 0,
                0));
  }

  /// What was measured so far, without child processes.
  public Spent soFar() {
    return spent;
  }

  /// Stops, and gives all that was measured.
  public Spent end() {
    pause();
    return spent.plus(new Spent(0, 0, 0, 0, childrenSince()));
  }

  private double childrenSince() {
    Duration total = Duration.ZERO;
    for (Map.Entry<Long, Duration> now : children().entrySet()) {
      Duration before = childrenBefore.getOrDefault(now.getKey(), Duration.ZERO);
      if (now.getValue().compareTo(before) > 0) {
        total = total.plus(now.getValue()).minus(before);
      }
    }
    return total.toNanos() / 1e9;
  }

  private static Map<Long, Duration> children() {
    var times = new HashMap<Long, Duration>();
    ProcessHandle.current()
        .children()
        .forEach(
            child ->
                child
                    .info()
                    .totalCpuDuration()
                    .ifPresent(duration -> times.put(child.pid(), duration)));
    return times;
  }

  private static long processCpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /// The time of the thread that carries a loop's coroutines; -1 if it cannot be told, as for a
  /// loop that is a virtual thread itself.
  private static long threadCpu(@Nullable EventLoop loop) {
    Thread thread = loop == null ? Thread.currentThread() : loop.thread();
    if (thread == null || thread.isVirtual()) return -1;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(thread.threadId()) : -1;
  }
}
