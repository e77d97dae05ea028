package dev.brigade.session.engine;

import dev.brigade.async.Surroundings;
import dev.brigade.session.CellError;
import dev.brigade.session.Completions;
import dev.brigade.session.spi.Magic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `%%python` and `%%bash`: the cell's text is run by another program, from a file, while the loop
/// goes on.
final class ProgramMagics {
  private static final String DRIVER = "cell_driver.py";

  private final Surroundings surroundings;
  private final ProgramFinder finder;

  ProgramMagics(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.finder = new ProgramFinder(surroundings);
  }

  List<Magic> all() {
    return List.of(
        OwnMagic.of(
                "python",
                "%%python [PATH] over a cell: runs it with Python 3, top-level await included; PATH"
                    + " or BRIGADE_PYTHON names which",
                this::python)
            .completedBy(this::paths),
        OwnMagic.of(
                "bash",
                "%%bash over a cell: runs it with bash; an exit code other than 0 is an error",
                this::bash)
            .completedBy(this::paths));
  }

  private Optional<Completions> paths(String arguments) {
    return Optional.of(PathCandidates.of(arguments, surroundings.directory()));
  }

  private void python(MagicCall call) throws Exception {
    requireBody(call, "python", "print(\"hello\")");
    List<String> words = PathWords.split(call.arguments());
    Path python = finder.python(words.isEmpty() ? "" : words.getFirst());
    inDirectory(
        directory -> {
          Path cell = write(call, directory, ".py");
          Path report = directory.resolve("report");
          Path driver = directory.resolve(DRIVER);
          try (InputStream text = ProgramMagics.class.getResourceAsStream(DRIVER)) {
            if (text == null) throw new IllegalStateException(DRIVER + " is missing in the jar");
            Files.copy(text, driver);
          }
          var command = new ArrayList<String>();
          for (Path each : List.of(python, driver, cell, report)) command.add(each.toString());
          command.addAll(words.subList(Math.min(1, words.size()), words.size()));
          var builder = new ProcessBuilder(command);
          builder.environment().put("PYTHONIOENCODING", "utf-8");
          int code = CellProcess.run(call, "python", builder);
          if (Files.exists(report)) throw new CellFailure(failure(report, cell, call));
          check(code, python.getFileName().toString());
        });
  }

  private void bash(MagicCall call) throws Exception {
    requireBody(call, "bash", "ls -l");
    Path bash = finder.find("bash");
    if (bash == null) {
      throw CellFailure.of(
          "NoBash",
          "%%bash runs the cell with bash, and it is in no directory of PATH. Install it (Debian:"
              + " apt-get install bash), or start a program from Java:"
              + " await(await(subprocess(\"ls\", \"-l\")).communicate()).text()");
    }
    inDirectory(
        directory -> {
          Path cell = write(call, directory, ".sh");
          var command = new ArrayList<>(List.of(bash.toString(), cell.toString()));
          command.addAll(PathWords.split(call.arguments()));
          check(CellProcess.run(call, "bash", new ProcessBuilder(command)), "bash");
        });
  }

  private static void requireBody(MagicCall call, String name, String example) {
    if (call.wholeCell() && !call.body().isBlank()) return;
    throw CellFailure.of(
        "NothingToRun",
        "%%%%%1$s stands over the text it runs.%n  right: %%%%%1$s%n         %2$s"
            .formatted(name, example));
  }

  /// The text keeps its lines, so that errors name the lines of the cell.
  private static Path write(MagicCall call, Path directory, String ending) throws IOException {
    Path file = directory.resolve(call.cell().label() + ending);
    return Files.writeString(file, "\n".repeat(call.line()) + call.body() + "\n");
  }

  private static CellError failure(Path report, Path cell, MagicCall call) throws IOException {
    String[] parts = Files.readString(report, StandardCharsets.UTF_8).split("\0", 3);
    String text = parts.length < 3 ? "" : parts[2];
    if (text.isEmpty()) {
      return Traceback.plain(parts[0], parts.length < 2 ? "" : parts[1]);
    }
    return new CellError(
        parts[0],
        parts[1],
        text.replace("File \"" + cell + "\"", call.cell().label())
            .replace(cell.toString(), call.cell().label())
            .lines()
            .toList());
  }

  private static void check(int code, String program) {
    if (code == 0) return;
    int signal = code - 128;
    throw CellFailure.of(
        "ExitCode",
        program
            + " ended with exit code "
            + code
            + (signal > 0 && signal < 65 ? ", as one that signal " + signal + " ends" : "")
            + "; 0 means that all went well");
  }

  /// What happens in a directory that is there for one run.
  @FunctionalInterface
  private interface Work {
    void in(Path directory) throws Exception;
  }

  private static void inDirectory(Work work) throws Exception {
    Path directory = Files.createTempDirectory("brigade-");
    try {
      work.in(directory);
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.toList().reversed()) Files.deleteIfExists(each);
    } catch (IOException | java.io.UncheckedIOException _) {
      // A program that ends this moment may still write: it is in the system's temporary directory.
    }
  }
}
