package dev.brigade.session.engine;

import dev.brigade.session.History;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Inputs on disk, one line for each, written when its cell ends, so that a crash loses at most the
/// running one. Only the owner may read it. Any thread.
///
/// A file that cannot be read or written makes the history one of this session only.
final class FileHistory implements History {
  private static final int KEPT = 20_000;
  private static final String FILE = "history.tsv";

  private final @Nullable Path file;
  // Guarded by this.
  private final ArrayList<Entry> entries = new ArrayList<>();
  private int session = 1;
  private boolean loaded;
  private boolean writable = true;

  /// @param directory null keeps it in memory
  FileHistory(@Nullable Path directory) {
    file = directory == null ? null : directory.resolve(FILE);
  }

  /// Reads what earlier sessions left. Later calls do nothing.
  synchronized void load() {
    if (loaded) return;
    loaded = true;
    if (file == null) return;
    try {
      prepare(file);
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        Entry entry = decode(line);
        if (entry != null) entries.add(entry);
      }
      trim();
      session = takeSession(file);
      entries.removeIf(entry -> entry.line() == 0);
    } catch (IOException e) {
      writable = false;
    }
  }

  private static void prepare(Path file) throws IOException {
    Path directory = file.getParent();
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(directory);
    if (!Files.exists(file)) {
      if (posix) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
    } else if (posix) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /// Takes the next session number; two sessions that open at once get two.
  private static int takeSession(Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        FileLock _ = channel.lock()) {
      int next = 1;
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        Entry entry = decode(line);
        if (entry != null) next = Math.max(next, entry.session() + 1);
      }
      write(channel, new Entry(next, 0, "", null));
      return next;
    }
  }

  synchronized void add(int line, String input, @Nullable String output) {
    load();
    var entry = new Entry(session, line, input, output);
    entries.add(entry);
    trim();
    if (file == null || !writable) return;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      write(channel, entry);
    } catch (IOException e) {
      writable = false;
    }
  }

  private void trim() {
    if (entries.size() > KEPT) entries.subList(0, entries.size() - KEPT).clear();
  }

  private static void write(FileChannel channel, Entry entry) throws IOException {
    channel.write(java.nio.ByteBuffer.wrap(encode(entry).getBytes(StandardCharsets.UTF_8)));
  }

  private static String encode(Entry entry) {
    String output = entry.output();
    return entry.session()
        + "\t"
        + entry.line()
        + "\t"
        + escape(entry.input())
        + (output == null ? "" : "\t" + escape(output))
        + "\n";
  }

  private static @Nullable Entry decode(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length < 3) return null;
    try {
      return new Entry(
          Integer.parseInt(fields[0]),
          Integer.parseInt(fields[1]),
          unescape(fields[2]),
          fields.length > 3 ? unescape(fields[3]) : null);
    } catch (NumberFormatException e) {
      return null; // a line that a crash cut short
    }
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }

  private static String unescape(String text) {
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      char next = text.charAt(++i);
      plain.append(
          switch (next) {
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            default -> next;
          });
    }
    return plain.toString();
  }

  @Override
  public synchronized List<Entry> tail(int count) {
    load();
    return List.copyOf(entries.subList(Math.max(0, entries.size() - count), entries.size()));
  }

  @Override
  public synchronized List<Entry> range(int wanted, int start, int stop) {
    load();
    int number = wanted > 0 ? wanted : session + wanted;
    return entries.stream()
        .filter(e -> e.session() == number && e.line() >= start && e.line() < stop)
        .toList();
  }

  @Override
  public synchronized List<Entry> search(String glob, int count, boolean unique) {
    load();
    Pattern pattern = pattern(glob);
    Set<String> seen = new HashSet<>();
    var found = new ArrayList<Entry>();
    for (Entry entry : entries.reversed()) {
      if (found.size() == count) break;
      if (!pattern.matcher(entry.input()).matches()) continue;
      if (unique && !seen.add(entry.input())) continue;
      found.addFirst(entry);
    }
    return found;
  }

  private static Pattern pattern(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
