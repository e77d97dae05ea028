package dev.brigade.async.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a worker: this process's JVM and class path.
///
/// The launcher says by `brigade.home` where its list of JVM flags is and the start-up cache made
/// for workers; without it, the flags of this process are used.
final class JvmCommand {
  private static final List<String> NOT_FOR_WORKERS =
      List.of("-agentlib", "-agentpath", "-javaagent", "-Xrunjdwp", "-XX:AOT", "-XX:SharedArchive");

  static List<String> of(String worker, List<String> flags) {
    var command = new ArrayList<String>();
    // An interrupt at the terminal goes to all processes there, and means the parent.
    // The worker talks on its descriptors 3 and 4; whatever writes to standard output, or reads
    // standard input, below the JVM's own streams, cannot disturb that.
    command.addAll(
        List.of(
            "/bin/sh",
            "-c",
            "trap '' INT; exec \"$@\" 3>&1 4<&0 1>&2 0</dev/null",
            "brigade-worker"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String home = System.getProperty("brigade.home");
    Path list = home == null ? null : Path.of(home, "jvm.flags");
    if (list != null && Files.isReadable(list)) {
      Path cache = list.resolveSibling("worker.aot");
      if (Files.isReadable(cache)) command.add("-XX:AOTCache=" + cache);
      command.add("@" + list);
    } else {
      command.addAll(own());
    }
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path", "." + File.pathSeparator));
    command.add(WorkerMain.class.getName());
    command.add(worker);
    return command;
  }

  private static List<String> own() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(each -> NOT_FOR_WORKERS.stream().noneMatch(each::startsWith))
        .toList();
  }

  private JvmCommand() {}
}
