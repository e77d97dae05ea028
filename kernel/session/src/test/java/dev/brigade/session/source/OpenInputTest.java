package dev.brigade.session.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenInputTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "int twice(int n) {",
        "f(1,",
        "int[] a = {1, [",
        "/* a comment",
        "/*/",
        "\"\"\"\ntext",
        "\"\"\"",
        "if (x) { // }",
        "f(\")\"",
        "%%bash\nls",
        "%%bash\nls\n"
      })
  void openTextGoesOn(String code) {
    assertThat(OpenInput.isOpen(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 + 1",
        "int twice(int n) { return 2 * n; }",
        "\"{\" + '('",
        "// {",
        "/* ( */",
        "\"\"\"\n{\"\"\"",
        "}",
        "%%bash\nls\n\n",
        "%tasks"
      })
  void closedTextIsClosed(String code) {
    assertThat(OpenInput.isOpen(code)).isFalse();
  }

  @Test
  void theNextLineIsDeeperAfterWhatOpens() {
    assertThat(OpenInput.indent("for (;;) {")).isEqualTo("    ");
    assertThat(OpenInput.indent("f(\n  g(1,")).isEqualTo("  ");
    assertThat(OpenInput.indent("  f(() ->  // why\n")).isEqualTo("      ");
    assertThat(OpenInput.indent("  x = \"{\" +")).isEqualTo("  ");
    assertThat(OpenInput.indent("a > b")).isEmpty();
  }
}
