package dev.brigade.repl.terminal;

import dev.brigade.session.Completions;
import dev.brigade.session.Session;
import dev.brigade.session.source.SlashCommands;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/// Offers what the session knows for the name at the cursor.
final class SessionCompleter implements Completer {
  private final Session session;

  SessionCompleter(Session session) {
    this.session = session;
  }

  @Override
  public void complete(LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
    String line = parsed.line();
    boolean slash = line.startsWith("/");
    // The spelling with % has the same length, except for /list -start, which is complete as it is.
    String asked = slash ? SlashCommands.toMagics(line) : line;
    if (slash && line.strip().equals("/")) asked = "%";
    if (asked.length() != line.length()) return;
    Completions found = session.complete(asked, parsed.cursor());
    int wordStart = parsed.cursor() - parsed.wordCursor();
    for (Completions.Candidate candidate : found.candidates()) {
      String value = fromWord(asked, found.start(), wordStart, candidate.text());
      if (value == null) continue;
      String signature = candidate.signature().isEmpty() ? null : candidate.signature();
      candidates.add(
          new Candidate(value, value, null, signature, null, null, false, candidates.size()));
    }
  }

  /// The session may replace from before the word (`java.util.Li`) or from inside it (`%`): what
  /// stands in front of the word is already typed.
  private static @Nullable String fromWord(String line, int start, int wordStart, String text) {
    if (start == wordStart) return text;
    if (start > wordStart) return line.substring(wordStart, start) + text;
    String typed = line.substring(start, wordStart);
    return text.startsWith(typed) ? text.substring(typed.length()) : null;
  }
}
