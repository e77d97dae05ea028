package dev.brigade.jupyter.output;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files with what cells have printed beyond the limit. They go when the kernel ends; those of
/// a kernel that was killed go soon after the next one starts.
///
/// So their names say whose they are: `brigade-output-SPACE-PID-RANDOM.txt`. A process number means
/// something only in its space: containers that share a directory do not see each other's
/// processes, and would take living ones for dead.
public final class FloodFiles {
  private static final String PREFIX = "brigade-output-";
  private static final Pattern NAME =
      Pattern.compile(PREFIX + "(\\d{1,20})-(\\d{1,18})-\\d+\\.txt");
  private static final String NO_SPACE = "0";

  private final Path directory;

  FloodFiles(Path directory) {
    this.directory = directory;
  }

  /// Those in the system's directory for temporary files.
  public static FloodFiles system() {
    return new FloodFiles(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /// Makes one that goes with this process.
  Path create() throws IOException {
    String owner = PREFIX + space() + "-" + ProcessHandle.current().pid() + "-";
    Path file = Files.createTempFile(directory, owner, ".txt");
    file.toFile().deleteOnExit();
    return file;
  }

  /// What Linux calls the namespace of this process's number; elsewhere there is only one.
  private static String space() {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      String number = link.replaceAll("\\D", "");
      return number.isEmpty() ? NO_SPACE : number;
    } catch (IOException | UnsupportedOperationException e) {
      return NO_SPACE;
    }
  }

  /// Removes this user's files whose process is gone. What cannot be read or removed stays.
  public void removeAbandoned() {
    try {
      List<Path> abandoned = abandoned();
      if (abandoned.isEmpty()) return;
      UserPrincipal user = user();
      for (Path file : abandoned) {
        boolean own =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(user);
        if (own) Files.deleteIfExists(file);
      }
    } catch (IOException | DirectoryIteratorException | UnsupportedOperationException e) {
      // The next kernel tries again.
    }
  }

  private List<Path> abandoned() throws IOException {
    var found = new ArrayList<Path>();
    String space = space();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || !name.group(1).equals(space)) continue;
        if (ProcessHandle.of(Long.parseLong(name.group(2))).isEmpty()) found.add(file);
      }
    }
    return found;
  }

  /// The owner of what this process makes: its name alone may be unknown to the system.
  private UserPrincipal user() throws IOException {
    Path own = create();
    try {
      return Files.getOwner(own);
    } finally {
      Files.deleteIfExists(own);
    }
  }
}
