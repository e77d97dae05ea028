package dev.brigade.course.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.view.TimelineSvg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pictures in `docs/pictures` are what the programs beside them give: `NAME.jsh` makes
/// `NAME.svg`, and `NAME.left.jsh` and `NAME.right.jsh` make one side by side.
///
/// `build/pictures.sh` draws them anew.
final class PicturesTest {
  private static final Path DOCS = Path.of(System.getProperty("brigade.root"), "docs");
  private static final Path PICTURES = DOCS.resolve("pictures");
  private static final boolean DRAW = Boolean.getBoolean("pictures.draw");
  private static final Pattern SHOWN = Pattern.compile("\\(pictures/([a-z-]+)\\.svg\\)");

  static Set<String> names() throws IOException {
    return files(".jsh").stream()
        .map(file -> file.replaceFirst("(\\.left|\\.right)?\\.jsh$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(PICTURES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .sorted()
          .toList();
    }
  }

  private static List<Program> programs(String name) throws IOException {
    Path alone = PICTURES.resolve(name + ".jsh");
    if (Files.exists(alone)) return List.of(Program.of(alone));
    return List.of(
        Program.of(PICTURES.resolve(name + ".left.jsh")),
        Program.of(PICTURES.resolve(name + ".right.jsh")));
  }

  private static String draw(List<Program> programs) throws Exception {
    Program first = programs.getFirst();
    if (programs.size() == 1) return TimelineSvg.of(first.trace(), first.title());
    Program second = programs.getLast();
    return TimelineSvg.sideBySide(first.trace(), first.title(), second.trace(), second.title());
  }

  @ParameterizedTest
  @MethodSource("names")
  void aPictureIsWhatItsProgramGives(String name) throws Exception {
    List<Program> programs = programs(name);
    Path file = PICTURES.resolve(name + ".svg");
    if (DRAW) {
      Files.writeString(file, draw(programs));
    } else if (programs.stream().allMatch(Program::isVirtual)) {
      assertThat(draw(programs))
          .as(file + "; build/pictures.sh draws it anew")
          .isEqualTo(Files.readString(file));
    } else {
      // Real time gives other numbers each time.
      for (Program program : programs)
        assertThat(Files.readString(file)).contains(">" + program.title() + ": ");
    }
  }

  @Test
  void everyPictureHasItsProgramAndIsShown() throws IOException {
    Set<String> drawn =
        files(".svg").stream()
            .map(file -> file.replaceFirst("\\.svg$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(drawn).isEqualTo(names());
    Set<String> shown =
        SHOWN
            .matcher(Files.readString(DOCS.resolve("seeing.md")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shown).isEqualTo(drawn);
  }
}
