package dev.brigade.session.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// A file as the cells to run, in order.
///
/// @param name the file's name, as errors say it
public record Program(String name, List<Step> steps) {
  private static final Set<String> EXITS = Set.of("/exit", "/quit");

  public Program {
    steps = List.copyOf(steps);
  }

  /// Reads a `.ipynb`, `.jsh` or `.java` file.
  ///
  /// @param arguments what a program's `main` gets
  public static Program read(Path file, List<String> arguments) throws UnreadableFile {
    String name = String.valueOf(file.getFileName());
    String extension = name.substring(Math.max(0, name.lastIndexOf('.')));
    return switch (extension) {
      case ".ipynb" -> new Program(name, NotebookFile.steps(file.toString(), text(file)));
      case ".jsh" -> new Program(name, List.of(Step.of(name, script(text(file)))));
      case ".java" -> new Program(name, JavaFile.steps(name, text(file), arguments));
      default ->
          throw new UnreadableFile(
              "%s cannot be run: the name must end in .ipynb, .jsh or .java, not %s."
                  .formatted(file, extension.startsWith(".") ? "in " + extension : "without one"));
    };
  }

  private static String text(Path file) throws UnreadableFile {
    try {
      if (Files.isDirectory(file)) {
        throw new UnreadableFile(file + " is a directory; name one file in it.");
      }
      String text = Files.readString(file);
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (NoSuchFileException missing) {
      throw new UnreadableFile(
          "There is no file %s (looked in %s)."
              .formatted(file, file.toAbsolutePath().normalize().getParent()));
    } catch (CharacterCodingException notUtf8) {
      throw new UnreadableFile(file + " is not UTF-8 text; save it as UTF-8 and try again.");
    } catch (IOException cannotRead) {
      throw new UnreadableFile("%s cannot be read: %s.".formatted(file, cannotRead));
    }
  }

  /// A script as one cell: slash commands become magics; `/exit` ends it, as in jshell.
  private static String script(String source) {
    String code = source.replace("\r\n", "\n");
    for (Token token : JavaLexer.tokens(code)) {
      if (token.kind() == Token.Kind.COMMAND
          && EXITS.contains(code.substring(token.start(), token.end()))) {
        code = code.substring(0, token.start());
        break;
      }
    }
    return SlashCommands.toMagics(code);
  }
}
