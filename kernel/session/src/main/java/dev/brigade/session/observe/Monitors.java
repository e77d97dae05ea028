package dev.brigade.session.observe;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who has which monitor, the lock of a `synchronized` block, and who waits for it. Only the JVM's
/// thread dump knows it of virtual threads too. The dump costs some milliseconds, so it is made
/// only where some thread waits for a monitor.
///
/// @param awaited what a thread waits to lock, or waits on in `Object.wait`, by the thread's id
/// @param owners the id of the thread that has it, by what is locked
record Monitors(Map<Long, String> awaited, Map<String, Long> owners) {
  static final Monitors NONE = new Monitors(Map.of(), Map.of());

  private static final Pattern THREAD = Pattern.compile("#(\\d+) \".*");
  private static final Pattern MONITOR =
      Pattern.compile("\\s+- (locked|waiting to lock|waiting on) <(.+)>");

  /// Those of this JVM now; none where it does not tell.
  static Monitors now() {
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
