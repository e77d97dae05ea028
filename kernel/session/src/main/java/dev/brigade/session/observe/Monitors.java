package dev.brigade.session.observe;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who has which monitor, the lock of a `synchronized` block, and who waits for it.
///
/// Of virtual threads only the JVM's thread dump knows it, which costs some milliseconds, and which
/// on JDK 25 has brought the JVM down once, while virtual threads came and went: so it is made only
/// where a virtual thread is found at a monitor, and still there a moment later.
///
/// @param awaited what a thread waits to lock, or waits on in `Object.wait`, by the thread's id
/// @param owners the id of the thread that has it, by what is locked
record Monitors(Map<Long, String> awaited, Map<String, Long> owners) {
  private static final long MOMENT = 3_000_000;

  static final Monitors NONE = new Monitors(Map.of(), Map.of());

  private static final Pattern THREAD = Pattern.compile("#(\\d+) \".*");
  private static final Pattern MONITOR =
      Pattern.compile("\\s+- (locked|waiting to lock|waiting on) <(.+)>");

  /// Those that some threads are at.
  static Monitors of(Collection<ThreadReader> readers) {
    List<ThreadReader> at = readers.stream().filter(ThreadReader::isAtMonitor).toList();
    if (at.isEmpty()) return NONE;
    List<ThreadReader> virtual = at.stream().filter(each -> each.thread().isVirtual()).toList();
    if (virtual.isEmpty()) return ofPlatformThreads();
    LockSupport.parkNanos(MOMENT);
    boolean stays = virtual.stream().anyMatch(ThreadReader::isStillThere);
    return stays ? ofAll() : ofPlatformThreads();
  }

  private static Monitors ofPlatformThreads() {
    var awaited = new HashMap<Long, String>();
    var owners = new HashMap<String, Long>();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo info : threads.dumpAllThreads(true, false)) {
      boolean waits = info.getThreadState() != Thread.State.RUNNABLE;
      if (waits && info.getLockInfo() != null) {
        awaited.put(info.getThreadId(), shortened(info.getLockInfo().toString()));
      }
      for (MonitorInfo each : info.getLockedMonitors()) {
        owners.put(shortened(each.toString()), info.getThreadId());
      }
    }
    return new Monitors(awaited, owners);
  }

  private static Monitors ofAll() {
    Path directory = null;
    try {
      var bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (bean == null) return NONE;
      directory = Files.createTempDirectory("brigade");
      Path file = directory.resolve("threads");
      bean.dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      List<String> lines = Files.readAllLines(file);
      Files.delete(file);
      return of(lines);
    } catch (IOException | RuntimeException _) {
      return NONE; // the rest of the reading is of use without it
    } finally {
      delete(directory);
    }
  }

  private static void delete(@Nullable Path directory) {
    try {
      if (directory != null) Files.deleteIfExists(directory);
    } catch (IOException _) {
      // It is a temporary directory, and somebody else clears those.
    }
  }

  /// Those of a thread dump.
  static Monitors of(List<String> dump) {
    var awaited = new HashMap<Long, String>();
    var owners = new HashMap<String, Long>();
    long thread = 0;
    boolean inWait = false;
    for (String line : dump) {
      Matcher head = THREAD.matcher(line);
      Matcher monitor = MONITOR.matcher(line);
      if (head.matches()) {
        thread = Long.parseLong(head.group(1));
        inWait = false;
      } else if (line.contains("java.lang.Object.wait")) {
        inWait = true;
      } else if (monitor.matches()) {
        String object = shortened(monitor.group(2));
        // In Object.wait the block around the call is still there, and its monitor is not. Where
        // the JVM no longer knows what is waited on, that block tells it.
        boolean isAwaited = !monitor.group(1).equals("locked") || inWait;
        if (isAwaited) awaited.putIfAbsent(thread, object);
        if (!object.equals(awaited.get(thread))) owners.put(object, thread);
        if (monitor.group(1).equals("locked")) inWait = false;
      }
    }
    return new Monitors(awaited, owners);
  }

  private static String shortened(String identity) {
    int at = identity.lastIndexOf('@');
    String type = at < 0 ? identity : identity.substring(0, at);
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1)
        + (at < 0 ? "" : identity.substring(at));
  }
}
