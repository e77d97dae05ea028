package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.SessionOptions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompilerViewTest {
  private static Shell shell;

  @BeforeAll
  static void declare() {
    shell = new Shell(SessionOptions.inMemory());
    shell.enter(
        () -> {
          for (String each :
              List.of(
                  "import java.util.List;",
                  "int first = 1;",
                  "int second = 2;",
                  "record Point(int x) {}",
                  "int sum() { return first + 1; }")) {
            shell.jshell().eval(each);
          }
          return null;
        });
  }

  @BeforeEach
  void showAll() {
    shell.internals().widen();
  }

  @AfterAll
  static void close() {
    shell.close();
  }

  /// The names that JShell imports into a snippet.
  private static List<String> imported() {
    return shell.enter(
        () ->
            shell
                .analysis()
                .wrappers("1 + 1")
                .getFirst()
                .wrapped()
                .lines()
                .filter(line -> line.startsWith("import"))
                .flatMap(line -> Stream.of(line.split(";")))
                .filter(line -> !line.isBlank())
                .map(line -> line.substring(line.lastIndexOf('.') + 1))
                .toList());
  }

  @Test
  void aSnippetSeesTheVariablesAndMethodsItNames() {
    shell.internals().narrow(Set.of("second"), Set.of());
    assertThat(imported()).containsExactly("List", "second", "Point");
  }

  @Test
  void typesAndImportsAreAlwaysSeen() {
    shell.internals().narrow(Set.of(), Set.of("fresh"));
    assertThat(imported()).containsExactly("List", "Point");
  }

  @Test
  void everythingIsSeenWhereADeclarationIsUsedByAnother() {
    // sum() is compiled again with it, and names more.
    shell.internals().narrow(Set.of("first"), Set.of("first"));
    assertThat(imported()).containsExactly("List", "first", "second", "Point", "sum");
  }

  @Test
  void everythingIsSeenWhereAMethodGetsAnOverload() {
    shell.internals().narrow(Set.of("sum"), Set.of("sum"));
    assertThat(imported()).contains("first", "second");
  }

  @Test
  void aVariableThatNothingUsesIsDeclaredAgainAlone() {
    shell.internals().narrow(Set.of("second"), Set.of("second"));
    assertThat(imported()).containsExactly("List", "second", "Point");
  }

  @Test
  void everythingIsSeenWhereNobodyKnowsWhatIsDeclared() {
    shell.internals().narrow(Set.of("second"), null);
    assertThat(imported()).contains("first", "sum");
  }
}
