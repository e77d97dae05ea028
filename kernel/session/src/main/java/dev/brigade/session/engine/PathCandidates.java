package dev.brigade.session.engine;

import dev.brigade.session.Completions;
import dev.brigade.session.Completions.Candidate;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Completes the last of the words that [PathWords] reads: with files, and with directories, which
/// may lead to files.
final class PathCandidates {
  private static final int SHOWN = 60;

  /// The files in the directory that the last word begins with.
  ///
  /// @param line the words, of which the last may be unfinished
  /// @param base where relative paths begin, absolute
  /// @param ends how the names of files may end; none for any
  static Completions of(String line, Path base, String... ends) {
    int start = lastWord(line);
    String typed = line.substring(start);
    char quote = typed.startsWith("\"") || typed.startsWith("'") ? typed.charAt(0) : 0;
    // What stands before the last name stays as it was typed: a front end may insist on that.
    int name = Math.max(typed.lastIndexOf('/') + 1, quote == 0 ? 0 : 1);
    var found = new ArrayList<Candidate>();
    for (Path file :
        files(typed.substring(0, name) + (quote == 0 ? "" : quote), typed, name, base, ends)) {
      boolean more = Files.isDirectory(file);
      String own = file.getFileName().toString();
      String text = quote == 0 ? own.replaceAll("[ \"'\\\\]", "\\\\$0") : own + (more ? "" : quote);
      found.add(new Candidate(typed.substring(0, name) + text + (more ? "/" : ""), "path", ""));
    }
    return new Completions(start, line.length(), found);
  }

  /// Where the last word begins, which may be empty.
  private static int lastWord(String line) {
    int start = 0;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '\\') {
        i++;
      } else if (Character.isWhitespace(c)) {
        start = i + 1;
      }
    }
    return start;
  }

  private static List<Path> files(
      String directory, String typed, int name, Path base, String... ends) {
    try {
      List<String> words = PathWords.split(directory);
      Path in = PathWords.path(words.isEmpty() ? "" : words.getFirst(), base);
      // An escaped space may be half typed.
      String begin = typed.substring(name).replaceAll("\\\\(.)?", "$1");
      var found = new ArrayList<Path>();
      try (DirectoryStream<Path> all = Files.newDirectoryStream(in)) {
        for (Path file : all) if (fits(file, begin, ends)) found.add(file);
      }
      found.sort(null);
      return found.subList(0, Math.min(SHOWN, found.size()));
    } catch (IOException | DirectoryIteratorException | InvalidPathException | CellFailure _) {
      return List.of(); // nothing there yet
    }
  }

  private static boolean fits(Path file, String begin, String... ends) {
    String name = file.getFileName().toString();
    return name.startsWith(begin)
        && (begin.startsWith(".") || !name.startsWith("."))
        && (ends.length == 0
            || Stream.of(ends).anyMatch(name::endsWith)
            || Files.isDirectory(file));
  }

  private PathCandidates() {}
}
