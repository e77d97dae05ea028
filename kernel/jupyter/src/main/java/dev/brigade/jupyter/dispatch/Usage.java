package dev.brigade.jupyter.dispatch;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the kernel's process uses of the machine, in the words of `ipykernel`'s answer, which the
/// panels of clients read. Not part of the protocol's text.
final class Usage {
  static Map<String, Object> now() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long total = system.getTotalMemorySize();
    long available = available(system);
    var memory = new LinkedHashMap<String, Object>();
    memory.put("total", total);
    memory.put("available", available);
    memory.put("percent", total == 0 ? 0 : 100.0 * (total - available) / total);
    memory.put("used", total - available);
    memory.put("free", system.getFreeMemorySize());
    var usage = new LinkedHashMap<String, Object>();
    usage.put("hostname", hostname());
    usage.put("pid", ProcessHandle.current().pid());
    usage.put("cpu_count", system.getAvailableProcessors());
    // Of all cores together one would be 100 here; clients expect 100 for each.
    usage.put("kernel_cpu", percent(system.getProcessCpuLoad()) * system.getAvailableProcessors());
    usage.put("kernel_memory", resident());
    usage.put("host_cpu_percent", percent(system.getCpuLoad()));
    usage.put("host_virtual_memory", memory);
    return usage;
  }

  /// The JVM does not know it at first, and says so by a negative share.
  private static double percent(double share) {
    return Math.clamp(share * 100, 0, 100);
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  /// Bytes of memory the process has; the heap's where the system does not tell.
  private static long resident() {
    long kib = kib(Path.of("/proc/self/status"), "VmRSS:");
    if (kib > 0) return kib * 1024;
    return Runtime.getRuntime().totalMemory();
  }

  private static long available(OperatingSystemMXBean system) {
    long kib = kib(Path.of("/proc/meminfo"), "MemAvailable:");
    return kib > 0 ? kib * 1024 : system.getFreeMemorySize();
  }

  /// The number behind a name in a file of Linux, or 0.
  private static long kib(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) return Long.parseLong(line.replaceAll("\\D", ""));
      }
    } catch (IOException _) {
      // Another system.
    }
    return 0;
  }

  private Usage() {}
}
