package dev.brigade.maven;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/// A repository of Maven's layout in a directory, with jars that a test makes.
record LocalRepository(Path root) {
  /// Puts a jar there, with a pom that names what it needs.
  ///
  /// @param needs coordinates `group:artifact:version`
  void put(String group, String artifact, String version, Path jar, List<String> needs)
      throws IOException {
    Path directory =
        Files.createDirectories(
            root.resolve(group.replace('.', '/')).resolve(artifact).resolve(version));
    Files.copy(jar, directory.resolve(artifact + "-" + version + ".jar"));
    var pom =
        new StringBuilder(
            "<project><modelVersion>4.0.0</modelVersion>"
                + "<groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
                    .formatted(group, artifact, version));
    pom.append("<dependencies>");
    for (String need : needs) {
      String[] parts = need.split(":");
      pom.append(
          "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
              .formatted((Object[]) parts));
    }
    pom.append("</dependencies></project>");
    Files.writeString(directory.resolve(artifact + "-" + version + ".pom"), pom);
  }

  /// Puts a file beside a jar that is there already.
  void attach(String artifact, String classifier, String entry, String text) throws IOException {
    Path directory = root.resolve("food").resolve(artifact).resolve("1.0");
    Path jar = directory.resolve(artifact + "-1.0-" + classifier + ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(entry));
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Maven's settings with a local repository below a directory, in which nothing else is asked
  /// than a mirror.
  static Path settings(Path directory, String mirror, String more) throws IOException {
    return Files.writeString(
        directory.resolve("settings.xml"),
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors><mirror><id>ours</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
          %s
        </settings>
        """
            .formatted(directory.resolve("local"), mirror, more));
  }

  /// A jar with one class that gives a text.
  static Path jar(Path directory, String type, String text) throws IOException {
    Path source = Files.createDirectories(directory.resolve(type)).resolve(type + ".java");
    Files.writeString(
        source,
        "package food; public class %s { public static String name() { return \"%s\"; } }"
            .formatted(type, text));
    ToolProvider.getSystemJavaCompiler()
        .run(null, OutputStream.nullOutputStream(), null, source.toString());
    Path jar = directory.resolve(type + ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("food/" + type + ".class"));
      out.write(Files.readAllBytes(source.resolveSibling(type + ".class")));
    }
    return jar;
  }
}
