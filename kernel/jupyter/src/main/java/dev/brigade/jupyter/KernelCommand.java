package dev.brigade.jupyter;

import dev.brigade.jupyter.protocol.ConnectionFile;
import dev.brigade.jupyter.protocol.ProtocolException;
import dev.brigade.session.SessionOptions;
import dev.brigade.session.spi.Subcommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `brigade kernel CONNECTION_FILE`: what Jupyter starts.
public final class KernelCommand implements Subcommand {
  /// After the kernel has ended, how long shutdown hooks of user code may take.
  private static final long EXIT_MILLIS = 1000;

  // Kept before the session puts its own stream in place of System.err.
  private final PrintStream err;

  /// For [java.util.ServiceLoader].
  public KernelCommand() {
    this(System.err);
  }

  KernelCommand(PrintStream err) {
    this.err = err;
  }

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public String summary() {
    return "Serve a Jupyter client; Jupyter calls this with a connection file.";
  }

  /// Serves until a client asks to shut down or is gone.
  @Override
  public int run(List<String> arguments) throws InterruptedException {
    if (arguments.size() != 1) {
      err.println(
          "brigade kernel needs one connection file, for example:"
              + " brigade kernel kernel-1.json. To open a notebook, run: jupyter notebook");
      return 2;
    }
    try {
      var options = new SessionOptions(SessionOptions.userDataDirectory(), List.of(), true);
      serve(Path.of(arguments.getFirst()), options, System.getenv("JPY_PARENT_PID"));
      endChildren();
      haltLater();
      return 0;
    } catch (ProtocolException | IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  /// Serves until a client asks to shut down or is gone.
  ///
  /// @param parent the process that started this one, as Jupyter says it
  /// @throws IOException a port is taken
  void serve(Path file, SessionOptions options, @Nullable String parent)
      throws IOException, InterruptedException {
    var kernel =
        new KernelProgram(
            ConnectionFile.read(file), options, line -> err.println("[brigade] " + line));
    Runtime.getRuntime().addShutdownHook(new Thread(KernelCommand::endChildren));
    Runnable orphaned =
        () -> {
          // Its own file, which the client can no longer delete.
          deleteIfThere(file);
          kernel.stop();
        };
    try (var _ = ParentWatch.start(parent, orphaned)) {
      kernel.serve();
    }
  }

  private static void deleteIfThere(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // A directory that others may write to and this process may not: theirs to keep.
    }
  }

  private static void endChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /// A shutdown hook of user code that hangs must not keep the process.
  private static void haltLater() {
    Thread.ofPlatform()
        .name("brigade-exit")
        .daemon()
        .start(
            () -> {
              try {
                Thread.sleep(EXIT_MILLIS);
              } catch (InterruptedException _) {
                // Then at once.
              }
              Runtime.getRuntime().halt(0);
            });
  }

  /// The kernel without the launcher.
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(new KernelCommand().run(List.of(arguments)));
  }
}
