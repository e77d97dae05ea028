package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnippetShapeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 + 1",
        "\"text\".length()",
        "(1 + 2) * 3",
        "-x",
        "new ArrayList<String>()",
        "System.out.println(1);",
        "await(gather(a(), b()))",
        "list.get(0)",
        "list [0] = 1",
        "a.b.c",
        "i++",
        "total += 2",
        "x == y",
        "x != y",
        "x > y",
        "ready ? 1 : 2",
        "this"
      })
  void anExpressionIsKnownByItsFirstWords(String text) {
    SnippetShape shape = Objects.requireNonNull(SnippetShape.evident(text));
    assertThat(shape.expression()).isTrue();
    assertThat(shape.shown()).isTrue();
    assertThat(shape.identifier()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int x = 1",
        "var x = f()",
        "String name",
        "String[] names = {}",
        "Map<String, Integer> map = Map.of()",
        "java.util.List<String> list",
        "a < b",
        "void f() {}",
        "int f(int x) { return x; }",
        "record Point(int x) {}",
        "sealed interface A permits B {}",
        "final class A {}",
        "@Deprecated void f() {}",
        "import java.util.*;",
        "switch (x) { default -> 1; }",
        "throw new RuntimeException()",
        "x -> x + 1",
        "List::of",
        "label: for (;;) {}",
        "o instanceof String"
      })
  void whatMayDeclareSomethingNeedsAParser(String text) {
    assertThat(SnippetShape.evident(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (;;) {}",
        "while (true) {}",
        "if (a) b();",
        "try { } finally { }",
        "do {} while (a);"
      })
  void aStatementIsKnownByItsKeyword(String text) {
    assertThat(SnippetShape.evident(text)).isEqualTo(SnippetShape.STATEMENT);
  }

  @Test
  void theValueOfAnAssignmentToAVariableIsNotShown() {
    assertThat(Objects.requireNonNull(SnippetShape.evident("x = f(1);")).shown()).isFalse();
    assertThat(Objects.requireNonNull(SnippetShape.evident("a.x = 1")).shown()).isTrue();
  }

  @Test
  void aNameAloneIsAnIdentifier() {
    assertThat(Objects.requireNonNull(SnippetShape.evident("total;")).identifier()).isTrue();
    assertThat(Objects.requireNonNull(SnippetShape.evident("total")).identifier()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"f(g(1), \"(\");", "a.b(2).f(x -> { return (1); }) ;", "f()"})
  void theMethodThatIsCalledAtLastIsKnown(String text) {
    assertThat(Objects.requireNonNull(SnippetShape.evident(text)).method()).isEqualTo("f");
  }
}
