package dev.brigade.session.engine;

import dev.brigade.session.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The inputs of this session, which it keeps, and those of all others, which it reads from disk
/// when somebody asks for them. An input is written when its cell ends, so that a crash loses at
/// most the running one. Any thread.
///
/// A file that cannot be read or written makes the history one of this session only.
final class FileHistory implements History {
  private static final int KEPT = 20_000;
  private static final String FILE = "history.tsv";

  private final @Nullable HistoryFile file;
  // Guarded by this.
  private final ArrayList<Entry> own = new ArrayList<>();
  private int session = 1;
  private boolean hasBegun;
  private boolean readable;
  private boolean writable;

  /// @param directory null keeps it in memory
  FileHistory(@Nullable Path directory) {
    file = directory == null ? null : new HistoryFile(directory.resolve(FILE), HistoryFile.LONG);
  }

  /// Takes this session's number and writes what was added before. Later calls do nothing.
  synchronized void begin() {
    if (hasBegun) return;
    hasBegun = true;
    if (file == null) return;
    try {
      session = file.begin();
      readable = true;
      writable = true;
    } catch (IOException e) {
      return;
    }
    own.replaceAll(e -> new Entry(session, e.line(), e.input(), e.output()));
    own.forEach(this::write);
  }

  /// Saves what was added before the session had its number.
  synchronized void flush() {
    if (!own.isEmpty()) begin();
  }

  /// Adds an input. Before the session has its number it is only remembered: a cell does not wait
  /// for that.
  synchronized void add(int line, String input, @Nullable String output) {
    var entry = new Entry(session, line, input, output);
    own.add(entry);
    if (own.size() > KEPT) own.removeFirst();
    write(entry);
  }

  private void write(Entry entry) {
    if (file == null || !writable) return;
    try {
      file.add(entry);
    } catch (IOException e) {
      writable = false;
    }
  }

  @Override
  public List<Entry> tail(int count) {
    return newest(count, "", _ -> true);
  }

  @Override
  public List<Entry> search(String glob, int count, boolean unique) {
    Pattern pattern = pattern(glob);
    Set<String> seen = new HashSet<>();
    return newest(
        count,
        longestLiteral(glob),
        entry -> pattern.matcher(entry.input()).matches() && (!unique || seen.add(entry.input())));
  }

  /// @param held a text that every wanted input holds
  private List<Entry> newest(int count, String held, Predicate<Entry> wanted) {
    if (count == 0) return List.of();
    var found = new ArrayList<Entry>();
    Predicate<Entry> wantsMore =
        entry -> {
          if (!HistoryLine.isMark(entry) && wanted.test(entry)) found.add(entry);
          return found.size() != count;
        };
    boolean more = true;
    for (Entry entry : own().reversed()) if (more) more = wantsMore.test(entry);
    String written = HistoryLine.escape(held);
    if (more) others(line -> line.contains(written), wantsMore);
    return List.copyOf(found.reversed());
  }

  @Override
  public List<Entry> range(int wanted, int start, int stop) {
    int number = wanted > 0 ? wanted : number() + wanted;
    Predicate<Entry> inside =
        entry -> entry.session() == number && entry.line() >= start && entry.line() < stop;
    if (number == number()) return own().stream().filter(inside).toList();
    if (number < 1) return List.of();
    var found = new ArrayList<Entry>();
    others(
        line -> HistoryLine.isMarkOrOf(number, line),
        entry -> {
          boolean mark = HistoryLine.isMark(entry);
          if (!mark && inside.test(entry)) found.add(entry);
          // Nothing of a session is before its mark, nor before that of an older one.
          return !mark || entry.session() > number;
        });
    return List.copyOf(found.reversed());
  }

  private synchronized int number() {
    begin();
    return session;
  }

  private synchronized List<Entry> own() {
    begin();
    return List.copyOf(own);
  }

  /// Gives entries and marks of other sessions, from before this one and beside it, the newest
  /// first, for as long as more are wanted. A cell that ends does not wait for that.
  private void others(Predicate<String> matters, Predicate<Entry> wantsMore) {
    int current = number();
    if (file == null || !isReadable()) return;
    try {
      file.newestFirst(matters, entry -> entry.session() == current || wantsMore.test(entry));
    } catch (IOException e) {
      // What was found until then is the answer.
    }
  }

  private synchronized boolean isReadable() {
    return readable;
  }

  private static String longestLiteral(String glob) {
    String longest = "";
    for (String each : glob.split("[*?]")) if (each.length() > longest.length()) longest = each;
    return longest;
  }

  private static Pattern pattern(String glob) {
    var regex = new StringBuilder();
    glob.codePoints()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
