package dev.brigade.session.engine;

import dev.brigade.session.Completeness;
import dev.brigade.session.Completeness.Status;
import dev.brigade.session.source.OpenInput;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/// Says whether input is ready to run. Any thread, also while a cell runs.
final class InputCheck {
  private static final List<String> SYNTAX =
      Stream.of(
              "expected",
              "illegal",
              "premature",
              "unclosed",
              "not.stmt",
              "else.without",
              "catch.without",
              "finally.without",
              "try.without",
              "orphaned",
              "invalid",
              "malformed",
              "int.number",
              "class.public",
              "dot.class",
              "initializer",
              "varargs",
              "wrong.receiver")
          .map(code -> "compiler.err." + code)
          .toList();

  private final Shell shell;
  private final MagicTable magics;

  InputCheck(Shell shell, MagicTable magics) {
    this.shell = shell;
    this.magics = magics;
  }

  Completeness check(String code) {
    List<CellSource.Part> parts = CellSource.parts(code, magics::has);
    for (CellSource.Part part : parts) {
      Status status =
          switch (part) {
            case CellSource.Part.Code java -> java(java.text());
            case CellSource.Part.CellMagic magic ->
                code.endsWith("\n\n") || magic.body().isBlank() && code.endsWith("\n")
                    ? Status.COMPLETE
                    : Status.INCOMPLETE;
            case CellSource.Part.LineMagic _, CellSource.Part.Help _ -> Status.COMPLETE;
          };
      if (status != Status.COMPLETE) {
        return new Completeness(status, status == Status.INCOMPLETE ? OpenInput.indent(code) : "");
      }
    }
    return new Completeness(Status.COMPLETE, "");
  }

  private Status java(String code) {
    if (closesTooMuch(code)) return Status.INVALID;
    return shell.enter(
        () -> {
          String rest = code;
          while (!rest.isBlank()) {
            CompletionInfo info = shell.analysis().analyzeCompletion(rest);
            switch (info.completeness()) {
              case COMPLETE -> {
                if (isBroken(info.source())) return Status.INVALID;
                rest = info.remaining();
              }
              case COMPLETE_WITH_SEMI -> {
                return isBroken(info.source()) ? Status.INVALID : Status.COMPLETE;
              }
              case EMPTY -> rest = "";
              case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE -> {
                return Status.INCOMPLETE;
              }
              case UNKNOWN -> {
                return isBroken(rest) ? Status.INVALID : Status.COMPLETE;
              }
            }
          }
          return Status.COMPLETE;
        });
  }

  /// JShell calls `int 3x;` complete: whether a snippet can be parsed at all says its own attempt.
  private boolean isBroken(String code) {
    for (Snippet snippet : shell.analysis().sourceToSnippets(code)) {
      if (snippet.kind() == Snippet.Kind.ERRONEOUS
          && shell.jshell().diagnostics(snippet).anyMatch(InputCheck::isSyntaxError)) return true;
    }
    return false;
  }

  private static boolean isSyntaxError(Diag diag) {
    return diag.isError() && SYNTAX.stream().anyMatch(diag.getCode()::startsWith);
  }

  private static boolean closesTooMuch(String code) {
    int depth = 0;
    for (char c : JavaText.mask(code).toCharArray()) {
      if (c == '{' || c == '(' || c == '[') depth++;
      if (c == '}' || c == ')' || c == ']') depth--;
      if (depth < 0) return true;
    }
    return false;
  }
}
