package dev.brigade.repl.terminal;

import static java.util.Objects.requireNonNull;

import dev.brigade.session.Completeness;
import dev.brigade.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Buffer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.Widget;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;

/// The line editor of the prompt: Java over several lines, history, completion, colours.
final class LineEditor {
  private static final int HISTORY_SIZE = 10_000;
  private static final int LIST_MAX = 60;
  private static final int INDENT = 4;

  private final LineReader reader;
  private final Session session;

  private LineEditor(LineReader reader, Session session) {
    this.reader = reader;
    this.session = session;
  }

  /// @param data where the history is kept, in a file for its owner only
  static LineEditor of(Terminal terminal, Session session, Palette palette, Path data) {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("brigade")
            .parser(CursorWord.PARSER)
            .completer(new SessionCompleter(session))
            .highlighter(new SyntaxColors(palette))
            .history(new DefaultHistory())
            .variable(LineReader.HISTORY_SIZE, HISTORY_SIZE)
            .variable(LineReader.LIST_MAX, LIST_MAX)
            // An escape key is told from an escape sequence by time; the default is half a second.
            .variable(LineReader.AMBIGUOUS_BINDING, 100L)
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .option(Option.CASE_INSENSITIVE, true)
            .option(Option.COMPLETE_MATCHER_CAMELCASE, true)
            .option(Option.COMPLETE_MATCHER_TYPO, false)
            .option(Option.HISTORY_TIMESTAMPED, false)
            .option(Option.HISTORY_REDUCE_BLANKS, false)
            .option(Option.AUTO_FRESH_LINE, false)
            .build();
    if (ownersOnly(data))
      reader.setVariable(LineReader.HISTORY_FILE, data.resolve("terminal-history"));
    var editor = new LineEditor(reader, session);
    Widget accept = requireNonNull(reader.getWidgets().get(LineReader.ACCEPT_LINE));
    reader.getWidgets().put(LineReader.ACCEPT_LINE, () -> editor.enter(accept));
    KeyMap<Binding> keys = requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
    // Alt-Enter: a new line wherever the cursor is.
    bind(reader, keys, "brigade-new-line", editor::newLine, "\u001b\r", "\u001b\n");
    bind(reader, keys, "brigade-close-brace", editor::closeBrace, "}");
    return editor;
  }

  private static void bind(
      LineReader reader, KeyMap<Binding> keys, String name, Widget widget, String... sequences) {
    reader.getWidgets().put(name, widget);
    keys.bind(new Reference(name), sequences);
  }

  LineReader reader() {
    return reader;
  }

  /// Reads one input.
  ///
  /// @param start what the input starts with, empty for nothing
  /// @throws org.jline.reader.UserInterruptException on Ctrl-C
  /// @throws org.jline.reader.EndOfFileException on Ctrl-D
  String read(String prompt, int promptWidth, String start) {
    reader.setVariable(
        LineReader.SECONDARY_PROMPT_PATTERN, " ".repeat(Math.max(0, promptWidth - 5)) + "...: ");
    return reader.readLine(prompt, null, (Character) null, start);
  }

  /// The Enter key: runs what is complete, opens a new line otherwise.
  private boolean enter(Widget accept) {
    String typed = reader.getBuffer().toString();
    if (isAboveLastLine()) return newLine();
    if (Input.isOneLine(typed)) return accept.apply();
    if (endsByBlankLines(typed)) return accept.apply();
    Completeness answer = session.isComplete(((Input.Code) Input.of(typed)).source());
    if (answer.status() != Completeness.Status.INCOMPLETE) return accept.apply();
    reader.getBuffer().write("\n" + answer.indent());
    return true;
  }

  private boolean isAboveLastLine() {
    return reader.getBuffer().toString().indexOf('\n', reader.getBuffer().cursor()) >= 0;
  }

  /// A blank line ends a `%%` cell. Two of them run anything, so that nobody is caught in an input
  /// without end.
  private static boolean endsByBlankLines(String typed) {
    String[] lines = typed.split("\n", -1);
    if (lines.length < 3 || !lines[lines.length - 1].isBlank()) return false;
    return typed.startsWith("%%") || lines[lines.length - 2].isBlank();
  }

  private boolean newLine() {
    reader.getBuffer().write("\n");
    return true;
  }

  /// A closing brace that is the first on its line goes one step to the left.
  private boolean closeBrace() {
    Buffer buffer = reader.getBuffer();
    String before = buffer.upToCursor();
    String line = before.substring(before.lastIndexOf('\n') + 1);
    if (line.isBlank()) buffer.backspace(Math.min(INDENT, line.length()));
    buffer.write("}");
    return true;
  }

  private static boolean ownersOnly(Path directory) {
    try {
      if (!Files.exists(directory)) {
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
      }
      return true;
    } catch (IOException noPlace) {
      // Without a place for it the history lasts as long as the session.
      return false;
    }
  }
}
