package dev.brigade.session.engine;

import java.util.regex.Pattern;

/// Javadoc comments, HTML with tags, as text for people.
final class JavadocText {
  private static final Pattern CODE = Pattern.compile("\\{@(?:code|literal)\\s+([^}]*)}");
  private static final Pattern LINK =
      Pattern.compile(
          "\\{@(?:link|linkplain)\\s+[^\\s}]*?([\\w.#]+(?:\\([^)]*\\))?)(?:\\s+([^}]*))?}");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^\\s*@(param|return|throws|see|since|apiNote|implNote|implSpec)\\b");

  static String plain(String javadoc) {
    String text = CODE.matcher(types(javadoc)).replaceAll("$1");
    text = links(text, "");
    text =
        text.replaceAll("(?i)<li>\\s*", "\n- ")
            .replaceAll(
                "(?i)<p>|</p>|<br\\s*/?>|</?(ul|ol|dl|pre|blockquote|h\\d|table|tr)\\b[^>]*>", "\n")
            .replaceAll("<[^>\\n]+>", "");
    return tidy(entities(BLOCK.matcher(text).replaceAll("\n@$1")));
  }

  static String markdown(String javadoc) {
    String text = CODE.matcher(types(javadoc)).replaceAll("`$1`");
    text = links(text, "`");
    text =
        text.replaceAll("(?i)</?(code|tt)>", "`")
            .replaceAll("(?i)</?(em|i)>", "*")
            .replaceAll("(?i)</?(b|strong)>", "**")
            .replaceAll("(?i)<li>\\s*", "\n- ")
            .replaceAll(
                "(?i)<p>|</p>|<br\\s*/?>|</?(ul|ol|dl|blockquote|h\\d|table|tr)\\b[^>]*>", "\n\n")
            .replaceAll("(?i)</?pre\\b[^>]*>", "\n```\n")
            .replaceAll("<[^>\\n]+>", "");
    return tidy(entities(BLOCK.matcher(text).replaceAll("\n\n**$1**")));
  }

  /// Type parameters look like tags, and are none.
  private static String types(String javadoc) {
    return javadoc.replaceAll("@param\\s+<(\\w+)>", "@param &lt;$1&gt;");
  }

  private static String links(String text, String quote) {
    return LINK.matcher(text)
        .replaceAll(
            link -> {
              String label = link.group(2) == null ? link.group(1) : link.group(2);
              return java.util.regex.Matcher.quoteReplacement(
                  quote + label.replace('#', '.') + quote);
            });
  }

  private static String entities(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&#064;", "@")
        .replace("&amp;", "&");
  }

  private static String tidy(String text) {
    return text.replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n").strip();
  }

  private JavadocText() {}
}
