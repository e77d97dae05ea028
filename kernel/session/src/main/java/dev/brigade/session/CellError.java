package dev.brigade.session;

import java.util.List;

/// An error as a front end shows it.
///
/// @param name the real exception class's simple name (`ArithmeticException`), `CompileError`,
///     `Interrupted`, or what a magic names
/// @param message one sentence, never null
/// @param traceback styled lines (ANSI colours); what is written with no colours is
///     [#plainTraceback()]
public record CellError(String name, String message, List<String> traceback) {
  public CellError {
    traceback = List.copyOf(traceback);
  }

  public List<String> plainTraceback() {
    return traceback.stream().map(CellError::plain).toList();
  }

  /// A styled line without its colours.
  public static String plain(String line) {
    return line.replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
