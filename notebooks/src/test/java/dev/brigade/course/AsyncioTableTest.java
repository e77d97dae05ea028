package dev.brigade.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The table of Python's names is whole, and what it says is here is here.
final class AsyncioTableTest {
  private static final Path TABLE = Path.of(System.getProperty("brigade.root"), "docs/asyncio.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\| (.+?) \\| (same|adapted|left out)(?:: (.+))? \\|");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final List<String> PACKAGES =
      List.of(
          "dev.brigade.async.",
          "java.lang.",
          "java.util.",
          "java.util.concurrent.",
          "java.util.concurrent.locks.",
          "java.net.");

  private static List<Row> rows;

  /// @param python the name there
  /// @param names the names here
  private record Row(String python, List<String> names, String how, String why) {}

  @BeforeAll
  static void read() throws Exception {
    rows = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      if (!line.startsWith("| `")) continue;
      Matcher row = ROW.matcher(line);
      assertThat(row.matches()).as(line).isTrue();
      List<String> names = NAME.matcher(row.group(2)).results().map(m -> m.group(1)).toList();
      rows.add(
          new Row(row.group(1), names, row.group(3), row.group(4) == null ? "" : row.group(4)));
    }
  }

  @Test
  void everyNameOfPythonHasOneRowAndNoRowIsOfAnother() throws Exception {
    assertThat(rows.stream().map(Row::python)).containsExactlyInAnyOrderElementsOf(pythonNames());
  }

  private static List<String> pythonNames() throws Exception {
    try (InputStream list = AsyncioTableTest.class.getResourceAsStream("python-names.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void everyNameOfOursExists() {
    assertThat(rows.stream().flatMap(row -> row.names().stream()).filter(name -> !exists(name)))
        .isEmpty();
  }

  @Test
  void whatIsAdaptedOrLeftOutSaysHowOrWhy() {
    assertThat(rows).allMatch(row -> row.how().equals("same") || row.why().length() > 3);
  }

  @Test
  void onlyWhatIsLeftOutHasNoNameHere() {
    assertThat(rows).allMatch(row -> row.how().equals("left out") == row.names().isEmpty());
  }

  /// A type, perhaps nested, or a public member of one.
  private static boolean exists(String name) {
    if (type(name) != null) return true;
    int dot = name.lastIndexOf('.');
    Class<?> owner = dot < 0 ? null : type(name.substring(0, dot));
    return owner != null && hasMember(owner, name.substring(dot + 1));
  }

  private static boolean hasMember(Class<?> owner, String member) {
    return Stream.concat(
            Arrays.stream(owner.getMethods()).map(Method::getName),
            Arrays.stream(owner.getFields()).map(java.lang.reflect.Field::getName))
        .anyMatch(member::equals);
  }

  private static Class<?> type(String name) {
    String[] parts = name.split("\\.");
    for (String prefix : PACKAGES) {
      Class<?> found = top(prefix + parts[0]);
      for (int i = 1; found != null && i < parts.length; i++) found = nested(found, parts[i]);
      if (found != null) return found;
    }
    return null;
  }

  private static Class<?> top(String name) {
    try {
      Class<?> found = Class.forName(name);
      return java.lang.reflect.Modifier.isPublic(found.getModifiers()) ? found : null;
    } catch (ClassNotFoundException _) {
      return null;
    }
  }

  private static Class<?> nested(Class<?> outer, String name) {
    return Arrays.stream(outer.getClasses())
        .filter(inner -> inner.getSimpleName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
