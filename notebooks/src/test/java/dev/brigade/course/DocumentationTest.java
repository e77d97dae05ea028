package dev.brigade.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The documents of the repository say what is there.
final class DocumentationTest {
  private static final Path ROOT = Path.of(System.getProperty("brigade.root"));
  // In backticks: a type name, perhaps with a member behind it.
  private static final Pattern TYPE =
      Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)\\b[^`]*`");
  private static final Pattern PACKAGE = Pattern.compile("`(dev\\.brigade(?:\\.[a-z]+)*)`");
  // Named in ARCHITECTURE.md and at home in the JDK.
  private static final Set<String> JDKS =
      Set.of(
          "InheritableThreadLocal", "MutableCallSite", "DirectExecutionControl", "ServiceLoader");

  @Test
  void everyTypeTheArchitectureNamesExists() throws Exception {
    Set<String> named = matches(read("ARCHITECTURE.md"), TYPE);
    named.removeAll(JDKS);
    assertThat(named).hasSizeGreaterThan(10);
    assertThat(sourceTypes()).containsAll(named);
  }

  @Test
  void everyPackageIsInTheArchitectureAndEveryOneNamedExists() throws Exception {
    assertThat(matches(read("ARCHITECTURE.md"), PACKAGE)).isEqualTo(sourcePackages());
  }

  @Test
  void theContinuousBuildRunsTheReadmesTestCommand() throws Exception {
    List<String> script =
        read(".ci/run")
            .lines()
            .filter(
                line ->
                    !line.startsWith("#") && !line.startsWith("set ") && !line.startsWith("cd "))
            .toList();
    String tests = read("README.md").split("## Run the tests", -1)[1];
    Matcher command = Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL).matcher(tests);
    assertThat(command.find()).isTrue();
    assertThat(script).containsExactly(command.group(1));
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static Set<String> matches(String text, Pattern pattern) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> sourceTypes() throws IOException {
    return sources()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> sourcePackages() throws IOException {
    return sources()
        .filter(file -> file.endsWith("package-info.java"))
        .map(file -> file.toString().replaceAll(".*/src/main/java/|/package-info\\.java", ""))
        .map(name -> name.replace('/', '.'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Path> sources() throws IOException {
    List<Path> found;
    try (Stream<Path> tree = Files.walk(ROOT)) {
      found =
          tree.filter(file -> file.toString().contains("/src/main/java/"))
              .filter(file -> file.toString().endsWith(".java"))
              .toList();
    }
    return found.stream();
  }
}
