package dev.brigade.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The map from CPython's tests to ours names tests that are there.
final class AsyncioTestsTest {
  private static final Path ROOT = Path.of(System.getProperty("brigade.root"));
  private static final Path TESTS = ROOT.resolve("kernel/async/src/test/java/dev/brigade/async");
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+) \\| .+ \\| .+ \\| (.+) \\|$", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @Test
  void everyRowNamesTestsThatExist() throws Exception {
    String map = Files.readString(ROOT.resolve("docs/asyncio-tests.md"));
    int rows = 0;
    for (var row : ROW.matcher(map).results().toList()) {
      assertThat(row.group(1)).isEqualTo(String.valueOf(++rows));
      List<String[]> names =
          NAME.matcher(row.group(2))
              .results()
              .map(name -> new String[] {name.group(1), name.group(2)})
              .toList();
      assertThat(names).as("row " + rows).isNotEmpty();
      for (String[] name : names) requireTest(name[0], name[1]);
    }
    assertThat(rows).isEqualTo(60);
  }

  private static void requireTest(String type, String method) throws Exception {
    String source = Files.readString(TESTS.resolve(type + ".java"));
    assertThat(source)
        .as(type + "." + method)
        .containsPattern("@(?:Test|ParameterizedTest)\\b[^{;]*\\bvoid " + method + "\\(");
  }
}
