package dev.brigade.course.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A Python that has the Jupyter clients.
record Python(String executable) {
  private static final String MODULES =
      "jupyter_client, jupyter_console, nbclient, nbformat, nbconvert, jupyter_kernel_test,"
          + " notebook, pyte";

  /// What a script did.
  record Ended(int code, String output) {}

  /// `BRIGADE_PYTHON`, the first one on the path, or the system's, whichever has the clients.
  static Optional<Python> withClients() {
    return Stream.of(
            Optional.ofNullable(System.getenv("BRIGADE_PYTHON")).orElse(""),
            "python3",
            "/usr/bin/python3")
        .filter(executable -> !executable.isEmpty())
        .map(Python::new)
        .filter(Python::hasClients)
        .findFirst();
  }

  private boolean hasClients() {
    try {
      Process probe =
          new ProcessBuilder(executable, "-c", "import " + MODULES)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(60, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Runs a script to its end, at most some minutes.
  Ended run(Path script, List<String> arguments, Map<String, String> environment, int minutes)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of(executable, "-B", script.toString()));
    command.addAll(arguments);
    Path output = Files.createTempFile("brigade-client", ".txt");
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      String said = Files.readString(output);
      return ended
          ? new Ended(process.exitValue(), said)
          : new Ended(-1, said + "\nended after " + minutes + " minutes");
    } finally {
      Files.delete(output);
    }
  }
}
