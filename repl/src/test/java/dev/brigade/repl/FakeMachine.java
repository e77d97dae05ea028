package dev.brigade.repl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A machine in a directory, to run install.sh on: its own tools, JDKs, home, and a source tree of
/// which only the scripts are real.
final class FakeMachine {
  private static final Path ROOT = Path.of(System.getProperty("brigade.root"));

  /// The tools that every machine has; a test adds others.
  private static final List<String> TOOLS =
      List.of(
          "basename",
          "bash",
          "cat",
          "chmod",
          "cp",
          "dirname",
          "env",
          "grep",
          "id",
          "ls",
          "mkdir",
          "mv",
          "paste",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sh",
          "sleep",
          "uname");

  private final Path directory;

  /// What a script run has left behind.
  record Result(int code, String output) {}

  FakeMachine(Path directory) throws IOException {
    this.directory = directory;
    for (String name : TOOLS) tool(name, "exec " + real(name) + " \"$@\"\n");
    Files.createDirectories(home());
    for (String file : List.of("install.sh", "LICENSE", "build/find-jdk.sh"))
      copy(ROOT.resolve(file));
    try (Stream<Path> files = Files.walk(ROOT.resolve("repl/src/main/dist"))) {
      files.filter(Files::isRegularFile).forEach(this::copy);
    }
  }

  Path home() {
    return directory.resolve("home");
  }

  Path source() {
    return directory.resolve("source");
  }

  /// Adds a tool: what follows the first line of a shell script.
  void tool(String name, String script) throws IOException {
    executable(directory.resolve("bin").resolve(name), script);
  }

  /// Adds a JDK whose `java` keeps its arguments in `java.log` and does what a test needs.
  Path jdk(String name, String version) throws IOException {
    Path home = directory.resolve("jvm").resolve(name);
    executable(
        home.resolve("bin/java"),
        """
        printf '%%s\\n' "$*" >> "%s/java.log"
        case "$*" in
          *" kernelspec "*) shift $(($# - 2)); mkdir -p "$1" && echo "$2" > "$1/kernel.json" ;;
          *" train") for a; do case $a in -XX:AOTCacheOutput=*) echo cache > "${a#*=}" ;; esac; done ;;
          *" run "*) echo "Fetched 0" ;;
        esac
        """
            .formatted(directory));
    executable(home.resolve("bin/javac"), "exit 0\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /// Adds a Maven that leaves the jars a build leaves.
  void maven() throws IOException {
    tool(
        "mvn",
        """
        [ "$1" = --version ] && exit
        mkdir -p target/dist/maven && echo jar > target/dist/library-1.jar
        echo jar > target/dist/maven/resolver-1.jar
        for module in kernel/async kernel/session kernel/jupyter kernel/maven repl notebooks; do
          mkdir -p $module/target && echo jar > "$module/target/brigade-$(basename $module)-1.jar"
        done
        """);
  }

  String javaLog() throws IOException {
    return Files.readString(directory.resolve("java.log"));
  }

  Result install(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("bash", source().resolve("install.sh").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  Result run(List<String> command) throws IOException, InterruptedException {
    return run(command, Map.of());
  }

  Result run(List<String> command, Map<String, String> more)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(home().toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", directory.resolve("bin").toString(),
                "HOME", home().toString(),
                "BRIGADE_JVM_DIR", directory.resolve("jvm").toString()));
    builder.environment().putAll(more);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), output);
  }

  /// Every file below a directory, relative to it.
  static List<String> files(Path directory) throws IOException {
    if (!Files.exists(directory)) return List.of();
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static Path real(String tool) {
    return Stream.of("/usr/bin", "/bin")
        .map(place -> Path.of(place, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private void copy(Path file) {
    try {
      Path target = source().resolve(ROOT.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
