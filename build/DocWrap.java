import java.util.ArrayList;
import java.util.List;

/// Wraps the prose of `///` comments at 100 columns: paragraphs, list items and tags. Leaves code,
/// tables, headings and quotes as they are.
final class DocWrap {
  private static final int COLUMNS = 100;

  private final List<String> out = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private String indent = "";
  // What the later lines of the present paragraph begin with.
  private String hanging = "";
  private boolean inFence;

  static List<String> wrap(List<String> lines) {
    var wrap = new DocWrap();
    lines.forEach(wrap::line);
    wrap.flush();
    return wrap.out;
  }

  private void line(String line) {
    String stripped = line.strip();
    if (!stripped.startsWith("///")) {
      flush();
      inFence = false;
      out.add(line);
      return;
    }
    String own = line.substring(0, line.indexOf("///"));
    String text = stripped.substring(3);
    String prose = text.strip();
    if (prose.startsWith("```")) {
      flush();
      inFence = !inFence;
      out.add(line);
    } else if (inFence || prose.isEmpty() || isFixed(text)) {
      flush();
      out.add(line);
    } else if (startsItem(prose)) {
      flush();
      begin(own, prose.startsWith("@") ? "    " : "  ");
      addWords(prose);
    } else {
      if (words.isEmpty()) begin(own, "");
      addWords(prose);
    }
  }

  /// A table, a heading, a quote, or code by indentation outside of an item.
  private boolean isFixed(String text) {
    String prose = text.strip();
    if (prose.startsWith("|") || prose.startsWith("#") || prose.startsWith(">")) return true;
    return text.startsWith("     ") && hanging.isEmpty();
  }

  private static boolean startsItem(String prose) {
    return prose.startsWith("@") || prose.matches("([-*]|\\d+\\.) .*");
  }

  private void begin(String own, String hang) {
    indent = own;
    hanging = hang;
  }

  /// A piece of code in backticks stays on one line.
  private void addWords(String prose) {
    for (String word : prose.split(" +")) {
      boolean inCode =
          !words.isEmpty() && words.getLast().chars().filter(c -> c == '`').count() % 2 == 1;
      if (inCode) words.add(words.removeLast() + " " + word);
      else words.add(word);
    }
  }

  private void flush() {
    if (words.isEmpty()) {
      hanging = "";
      return;
    }
    var line = new StringBuilder(indent + "/// " + words.getFirst());
    for (String word : words.subList(1, words.size())) {
      if (line.length() + 1 + word.length() > COLUMNS) {
        out.add(line.toString());
        line = new StringBuilder(indent + "/// " + hanging + word);
      } else {
        line.append(' ').append(word);
      }
    }
    out.add(line.toString());
    words.clear();
    hanging = "";
  }

  private DocWrap() {}
}
