package dev.brigade.session.engine;

import dev.brigade.async.Surroundings;
import dev.brigade.session.History;
import dev.brigade.session.source.NotebookFile;
import dev.brigade.session.spi.Magic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `%save`: cells of this session as a script, a program or a notebook.
final class SaveMagic {
  private static final Pattern WHOLE_CELL = Pattern.compile("(?m)^[ \\t]*%%[A-Za-z]");

  private final Surroundings surroundings;
  private final FileHistory history;

  SaveMagic(Surroundings surroundings, FileHistory history) {
    this.surroundings = surroundings;
    this.history = history;
  }

  Magic magic() {
    return OwnMagic.of(
            "save",
            "%save FILE [CELLS]: this session's cells, all or for example 1-5 8, as .ipynb, .jsh or"
                + " .java",
            this::save)
        .completedBy(
            arguments ->
                Optional.of(
                    PathCandidates.of(
                        arguments, surroundings.directory(), ".jsh", ".java", ".ipynb")));
  }

  private void save(MagicCall call) {
    List<String> words = PathWords.split(call.arguments());
    if (words.isEmpty()) {
      throw CellFailure.of(
          "WrongArgument", "%save needs a file: %save demo.ipynb, or %save demo.jsh 1-5 8");
    }
    Path file = FileMagics.file(surroundings, words.getFirst());
    List<History.Entry> cells = cells(words.subList(1, words.size()));
    var left = new ArrayList<String>();
    String text = text(call, file, cells, left);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw CellFailure.of("CannotWrite", file + " cannot be written: " + e);
    }
    int saved = cells.size() - left.size();
    call.print("saved " + saved + (saved == 1 ? " cell" : " cells") + " to " + file + "\n");
    if (!left.isEmpty()) {
      call.print(
          "left out, because %% takes all that follows: "
              + String.join(", ", left)
              + ". An .ipynb keeps them\n");
    }
  }

  private List<History.Entry> cells(List<String> numbers) {
    List<History.Entry> all = history.range(0, 0, Integer.MAX_VALUE);
    CellNumbers wanted = numbers.isEmpty() ? null : CellNumbers.of(numbers);
    List<History.Entry> chosen =
        wanted == null ? all : all.stream().filter(each -> wanted.contains(each.line())).toList();
    if (!chosen.isEmpty()) return chosen;
    throw CellFailure.of(
        "NoSuchCell",
        all.isEmpty()
            ? "no cell of this session has ended yet"
            : "this session has cells %d to %d, and none of these is one; %%history lists them"
                .formatted(all.getFirst().line(), all.getLast().line()));
  }

  private static String text(
      MagicCall call, Path file, List<History.Entry> cells, List<String> left) {
    String name = file.getFileName().toString();
    if (name.endsWith(".ipynb")) {
      return NotebookFile.of(cells.stream().map(each -> each.input().stripTrailing()).toList());
    }
    if (!name.endsWith(".jsh") && !name.endsWith(".java")) {
      throw CellFailure.of(
          "WrongArgument", "%save writes .ipynb, .jsh and .java files, and got `" + name + "`");
    }
    var texts = new ArrayList<String>();
    for (History.Entry each : cells) {
      if (cells.size() > 1 && WHOLE_CELL.matcher(each.input()).find()) {
        left.add("In [" + each.line() + "]");
      } else {
        texts.add(each.input().stripTrailing());
      }
    }
    return name.endsWith(".jsh")
        ? String.join("\n\n", texts) + "\n"
        : JavaProgramText.of(call.workshop(), texts);
  }
}
