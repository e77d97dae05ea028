package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Makes jars for tests.
final class Jars {
  /// Compiles sources, each of which begins with its package, into a directory of classes.
  static Path compile(Path classes, String... sources) throws IOException {
    Path texts = Files.createDirectories(classes.resolveSibling(classes.getFileName() + "-src"));
    var arguments = new ArrayList<>(List.of("-d", classes.toString()));
    for (String source : sources) {
      String name = source.replaceAll("(?s).*?public (?:class|record|interface) (\\w+).*", "$1");
      Path file = texts.resolve(name + ".java");
      Files.writeString(file, source);
      arguments.add(file.toString());
    }
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, OutputStream.nullOutputStream(), null, arguments.toArray(String[]::new));
    assertThat(exit).isZero();
    return classes;
  }

  /// Compiles sources into a jar.
  static Path jar(Path jar, String... sources) throws IOException {
    Path classes = compile(jar.resolveSibling(jar.getFileName() + "-classes"), sources);
    Files.createDirectories(jar.getParent());
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }

  private Jars() {}
}
