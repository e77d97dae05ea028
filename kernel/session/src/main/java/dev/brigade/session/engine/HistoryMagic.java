package dev.brigade.session.engine;

import dev.brigade.session.History;
import dev.brigade.session.spi.Magic;
import java.util.ArrayList;
import java.util.List;

/// `%history`: the inputs of this session, or those of all sessions that fit a pattern.
final class HistoryMagic {
  private static final int FOUND = 50;

  private final FileHistory history;

  HistoryMagic(FileHistory history) {
    this.history = history;
  }

  Magic magic() {
    return OwnMagic.of(
        "history",
        "%history [-n N] [-o] [-g PATTERN] [CELLS]: this session's inputs, the last N, with"
            + " outputs, or of every session those that hold PATTERN (* and ?)",
        this::history);
  }

  private void history(MagicCall call) {
    int last = Integer.MAX_VALUE;
    boolean outputs = false;
    String pattern = null;
    var cells = new ArrayList<String>();
    List<String> words = PathWords.split(call.arguments());
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-o" -> outputs = true;
        case "-n" -> last = number(++i < words.size() ? words.get(i) : "");
        case "-g" -> {
          pattern = String.join(" ", words.subList(i + 1, words.size()));
          i = words.size();
        }
        default -> cells.add(words.get(i));
      }
    }
    List<History.Entry> found = pattern == null ? own(cells) : search(pattern, last);
    List<History.Entry> shown = found.subList(Math.max(0, found.size() - last), found.size());
    call.print(shown.isEmpty() ? "no such input\n" : text(shown, pattern != null, outputs));
  }

  private static int number(String word) {
    if (word.matches("[1-9]\\d{0,8}")) return Integer.parseInt(word);
    throw CellFailure.of(
        "WrongArgument",
        "-n takes how many inputs to show, and got `" + word + "`\n  right: %history -n 5");
  }

  private List<History.Entry> own(List<String> cells) {
    List<History.Entry> all = history.range(0, 0, Integer.MAX_VALUE);
    if (cells.isEmpty()) return all;
    CellNumbers wanted = CellNumbers.of(cells);
    return all.stream().filter(each -> wanted.contains(each.line())).toList();
  }

  private List<History.Entry> search(String pattern, int last) {
    String glob = pattern.isEmpty() ? "*" : "*" + pattern + "*";
    return history.search(glob, Math.min(last, FOUND), false);
  }

  private static String text(List<History.Entry> entries, boolean everySession, boolean outputs) {
    var text = new StringBuilder();
    for (History.Entry each : entries) {
      String number = (everySession ? each.session() + "/" : "") + each.line();
      String margin = " ".repeat(Math.max(4, number.length()) + 2);
      text.append("%4s  ".formatted(number))
          .append(each.input().strip().replace("\n", "\n" + margin))
          .append('\n');
      if (outputs && each.output() != null) {
        text.append(" ".repeat(Math.max(0, margin.length() - 3)))
            .append("=> ")
            .append(each.output().strip().replace("\n", "\n" + margin))
            .append('\n');
      }
    }
    return text.toString();
  }
}
