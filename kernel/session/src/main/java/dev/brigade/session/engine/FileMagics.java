package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.async.Surroundings;
import dev.brigade.session.CellError;
import dev.brigade.session.Completions;
import dev.brigade.session.source.Program;
import dev.brigade.session.source.SlashCommands;
import dev.brigade.session.source.Step;
import dev.brigade.session.source.UnreadableFile;
import dev.brigade.session.spi.Magic;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `%load`, `%run` and `%%writefile`: files as cells, and cells as files.
final class FileMagics {
  // More than anybody edits in a cell.
  private static final long LARGEST = 1_000_000;

  private final Surroundings surroundings;

  FileMagics(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  List<Magic> all() {
    return List.of(
        OwnMagic.of(
                "load",
                "%load FILE: its text becomes the next input; of an .ipynb its code cells, %load"
                    + " FILE 2 4-6 only these",
                this::load)
            .completedBy(this::paths),
        OwnMagic.of(
                "run",
                "%run FILE [ARGUMENTS]: runs a .jsh, .java or .ipynb file here, cell by cell",
                this::run)
            .completedBy(this::programs),
        OwnMagic.of(
                "writefile",
                "%%writefile [-a] FILE over a text: writes it to the file; -a appends",
                this::write)
            .completedBy(this::paths));
  }

  private Optional<Completions> paths(String arguments) {
    return Optional.of(PathCandidates.of(arguments, surroundings.directory()));
  }

  private Optional<Completions> programs(String arguments) {
    return Optional.of(
        PathCandidates.of(arguments, surroundings.directory(), ".jsh", ".java", ".ipynb"));
  }

  /// The file that a word names.
  static Path file(Surroundings surroundings, String word) {
    try {
      return PathWords.path(word, surroundings.directory()).normalize();
    } catch (InvalidPathException e) {
      throw CellFailure.of(
          "WrongArgument", "this system takes no path like `" + word + "`: " + e.getReason());
    }
  }

  private void load(MagicCall call) {
    List<String> words = PathWords.split(call.arguments());
    if (words.isEmpty()) {
      throw CellFailure.of("WrongArgument", "%load needs a file: %load demo.jsh");
    }
    Path file = file(surroundings, words.getFirst());
    List<String> numbers = words.subList(1, words.size());
    if (file.toString().endsWith(".ipynb")) {
      call.nextInput(joined(chosen(steps(file, List.of()), numbers), words.getFirst()));
      return;
    }
    if (!numbers.isEmpty()) {
      throw CellFailure.of(
          "WrongArgument",
          "%load takes numbers of cells for .ipynb files, and got `"
              + call.arguments()
              + "`. A path with spaces is written in quotes");
    }
    String text = call.outsideCompileTime(() -> Async.await(Async.toThread(() -> text(file))));
    call.nextInput(file.toString().endsWith(".jsh") ? SlashCommands.toMagics(text) : text);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw CellFailure.of(
            "FileTooLarge",
            "%%load puts at most 1 MB into the next input, and %s has %,d bytes. In code:"
                    .formatted(file, Files.size(file))
                + " await(AsyncFiles.readString(Path.of(\"...\")))");
      }
      return Files.readString(file).stripTrailing();
    } catch (NoSuchFileException _) {
      throw CellFailure.of(
          "NoSuchFile",
          "there is no file " + file + ". %pwd shows where relative paths begin, %cd changes it");
    } catch (CharacterCodingException _) {
      throw CellFailure.of("NotText", file + " is not UTF-8 text");
    } catch (IOException e) {
      throw CellFailure.of("CannotRead", file + " cannot be read: " + e);
    }
  }

  private static List<Step> steps(Path file, List<String> arguments) {
    try {
      return Program.read(file, arguments).steps();
    } catch (UnreadableFile e) {
      throw CellFailure.of("UnreadableFile", String.valueOf(e.getMessage()));
    }
  }

  /// The cells of a notebook that numbers mean, as errors of `%run` count them: all cells, from 1.
  private static List<Step> chosen(List<Step> steps, List<String> numbers) {
    if (numbers.isEmpty()) return steps;
    CellNumbers wanted = CellNumbers.of(numbers);
    List<Step> chosen =
        steps.stream()
            .filter(step -> wanted.contains(Integer.parseInt(step.name().substring(5))))
            .toList();
    if (!chosen.isEmpty()) return chosen;
    throw CellFailure.of(
        "NoSuchCell",
        "none of these is a code cell of the notebook; its code cells are "
            + String.join(", ", steps.stream().map(step -> step.name().substring(5)).toList()));
  }

  private static String joined(List<Step> steps, String file) {
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).code().stripLeading().startsWith("%%")) {
        throw CellFailure.of(
            "CannotJoin",
            "a line with %%%% takes the whole cell below it, and %s begins with one: load it alone,"
                    .formatted(steps.get(i).name())
                + " %%load %s %s".formatted(file, steps.get(i).name().substring(5)));
      }
    }
    return String.join("\n\n", steps.stream().map(step -> step.code().strip()).toList());
  }

  private void run(MagicCall call) throws Exception {
    List<String> words = PathWords.split(call.arguments());
    if (words.isEmpty()) {
      throw CellFailure.of("WrongArgument", "%run needs a file: %run demo.jsh");
    }
    Path file = file(surroundings, words.getFirst());
    List<String> arguments = List.copyOf(words.subList(1, words.size()));
    List<Step> steps =
        call.outsideCompileTime(() -> Async.await(Async.toThread(() -> steps(file, arguments))));
    String name = file.getFileName().toString();
    for (Step step : steps) {
      String known = step.name().contains(name) ? step.name() : name + " " + step.name();
      try {
        call.runText(known, step.code());
      } catch (Exception | AssertionError | StackOverflowError e) {
        if (!step.mayFail() || call.running().isInterrupted()) throw e;
        CellError error = call.workshop().errors().of(e, null, null);
        call.print(
            "%s failed, as it is marked to: %s: %s%n"
                .formatted(known, error.name(), error.message()));
      }
    }
  }

  private void write(MagicCall call) throws IOException {
    var words = new ArrayList<>(PathWords.split(call.arguments()));
    boolean append = words.remove("-a") || words.remove("--append");
    if (!call.wholeCell() || words.size() != 1) {
      throw CellFailure.of(
          "WrongArgument",
          "%%writefile stands over the text and takes one file.\n"
              + "  right: %%writefile notes.txt\n         the text");
    }
    Path file = file(surroundings, words.getFirst());
    Path parent = file.getParent();
    if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
      throw CellFailure.of(
          "NoSuchFile",
          Files.isDirectory(file)
              ? file + " is a directory; name a file in it"
              : "there is no directory " + parent + " to write to. %%bash makes one: mkdir -p ...");
    }
    boolean there = Files.exists(file);
    String text = call.body().isEmpty() ? "" : call.body() + "\n";
    StandardOpenOption how =
        append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
    } catch (IOException e) {
      throw CellFailure.of("CannotWrite", file + " cannot be written: " + e);
    }
    call.print((!there ? "wrote " : append ? "appended to " : "overwrote ") + file + "\n");
  }
}
