package dev.brigade.session.engine;

import dev.brigade.session.MimeBundle;

/// What is known of a name in the three forms that front ends ask for: the terminal shows the plain
/// text, JupyterLab takes HTML before Markdown.
final class InspectionText {
  private final StringBuilder plain = new StringBuilder();
  private final StringBuilder markdown = new StringBuilder();
  private final StringBuilder html = new StringBuilder();

  boolean isEmpty() {
    return plain.isEmpty();
  }

  /// Java as it is written: a signature or a source.
  void java(String code) {
    plain.append(code).append('\n');
    markdown.append("```java\n").append(code).append("\n```\n\n");
    html.append("<pre><code>").append(JavadocText.escaped(code)).append("</code></pre>\n");
  }

  /// A documentation comment.
  void documentation(String javadoc) {
    if (javadoc.isBlank()) return;
    plain.append(JavadocText.plain(javadoc).indent(2)).append('\n');
    markdown.append(JavadocText.markdown(javadoc)).append("\n\n");
    html.append(JavadocText.html(javadoc)).append('\n');
  }

  MimeBundle bundle() {
    return MimeBundle.text(plain.toString().stripTrailing())
        .with("text/markdown", markdown.toString().stripTrailing())
        .with("text/html", html.toString().stripTrailing());
  }
}
