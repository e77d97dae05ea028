package dev.brigade.session.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// Paths as one writes them after a command: in quotes if there are spaces in them, relative to the
/// working directory, with `~` for the home directory, and with the patterns `*`, `?`, `[abc]`,
/// `{a,b}` and `**`.
final class PathWords {
  private static final String PATTERN = ".*[*?\\[{].*";

  /// Cuts a line into words at spaces that are not in quotes and not after a backslash.
  ///
  /// @throws CellFailure a quote is not closed
  static List<String> split(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) quote = 0;
        else word.append(c);
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (c == '\\' && i + 1 < line.length() && " \"'\\".indexOf(line.charAt(i + 1)) >= 0) {
        word.append(line.charAt(++i));
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) words.add(word.toString());
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw CellFailure.of(
          "WrongArgument", "a quote is closed by the same quote, and " + quote + " is still open");
    }
    if (inWord) words.add(word.toString());
    return words;
  }

  /// The files that words mean. A pattern means the jars and directories it fits, in the order of
  /// their names; what is there by exactly the name that was written is no pattern.
  ///
  /// @param base where relative paths begin, absolute
  /// @throws CellFailure a pattern fits nothing
  static List<Path> files(List<String> words, Path base) {
    var found = new ArrayList<Path>();
    for (String word : words) {
      try {
        Path path = path(word, base);
        if (!word.matches(PATTERN) || Files.exists(path)) {
          found.add(named(path, word, words, base));
          continue;
        }
        List<Path> fitting = fitting(path);
        if (fitting.isEmpty()) throw nothingFits(word, base);
        found.addAll(fitting);
      } catch (InvalidPathException e) {
        throw CellFailure.of(
            "WrongArgument",
            "this system takes no path like `" + word + "`: " + e.getReason() + NOTHING);
      } catch (PatternSyntaxException e) {
        throw CellFailure.of(
            "WrongArgument",
            "`" + word + "` is neither a file nor a pattern: " + e.getDescription() + NOTHING);
      } catch (IOException e) {
        throw CellFailure.of("NoSuchFile", "`" + word + "` cannot be looked for: " + e + NOTHING);
      }
    }
    return found;
  }

  private static final String NOTHING = ". Nothing was added";

  /// The path of one word without patterns.
  ///
  /// @param base where relative paths begin, absolute
  static Path path(String word, Path base) {
    String home = System.getProperty("user.home");
    if (word.equals("~")) return Path.of(home);
    return base.resolve(word.startsWith("~/") ? Path.of(home, word.substring(2)) : Path.of(word));
  }

  private static Path named(Path path, String word, List<String> words, Path base) {
    if (Files.exists(path)) return path;
    if (Files.exists(base.resolve(String.join(" ", words)))) {
      throw CellFailure.of(
          "NoSuchFile",
          "words are paths of their own, and there is no `%s`. %s\n  wrong: %s\n  right: \"%s\""
              .formatted(
                  word,
                  "A path with spaces is written in quotes",
                  String.join(" ", words),
                  String.join(" ", words)));
    }
    if (word.contains(File.pathSeparator)) {
      throw CellFailure.of(
          "NoSuchFile",
          "there is no `%s`. Paths are separated by spaces here\n  right: %s"
              .formatted(word, word.replace(File.pathSeparator, " ")));
    }
    return path;
  }

  private static CellFailure nothingFits(String word, Path base) {
    return CellFailure.of(
        "NoSuchFile",
        "a pattern means the jars and directories it fits, and `"
            + word
            + "` fits none"
            + NOTHING
            + ". Relative paths begin in the working directory, "
            + base);
  }

  private static List<Path> fitting(Path pattern) throws IOException {
    Path root = pattern.getRoot();
    var found = List.of(root == null ? Path.of("") : root);
    for (Path name : pattern) {
      var next = new ArrayList<Path>();
      for (Path directory : found) step(directory, name.toString(), next);
      found = next;
    }
    return found.stream()
        .filter(file -> Files.isDirectory(file) || file.toString().endsWith(".jar"))
        .distinct()
        .toList();
  }

  /// From a directory to what one name of a pattern means in it.
  private static void step(Path directory, String name, List<Path> found) throws IOException {
    if (!name.matches(PATTERN)) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) found.add(file);
      return;
    }
    boolean deep = name.equals("**");
    if (deep) found.add(directory);
    if (!Files.isDirectory(directory)) return;
    var here = new ArrayList<Path>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, deep ? "*" : name)) {
      files.forEach(here::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    here.removeIf(file -> isHidden(file) && !name.startsWith("."));
    here.sort(null);
    if (!deep) found.addAll(here);
    for (Path each : here) {
      if (deep && Files.isDirectory(each) && !Files.isSymbolicLink(each)) step(each, name, found);
    }
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private PathWords() {}
}
