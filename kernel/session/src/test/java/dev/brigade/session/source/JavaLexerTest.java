package dev.brigade.session.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JavaLexerTest {
  @Test
  void tellsKeywordsTypesNamesNumbersAndStringsApart() {
    assertThat(words("var List x = 0xE+1 + 1.5e-3f + \"a\\\"b\" + 'c';"))
        .containsExactly(
            "KEYWORD var",
            "TYPE List",
            "NAME x",
            "SYMBOL =",
            "NUMBER 0xE",
            "SYMBOL +",
            "NUMBER 1",
            "SYMBOL +",
            "NUMBER 1.5e-3f",
            "SYMBOL +",
            "STRING \"a\\\"b\"",
            "SYMBOL +",
            "STRING 'c'",
            "SYMBOL ;");
  }

  @Test
  void keepsCommentsAndTextBlocksWhole() {
    assertThat(words("a // b \"c\nd /* e\n// f */ g\n\"\"\"\n/h \"i\" \\\"\"\"\n\"\"\" j"))
        .containsExactly(
            "NAME a",
            "COMMENT // b \"c",
            "NAME d",
            "COMMENT /* e\n// f */",
            "NAME g",
            "STRING \"\"\"\n/h \"i\" \\\"\"\"\n\"\"\"",
            "NAME j");
  }

  @Test
  void endsAnUnfinishedStringAtItsLineAndAnUnfinishedBlockAtTheEnd() {
    assertThat(words("\"ab\nx /* y")).containsExactly("STRING \"ab", "NAME x", "COMMENT /* y");
    assertThat(words("\"\"\"\nab\\")).containsExactly("STRING \"\"\"\nab\\");
    assertThat(words("\"ab\\")).containsExactly("STRING \"ab\\");
  }

  @Test
  void takesCommandsOnlyAtTheStartOfALine() {
    assertThat(words("%time a % b\n/list\na /b\n%%trace"))
        .containsExactly(
            "COMMAND %time",
            "NAME a",
            "SYMBOL %",
            "NAME b",
            "COMMAND /list",
            "NAME a",
            "SYMBOL /",
            "NAME b",
            "COMMAND %%trace");
  }

  @Test
  void knowsAnnotationsAndAnnotationTypes() {
    assertThat(words("@Override @interface A {}"))
        .containsExactly(
            "ANNOTATION @Override", "KEYWORD @interface", "TYPE A", "SYMBOL {", "SYMBOL }");
  }

  private static List<String> words(String source) {
    return JavaLexer.tokens(source).stream()
        .map(token -> token.kind() + " " + source.substring(token.start(), token.end()))
        .toList();
  }
}
