package dev.brigade.repl;

import dev.brigade.repl.run.HeadlessRun;
import dev.brigade.repl.terminal.Rehearsal;
import dev.brigade.session.Session;
import dev.brigade.session.spi.Subcommand;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/// `brigade train`, for install.sh: does once what the start of a terminal, of `brigade run` and of
/// a kernel does, so that the JVM's start-up cache holds it. A part that fails is named, and the
/// cache is made without it.
final class Training implements Subcommand {
  /// What another jar may bring for this, as a subcommand.
  private static final String REHEARSE = "rehearse";

  private final PrintStream err;
  private int code;

  Training(PrintStream err) {
    this.err = err;
  }

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "";
  }

  @Override
  public int run(List<String> arguments) {
    part("terminal", () -> Rehearsal.run(Session::open));
    part("run", Training::runFile);
    for (Subcommand command : ServiceLoader.load(Subcommand.class)) {
      if (command.name().equals(REHEARSE)) part(REHEARSE, () -> command.run(List.of()));
    }
    return code;
  }

  private interface Part {
    void run() throws Exception;
  }

  private void part(String name, Part part) {
    try {
      part.run();
    } catch (Exception | LinkageError failure) {
      err.println("brigade train: the part " + name + " failed: " + failure);
      code = 1;
    }
  }

  private static void runFile() throws Exception {
    Path file = Files.createTempFile("brigade", ".jsh");
    try {
      Files.writeString(file, "await(sleep(0.001));\nSystem.out.println(1 + 1);\n");
      var nowhere = new PrintStream(OutputStream.nullOutputStream());
      // Not by the command line: picocli's classes are too old for the cache, and a JVM whose cache
      // has classes that need them opens its jar at every start.
      new LauncherActions(InputStream.nullInputStream(), nowhere, nowhere)
          .run(file, List.of(), new HeadlessRun.Choices(true, true, false, List.of()));
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
