package dev.brigade.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A session imports the runtime and the JDK side by side: their names must not meet.
final class NamesTest {
  @Test
  void noPublicTypeBearsTheNameOfAPublicTypeOfJavaBase() throws Exception {
    Set<String> theirs = publicNamesOfJavaBase();
    assertThat(theirs).contains("Semaphore", "Future", "List");
    assertThat(ourPublicNames()).isNotEmpty().doesNotContainAnyElementsOf(theirs);
  }

  @Test
  void theFacadeHasNoNestedPublicTypes() {
    assertThat(Async.class.getClasses()).isEmpty();
  }

  private static Set<String> ourPublicNames() throws Exception {
    Path root = Path.of(Async.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return publicNames(root, root.resolve("dev/brigade/async"), 1);
  }

  private static Set<String> publicNamesOfJavaBase() throws Exception {
    Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base");
    return publicNames(root, root, Integer.MAX_VALUE);
  }

  private static Set<String> publicNames(Path root, Path under, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(under, depth)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-info"))
          .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
          .filter(NamesTest::isPublicAndExported)
          .map(name -> name.substring(name.lastIndexOf('.') + 1))
          .collect(Collectors.toSet());
    }
  }

  private static boolean isPublicAndExported(String name) {
    try {
      Class<?> type = Class.forName(name, false, NamesTest.class.getClassLoader());
      return java.lang.reflect.Modifier.isPublic(type.getModifiers())
          && type.getModule().isExported(type.getPackageName());
    } catch (ClassNotFoundException | LinkageError _) {
      return false;
    }
  }
}
