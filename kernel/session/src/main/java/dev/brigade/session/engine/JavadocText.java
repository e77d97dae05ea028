package dev.brigade.session.engine;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Javadoc comments as text for people: HTML with tags, to which JShell also turns Markdown.
final class JavadocText {
  // Braces inside are balanced, as javadoc wants them.
  private static final String BODY = "((?:[^{}]++|\\{(?:[^{}]++|\\{[^{}]*+})*+})*+)}";
  private static final Pattern CODE = Pattern.compile("\\{@(?:code|literal)\\s+" + BODY);
  private static final Pattern SNIPPET =
      Pattern.compile("\\{@snippet\\b[^:{}]*:[^\\n{}]*\\n" + BODY);
  private static final Pattern PRE = Pattern.compile("(?is)<pre\\b[^>]*>(.*?)</pre>");
  private static final Pattern LINK =
      Pattern.compile(
          "\\{@(?:link|linkplain)\\s+[^\\s}]*?([\\w.#]+(?:\\([^)]*\\))?)(?:\\s+([^}]*))?}");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^\\s*@(param|return|throws|see|since|apiNote|implNote|implSpec)\\b");

  // What a page may show of a comment; the rest of the tags, and all attributes, go.
  private static final Pattern KEPT =
      Pattern.compile(
          "(?i)<(/?)(p|ul|ol|li|dl|dt|dd|code|pre|em|i|b|strong|blockquote|br|sup|sub|table|thead|tbody"
              + "|tr|td|th)\\b[^>]*>");

  private static final Pattern NUMBERED =
      Pattern.compile("&#(?:(\\d{1,7})|[xX]([0-9a-fA-F]{1,6}));");

  static String plain(String javadoc) {
    String text = links(code(types(blocks(javadoc)), ""), "");
    text =
        text.replaceAll("(?i)<li>\\s*", "\n- ")
            .replaceAll(
                "(?i)<p>|</p>|<br\\s*/?>|</?(ul|ol|dl|pre|blockquote|h\\d|table|tr)\\b[^>]*>", "\n")
            .replaceAll("<[^>\\n]+>", "");
    return tidy(entities(BLOCK.matcher(text).replaceAll("\n@$1")));
  }

  static String markdown(String javadoc) {
    String text = links(code(types(blocks(javadoc)), "`"), "`");
    text =
        text.replaceAll("(?i)</?(code|tt)>", "`")
            .replaceAll("(?i)</?(em|i)>", "*")
            .replaceAll("(?i)</?(b|strong)>", "**")
            .replaceAll("(?i)<li>\\s*", "\n- ")
            .replaceAll(
                "(?i)<p>|</p>|<br\\s*/?>|</?(ul|ol|dl|blockquote|h\\d|table|tr)\\b[^>]*>", "\n\n")
            .replaceAll("(?i)\\n?</?pre\\b[^>]*>\\n?", "\n```\n")
            .replaceAll("<[^>\\n]+>", "");
    return tidy(entities(BLOCK.matcher(text).replaceAll("\n\n**$1**")));
  }

  static String html(String javadoc) {
    String text = links(code(types(blocks(javadoc)), "`"), "`");
    text = text.replaceAll("`([^`]*)`", "<code>$1</code>");
    text = KEPT.matcher(text).replaceAll("\u0001$1$2\u0002");
    text = text.replaceAll("</?[A-Za-z!][^>]*>", "");
    text = text.replace('\u0001', '<').replace('\u0002', '>');
    return BLOCK.matcher(text).replaceAll("<br><b>$1</b>").strip();
  }

  /// Text as HTML.
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /// A comment without the space that each line has after its star, and with code that stands in
  /// lines of its own as text in `pre`.
  private static String blocks(String javadoc) {
    String text = javadoc;
    if (text.lines().skip(1).allMatch(line -> line.isEmpty() || line.startsWith(" "))) {
      text = text.replaceAll("(?m)^ ", "");
    }
    text =
        SNIPPET
            .matcher(text)
            .replaceAll(found -> pre(escaped(found.group(1).stripTrailing().stripIndent())));
    return PRE.matcher(text)
        .replaceAll(found -> pre(code(found.group(1), "").replaceAll("(?i)</?(code|tt)>", "")));
  }

  private static String pre(String text) {
    return Matcher.quoteReplacement("<pre>" + text.stripTrailing() + "\n</pre>");
  }

  private static String code(String text, String quote) {
    return CODE.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(quote + escaped(found.group(1)) + quote));
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
              return Matcher.quoteReplacement(
                  quote + label.replaceFirst("^#", "").replace('#', '.') + quote);
            });
  }

  private static String entities(String text) {
    return NUMBERED
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(character(found)))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  private static String character(MatchResult numbered) {
    String decimal = numbered.group(1);
    int point =
        decimal == null ? Integer.parseInt(numbered.group(2), 16) : Integer.parseInt(decimal);
    return Character.isValidCodePoint(point) ? Character.toString(point) : numbered.group();
  }

  private static String tidy(String text) {
    return text.replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n").strip();
  }

  private JavadocText() {}
}
