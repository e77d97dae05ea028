package dev.brigade.repl;

import dev.brigade.repl.run.HeadlessRun;
import dev.brigade.repl.run.PipedInput;
import dev.brigade.repl.terminal.Prompt;
import dev.brigade.session.Session;
import dev.brigade.session.source.Program;
import dev.brigade.session.source.UnreadableFile;
import dev.brigade.session.spi.Subcommand;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// What the launcher's commands do.
final class LauncherActions implements CommandLineOptions.Actions {
  private static final int FAILED = 1;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  LauncherActions(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public int prompt(List<Path> classPath) {
    try {
      return Prompt.run(Session::open, classPath, Version.brigade());
    } catch (java.io.IOException noTerminal) {
      return fail("the terminal cannot be opened: " + noTerminal);
    }
  }

  @Override
  public int run(Path file, List<String> arguments, HeadlessRun.Choices choices) {
    try {
      Program program = Program.read(file, arguments);
      var stdin = new PipedInput(in, out.charset(), out);
      return new HeadlessRun(Session::open, choices, stdin, out, err).run(program);
    } catch (UnreadableFile wrong) {
      return fail(wrong.getMessage());
    }
  }

  @Override
  public int install(@Nullable Path prefix) {
    String launcher = System.getProperty("brigade.launcher");
    if (launcher == null) {
      return fail("this is not an installation; run ./install.sh to make one.");
    }
    Path jupyter = prefix == null ? JupyterDirectory.ofUser() : prefix.resolve("share/jupyter");
    Path spec = jupyter.resolve("kernels/brigade").toAbsolutePath().normalize();
    for (Subcommand command : ServiceLoader.load(Subcommand.class)) {
      if (command.name().equals("kernelspec")) {
        int code = plugged(command, List.of(spec.toString(), launcher));
        if (code == 0) out.println("The kernel is in " + spec + ".");
        return code;
      }
    }
    return fail("this installation has no Jupyter kernel; run ./install.sh again.");
  }

  @Override
  public int plugged(Subcommand command, List<String> arguments) {
    try {
      return command.run(arguments);
    } catch (Exception failure) {
      String message = failure.getMessage();
      return fail(message == null || message.isBlank() ? failure.toString() : message);
    }
  }

  private int fail(@Nullable String sentence) {
    err.println("brigade: " + sentence);
    return FAILED;
  }
}
