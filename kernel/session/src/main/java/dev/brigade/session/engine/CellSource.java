package dev.brigade.session.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A cell cut into magics and code, in order.
final class CellSource {
  /// A piece of a cell.
  sealed interface Part {
    /// Its first line in the cell, counted from 0.
    int line();

    /// Java.
    record Code(String text, int line) implements Part {}

    /// `%name arguments`.
    record LineMagic(String name, String arguments, int line) implements Part {}

    /// `%%name arguments` over the rest of the cell.
    record CellMagic(String name, String arguments, String body, int line) implements Part {}

    /// `name?` or `name??`.
    record Help(String expression, int level, int line) implements Part {}
  }

  private static final Pattern MAGIC =
      Pattern.compile("\\s*(%{1,2})([A-Za-z][\\w.-]*)(?:[ \\t]+(.*?))?\\s*");
  private static final Pattern HELP =
      Pattern.compile("\\s*([\\p{L}_$%][\\p{L}\\p{N}_$.]*)(?:\\(\\s*\\))?\\s*(\\?{1,2})\\s*;?\\s*");

  /// Cuts a cell.
  ///
  /// @param isMagic whether a name is one; an unknown name counts as a magic where no expression
  ///     can go on, so that it can be reported as one
  static List<Part> parts(String cell, Predicate<String> isMagic) {
    var parts = new ArrayList<Part>();
    var scanner = new JavaText();
    var code = new StringBuilder();
    int codeLine = 0;
    List<String> lines = cell.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean between = scanner.state() == JavaText.State.CODE;
      Matcher magic = MAGIC.matcher(line);
      if (between && magic.matches() && isMagicHere(magic, scanner.masked(), isMagic)) {
        addCode(parts, code, codeLine);
        codeLine = i + 1;
        String arguments = magic.group(3) == null ? "" : magic.group(3);
        if (magic.group(1).length() == 2) {
          String body = String.join("\n", lines.subList(i + 1, lines.size()));
          parts.add(new Part.CellMagic(magic.group(2), arguments, body, i));
          return parts;
        }
        parts.add(new Part.LineMagic(magic.group(2), arguments, i));
        scanner = new JavaText();
        continue;
      }
      Matcher help = HELP.matcher(line);
      if (between && help.matches() && atBoundary(scanner.masked())) {
        addCode(parts, code, codeLine);
        codeLine = i + 1;
        parts.add(new Part.Help(help.group(1), help.group(2).length() - 1, i));
        scanner = new JavaText();
        continue;
      }
      code.append(line).append('\n');
      scanner.read(line + "\n");
    }
    addCode(parts, code, codeLine);
    return parts;
  }

  private static boolean isMagicHere(Matcher magic, String before, Predicate<String> isMagic) {
    return isMagic.test(magic.group(2)) || magic.group(1).length() == 2 || atBoundary(before);
  }

  /// Whether a new statement may begin after this masked code.
  private static boolean atBoundary(String masked) {
    String before = masked.stripTrailing();
    return before.isEmpty() || before.endsWith(";") || before.endsWith("}");
  }

  private static void addCode(List<Part> parts, StringBuilder code, int line) {
    if (!code.isEmpty()) {
      String text = code.substring(0, code.length() - 1);
      if (!text.isBlank()) parts.add(new Part.Code(text, line));
    }
    code.setLength(0);
  }

  private CellSource() {}
}
