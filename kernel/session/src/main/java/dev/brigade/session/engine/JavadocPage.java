package dev.brigade.session.engine;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A type's page as the javadoc tool of JDK 7 or later has made it, for what its author wrote: the
/// comments. What the tool has added around them is left out.
///
/// @param html the whole page
record JavadocPage(String html) {
  // From JDK 13 on sections, before that boxes in lists.
  private static final Pattern TYPE =
      Pattern.compile("<(section|div) class=\"(?:class-)?description\"[^>]*>");
  private static final Pattern DETAILS = Pattern.compile("<(?:section|div) class=\"details\">");
  private static final Pattern ANCHOR =
      Pattern.compile("<(\\w+)\\b[^>]*?\\b(?:id|name)=\"([^\"]+)\"[^>]*>");
  private static final Pattern NEXT_MEMBER =
      Pattern.compile("<section class=\"detail\"|</ul>\\s*<a (?:name|id)=\"");
  private static final Pattern PART =
      Pattern.compile("<(div) class=\"(?:block|deprecation-?[bB]lock)\">|<(dl)\\b[^>]*>");
  private static final Pattern ITEM =
      Pattern.compile("(?s)<(dt|dd)\\b[^>]*>(.*?)(?=<d[td]\\b|\\z)");
  private static final Pattern PARAMETER = Pattern.compile("</code>(?:</span>)? - ");
  private static final Pattern LABEL =
      Pattern.compile("<span class=\"deprecated-?[lL]abel\">([^<]*)</span>(?:&nbsp;)?\\s*");
  private static final Pattern BUTTON = Pattern.compile("(?s)<button\\b.*?</button>");

  /// The type's own comment; empty if it has none.
  String type() {
    Matcher found = TYPE.matcher(html);
    if (!found.find()) return "";
    return comment(html.substring(found.start(), end(found.group(1), found.start())));
  }

  /// A member's comment; empty if it has none.
  ///
  /// @param names what its anchor may be called
  String member(Set<String> names) {
    Matcher details = DETAILS.matcher(html);
    Matcher anchor = ANCHOR.matcher(html);
    for (int from = details.find() ? details.end() : 0; anchor.find(from); from = anchor.end()) {
      String name = anchor.group(2).replace("&lt;", "<").replace("&gt;", ">").replace(" ", "");
      if (names.contains(name) || names.stream().anyMatch(each -> isAnnotated(name, each))) {
        return member(anchor);
      }
    }
    return "";
  }

  /// The tool of JDK 11 wrote a type's annotations right before it, as in `m(@a.Positiveint)`.
  private static boolean isAnnotated(String anchor, String name) {
    if (anchor.indexOf('@') < 0) return false;
    String[] there = anchor.split("[(,)]");
    String[] wanted = name.split("[(,)]");
    if (there.length != wanted.length || !there[0].equals(wanted[0])) return false;
    for (int i = 1; i < there.length; i++) {
      boolean same = there[i].startsWith("@") && there[i].endsWith(wanted[i]);
      if (!same && !there[i].equals(wanted[i])) return false;
    }
    return true;
  }

  private String member(Matcher anchor) {
    int start = anchor.start();
    String tag = "section";
    if (!anchor.group(1).equals(tag)) {
      boolean inHeading = html.substring(Math.max(0, start - 4), start).matches("<h\\d>");
      if (!inHeading) tag = "ul";
      start = inHeading ? html.lastIndexOf("<section", start) : html.indexOf("<ul", anchor.end());
    }
    if (start < 0) return "";
    Matcher next = NEXT_MEMBER.matcher(html);
    int end = end(tag, start);
    // Tags that an author left open reach beyond the member.
    if (next.find(Math.max(start + 1, anchor.end()))) end = Math.min(end, next.start());
    return comment(html.substring(start, end));
  }

  /// Where the element that begins at a place ends.
  private int end(String tag, int start) {
    return end(html, tag, start);
  }

  private static int end(String text, String tag, int start) {
    Matcher tags = Pattern.compile("(?i)<(/?)" + tag + "\\b[^>]*>").matcher(text);
    int depth = 0;
    for (int from = start; tags.find(from); from = tags.end()) {
      depth += tags.group(1).isEmpty() ? 1 : -1;
      if (depth == 0) return tags.end();
    }
    return text.length();
  }

  /// What is said in a part of the page that describes one element.
  private static String comment(String part) {
    var said = new StringBuilder();
    boolean described = false;
    Matcher found = PART.matcher(part);
    for (int from = 0; found.find(from); ) {
      String tag = found.group(1) == null ? found.group(2) : found.group(1);
      from = Math.max(end(part, tag, found.start()), found.end());
      String inside = part.substring(found.end(), from).replaceFirst("</" + tag + ">$", "");
      boolean list = tag.equals("dl");
      // Before a type's comment stand its relations too, which are no comment.
      if (list && !described && isType(part) && !PARAMETER.matcher(inside).find()) continue;
      described |= !list;
      said.append(list ? list(inside) : block(inside)).append('\n');
    }
    return said.toString().strip();
  }

  private static boolean isType(String part) {
    return TYPE.matcher(part).lookingAt();
  }

  /// A comment's text, without the space that lines of comments have after their star.
  private static String block(String inside) {
    String text = BUTTON.matcher(inside).replaceAll("");
    text = LABEL.matcher(text).replaceAll("<b>$1</b> ");
    if (text.lines().skip(1).allMatch(line -> line.isEmpty() || line.startsWith(" "))) {
      text = text.replaceAll("(?m)(^|<pre>|<pre><code>) ", "$1");
    }
    return "<p>" + literal(text.strip()) + "</p>";
  }

  /// Parameters, results and the like: each heading with what is below it.
  private static String list(String inside) {
    var text = new StringBuilder();
    boolean open = false;
    Matcher items = ITEM.matcher(inside);
    while (items.find()) {
      String item = items.group(2).replaceAll("</d[td]>", "").strip();
      if (items.group(1).equals("dt")) {
        if (open) text.append("</ul>\n");
        text.append("<p><b>").append(item.replaceAll("<[^>]*>", "")).append("</b></p>\n<ul>");
        open = true;
      } else if (item.startsWith("<ul")) {
        text.append(item.replaceAll("</?ul\\b[^>]*>", "").strip());
      } else {
        text.append("<li>").append(item.replaceAll("\\s*\\n\\s*", " ")).append("</li>");
      }
    }
    if (open) text.append("</ul>");
    return literal(text.toString());
  }

  /// On a page tags and backquotes are what they look like; in a comment they would be more.
  private static String literal(String text) {
    return text.replace("{@", "{&#064;")
        .replaceAll("(?m)^(\\s*)@", "$1&#064;")
        .replace("`", "&#096;");
  }
}
