package dev.brigade.session.engine;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/// Cuts code into snippets, and refuses what does not parse before any of it runs.
final class Splitter {
  /// A snippet's text and place.
  record Piece(String text, SourceMap.Chunk chunk) {}

  private final Shell shell;
  private final CompileErrors compileErrors;

  Splitter(Shell shell, CompileErrors compileErrors) {
    this.shell = shell;
    this.compileErrors = compileErrors;
  }

  /// The snippets of a piece of a cell.
  ///
  /// @param firstLine the line of the cell the code begins in, counted from 0
  /// @throws CellFailure it does not parse
  List<Piece> split(String code, SourceMap.Source source, int firstLine) {
    return shell.enter(() -> splitAlone(code, source, firstLine));
  }

  private List<Piece> splitAlone(String code, SourceMap.Source source, int firstLine) {
    var pieces = new ArrayList<Piece>();
    SourceCodeAnalysis analysis = shell.analysis();
    String rest = code;
    int offset = 0;
    while (!rest.isBlank()) {
      // JShell counts no line for a newline that a snippet begins with.
      int blank = rest.length() - rest.stripLeading().length();
      offset += blank;
      rest = rest.substring(blank);
      CompletionInfo info = analysis.analyzeCompletion(rest);
      var chunk = chunk(code, offset, source, firstLine);
      switch (info.completeness()) {
        case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE -> {
          String text = info.source();
          pieces.add(new Piece(text, chunk));
          String remaining =
              info.completeness() == SourceCodeAnalysis.Completeness.COMPLETE
                  ? info.remaining()
                  : "";
          offset += rest.length() - remaining.length();
          rest = remaining;
        }
        case EMPTY -> rest = "";
        case DEFINITELY_INCOMPLETE, UNKNOWN -> {
          Piece last = new Piece(rest, chunk);
          refuseIfBroken(last);
          pieces.add(last);
          rest = "";
        }
      }
    }
    return pieces;
  }

  private void refuseIfBroken(Piece piece) {
    for (Snippet snippet : shell.analysis().sourceToSnippets(piece.text())) {
      boolean hasErrors = shell.jshell().diagnostics(snippet).anyMatch(jdk.jshell.Diag::isError);
      if (hasErrors) {
        throw new CellFailure(compileErrors.of(snippet, piece.text(), piece.chunk()));
      }
    }
  }

  private static SourceMap.Chunk chunk(
      String code, int offset, SourceMap.Source source, int firstLine) {
    String before = code.substring(0, offset);
    int lines = (int) before.chars().filter(c -> c == '\n').count();
    int column = offset - (before.lastIndexOf('\n') + 1);
    return new SourceMap.Chunk(source, firstLine + lines, column);
  }
}
