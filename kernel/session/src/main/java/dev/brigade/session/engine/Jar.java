package dev.brigade.session.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// What is known of a jar, or a directory of classes, before it is used.
///
/// @param classes the names of its top-level classes; of a directory those without a package
record Jar(Path path, Set<String> classes) {
  private static final String CLASS = ".class";
  private static final int NAMED = 3;

  /// Looks into one that is asked for.
  ///
  /// @param base where relative paths begin
  /// @throws CellFailure it is missing, or neither a directory nor a jar
  static Jar of(Path path, Path base) {
    if (!Files.exists(path)) {
      throw CellFailure.of(
          "NoSuchFile",
          "a class path has jars and directories that are there, and "
              + path
              + " is not. Nothing was added. Relative paths begin in the working directory, "
              + base);
    }
    try {
      return read(path);
    } catch (IOException e) {
      throw CellFailure.of(
          "NotAJar",
          "a class path has jars and directories, and "
              + path
              + " is neither: "
              + (e instanceof ZipException ? e.getMessage() : e)
              + ". Nothing was added. "
              + advice(path));
    }
  }

  /// One that nobody has looked into: without classes if that cannot be done.
  static Jar ifReadable(Path path) {
    try {
      return read(path);
    } catch (IOException _) {
      return new Jar(path, Set.of());
    }
  }

  private static Jar read(Path path) throws IOException {
    var classes = new TreeSet<String>();
    if (Files.isDirectory(path)) {
      // No deeper: it may be somebody's home.
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + CLASS)) {
        for (Path file : files) add(classes, file.getFileName().toString());
      }
    } else {
      try (var zip = new ZipFile(path.toFile())) {
        zip.stream().map(ZipEntry::getName).forEach(name -> add(classes, name));
      }
    }
    return new Jar(path, classes);
  }

  private static void add(Set<String> classes, String entry) {
    if (!entry.endsWith(CLASS) || entry.startsWith("META-INF/") || entry.contains("$")) return;
    String name = entry.substring(0, entry.length() - CLASS.length()).replace('/', '.');
    if (!name.endsWith("-info")) classes.add(name);
  }

  private static String advice(Path path) {
    String name = path.getFileName().toString();
    if (name.endsWith(CLASS)) {
      return "For a class file, add the directory in which the directories of its package begin";
    }
    if (name.endsWith(".java")) return "Source goes into a cell as it is";
    return "If it was downloaded, look whether it came whole";
  }

  /// What there is to say of it: which of its classes an earlier one has too, and which cannot be
  /// named.
  List<String> remarks(Collection<Jar> earlier) {
    var remarks = new ArrayList<String>();
    for (Jar other : earlier) {
      List<String> both = classes.stream().filter(other.classes::contains).toList();
      if (both.isEmpty()) continue;
      remarks.add(
          subject(both)
              + " in "
              + other.path.getFileName()
              + " too, which comes first and wins: "
              + some(both));
    }
    List<String> bare = classes.stream().filter(name -> !name.contains(".")).toList();
    if (!bare.isEmpty()) {
      remarks.add(subject(bare) + " out of reach for cells, for want of a package: " + some(bare));
    }
    return remarks;
  }

  private String subject(List<String> names) {
    return (names.size() == 1 ? "1 class of " : names.size() + " classes of ")
        + path.getFileName()
        + (names.size() == 1 ? " is" : " are");
  }

  private static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? first + ", ..." : first;
  }
}
