package dev.brigade.session.engine;

import dev.brigade.session.observe.TextTable;
import dev.brigade.session.spi.Magic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `%memory`: what this process uses. Answered at once, also while a cell runs.
final class MemoryMagic {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  static Magic magic() {
    return OwnMagic.observing(
        "memory", "%memory: heap, classes and processes, as a table", call -> call.print(table()));
  }

  private static String table() {
    var table = new TextTable("MEMORY", "USED", "RESERVED", "AT MOST");
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    row(table, "heap", heap);
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) row(table, "classes (metaspace)", pool.getUsage());
    }
    long code =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().startsWith("Code"))
            .mapToLong(pool -> pool.getUsage().getUsed())
            .sum();
    table.row("compiled code", size(code), "", "");
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    table.row("threads of the system", String.valueOf(threads), "", "");
    String own = status(ProcessHandle.current().pid());
    table.row("this process", kilobytes(RESIDENT, own), "", peak(own));
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    for (ProcessHandle child : children) {
      String name =
          child.info().command().map(path -> Path.of(path).getFileName() + "").orElse("?");
      table.row(
          "process " + child.pid() + " (" + name + ")",
          kilobytes(RESIDENT, status(child.pid())),
          "",
          "");
    }
    return table.toString();
  }

  private static void row(TextTable table, String name, MemoryUsage usage) {
    table.row(
        name,
        size(usage.getUsed()),
        size(usage.getCommitted()),
        usage.getMax() < 0 ? "no limit" : size(usage.getMax()));
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /// What Linux says of a process; empty elsewhere.
  private static String status(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status"));
    } catch (IOException _) {
      return "";
    }
  }

  private static String kilobytes(Pattern line, String status) {
    Matcher found = line.matcher(status);
    return found.find() ? size(Long.parseLong(found.group(1)) * 1024) : "unknown here";
  }

  private static String peak(String status) {
    return status.isEmpty() ? "" : kilobytes(PEAK, status) + " so far";
  }

  private MemoryMagic() {}
}
