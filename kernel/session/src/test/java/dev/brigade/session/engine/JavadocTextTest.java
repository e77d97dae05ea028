package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavadocTextTest {
  private static final String JOINED =
      """
      Returns a copy of the
       {@code CharSequence elements}, a {@code List<String>}.

       <blockquote>For example,
       <pre>{@code
       for (int i = 0; i < 3; i++) {
         f(i);
       }
       }</pre></blockquote>

       And so on.
       @param <T> what it holds\
      """;

  @Test
  void linesOfACommentStandUnderEachOther() {
    assertThat(JavadocText.plain(JOINED))
        .startsWith("Returns a copy of the\nCharSequence elements, a List<String>.\n\nFor example,")
        .contains("\nfor (int i = 0; i < 3; i++) {\n  f(i);\n}\n")
        .contains("\nAnd so on.\n\n@param <T> what it holds");
  }

  @Test
  void codeInLinesOfItsOwnIsFencedOnce() {
    assertThat(JavadocText.markdown(JOINED))
        .contains("`CharSequence elements`, a `List<String>`.")
        .contains("```\nfor (int i = 0; i < 3; i++) {\n  f(i);\n}\n```\n")
        .doesNotContain("````", "`for");
    assertThat(JavadocText.html(JOINED))
        .contains("<code>List&lt;String&gt;</code>")
        .contains("<pre>for (int i = 0; i &lt; 3; i++) {\n  f(i);\n}\n</pre>");
  }

  @Test
  void aSnippetIsCode() {
    String comment = "Sends it.\n {@snippet lang=java :\n   if (x < 1) { f(); }\n }\n Later.";
    assertThat(JavadocText.plain(comment)).isEqualTo("Sends it.\n\nif (x < 1) { f(); }\n\nLater.");
    assertThat(JavadocText.markdown(comment)).contains("```\nif (x < 1) { f(); }\n```");
  }
}
