package dev.brigade.repl.terminal;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// The input as JLine's completion wants it: only the name at the cursor counts, and nothing needs
/// escaping. Whether input is complete is not decided here but by the line editor's Enter key.
///
/// @param start where the name at the cursor starts
record CursorWord(String line, int cursor, int start) implements CompletingParsedLine {
  static final Parser PARSER = CursorWord::parse;

  static ParsedLine parse(String line, int cursor, Parser.ParseContext context) {
    int at = Math.min(cursor, line.length());
    int start = at;
    while (start > 0 && isNamePart(line.charAt(start - 1))) start--;
    return new CursorWord(line, at, start);
  }

  private static boolean isNamePart(char c) {
    return Character.isJavaIdentifierPart(c);
  }

  @Override
  public String word() {
    return line.substring(start, cursor);
  }

  @Override
  public int wordCursor() {
    return cursor - start;
  }

  @Override
  public int wordIndex() {
    return 0;
  }

  @Override
  public List<String> words() {
    return List.of(word());
  }

  @Override
  public CharSequence escape(CharSequence candidate, boolean complete) {
    return candidate;
  }

  @Override
  public int rawWordCursor() {
    return wordCursor();
  }

  @Override
  public int rawWordLength() {
    return wordCursor();
  }
}
