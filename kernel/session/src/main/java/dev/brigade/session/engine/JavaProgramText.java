package dev.brigade.session.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/// Cells as one program: their declarations are its members, everything else is in order in a
/// coroutine that its `main` runs.
final class JavaProgramText {
  private static final Set<String> OVER_JAVA =
      Set.of("join", "shuffle", "time", "timeit", "trace", "virtual");

  private final Workshop workshop;
  private final Set<String> imports = new LinkedHashSet<>();
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<String> members = new ArrayList<>();
  private final List<String> body = new ArrayList<>();

  private JavaProgramText(Workshop workshop) {
    this.workshop = workshop;
    Preload.IMPORTS.forEach(each -> imports.add(each.source()));
  }

  static String of(Workshop workshop, List<String> cells) {
    var program = new JavaProgramText(workshop);
    String all = String.join("\n", cells);
    Set<String> names = JavaText.names(all);
    for (Preload.Live live : Preload.OBJECTS) {
      if (names.contains(live.name())) program.code(live.source());
    }
    for (String cell : cells) {
      for (CellSource.Part part : CellSource.parts(cell, workshop.magics()::has)) {
        switch (part) {
          case CellSource.Part.Code code -> program.code(code.text());
          case CellSource.Part.LineMagic magic ->
              program.body.add("// %" + magic.name() + " " + magic.arguments());
          case CellSource.Part.CellMagic magic -> {
            program.body.add("// %%" + magic.name() + " " + magic.arguments());
            if (OVER_JAVA.contains(magic.name())) program.code(magic.body());
          }
          case CellSource.Part.Help _ -> {}
        }
      }
    }
    return program.text();
  }

  private void code(String code) {
    Shell shell = workshop.shell();
    var source = SourceMap.Source.of("saved", code);
    for (Splitter.Piece piece : workshop.splitter().split(code, source, 0)) {
      List<Snippet> snippets = shell.enter(() -> shell.analysis().sourceToSnippets(piece.text()));
      for (Snippet snippet : snippets) add(snippet, piece.text().strip());
    }
  }

  private void add(Snippet snippet, String text) {
    switch (snippet) {
      case ImportSnippet _ -> imports.add(text.endsWith(";") ? text : text + ";");
      case MethodSnippet _ -> members.add(shared(text));
      case TypeDeclSnippet type ->
          members.add(type.subKind() == Snippet.SubKind.CLASS_SUBKIND ? shared(text) : text);
      case VarSnippet variable
          when variable.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND ->
          variable(variable.name(), text);
      case VarSnippet _, ExpressionSnippet _ -> body.add(expression(text));
      default -> body.add(text);
    }
  }

  /// In a session every declaration is shared, types that know no instance included.
  private static String shared(String text) {
    String head = JavaText.mask(text).split("[({=]", 2)[0];
    return Pattern.compile("\\bstatic\\b").matcher(head).find() ? text : "static " + text;
  }

  private void variable(String name, String text) {
    Shell shell = workshop.shell();
    String type =
        shell.enter(
            () ->
                shell
                    .jshell()
                    .variables()
                    .filter(each -> each.name().equals(name))
                    .map(VarSnippet::typeName)
                    .findFirst()
                    .orElse("Object"));
    if (fields.putIfAbsent(name, "static " + type + " " + name + ";") != null) {
      throw CellFailure.of(
          "DeclaredTwice",
          "a program declares `%s` once, and these cells do it twice: choose cells, or save as .jsh"
              .formatted(name));
    }
    Matcher value =
        Pattern.compile("\\b" + Pattern.quote(name) + "\\s*=").matcher(JavaText.mask(text));
    if (!value.find()) return;
    String rest = text.substring(value.end()).strip();
    body.add(name + " = " + (rest.startsWith("{") ? "new " + type + " " : "") + ended(rest));
  }

  private static String ended(String text) {
    return text.endsWith(";") ? text : text + ";";
  }

  /// What a session would show; a call stands for itself, because it may give nothing.
  private static String expression(String text) {
    boolean isStatement = text.endsWith(";") || text.endsWith(")");
    return isStatement ? ended(text) : "IO.println(" + text + ");";
  }

  private String text() {
    var text = new StringBuilder();
    imports.forEach(each -> text.append(each).append('\n'));
    text.append('\n');
    fields.values().forEach(each -> text.append(each).append('\n'));
    for (String member : members) text.append('\n').append(member).append('\n');
    text.append("\nstatic void main() {\n  run(async(() -> {\n");
    for (String line : String.join("\n", body).lines().toList()) {
      text.append(line.isEmpty() ? "" : "    " + line).append('\n');
    }
    return text.append("  }));\n}\n").toString();
  }
}
