package dev.brigade.session.engine;

import dev.brigade.session.History;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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
    List<Entry> early = List.copyOf(entries);
    entries.clear();
    if (file != null) {
      try {
        prepare(file);
        read(file);
      } catch (IOException e) {
        writable = false;
      }
    }
    for (Entry entry : early) save(entry.line(), entry.input(), entry.output());
  }

  /// Saves what was added before anything was read.
  synchronized void flush() {
    if (!entries.isEmpty()) load();
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

  /// Reads the newest entries and takes the next session number; two sessions that open at once get
  /// two.
  private void read(Path from) throws IOException {
    locked(
        from,
        channel -> {
          List<String> lines = Files.readAllLines(from, StandardCharsets.UTF_8);
          List<String> newest = lines.subList(Math.max(0, lines.size() - KEPT), lines.size());
          for (String line : newest) {
            Entry entry = decode(line);
            if (entry == null) continue;
            session = Math.max(session, entry.session() + 1);
            if (entry.line() > 0) entries.add(entry);
          }
          var mark = new Entry(session, 0, "", null);
          if (lines.size() > 2 * KEPT) shorten(from, newest, mark);
          else write(channel, mark);
        });
  }

  /// The inputs of two years would make every start wait.
  private static void shorten(Path from, List<String> lines, Entry mark) throws IOException {
    Path next = from.resolveSibling(FILE + ".next");
    Files.deleteIfExists(next);
    prepare(next);
    Files.writeString(next, String.join("\n", lines) + "\n" + encode(mark));
    Files.move(next, from, StandardCopyOption.ATOMIC_MOVE);
  }

  private interface Work {
    void on(FileChannel channel) throws IOException;
  }

  /// Works on a file while no other process does. One that was replaced meanwhile is opened anew.
  private static void locked(Path path, Work work) throws IOException {
    // A process that locks what it has locked already gets an exception.
    synchronized (FileHistory.class) {
      while (true) {
        Object before = identity(path);
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            FileLock _ = channel.lock()) {
          if (!Objects.equals(before, identity(path))) continue;
          work.on(channel);
          return;
        }
      }
    }
  }

  private static @Nullable Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /// Adds an input. Before anything was read it is only remembered: a cell does not wait for that.
  synchronized void add(int line, String input, @Nullable String output) {
    if (loaded) save(line, input, output);
    else entries.add(new Entry(session, line, input, output));
  }

  private void save(int line, String input, @Nullable String output) {
    var entry = new Entry(session, line, input, output);
    entries.add(entry);
    trim();
    if (file == null || !writable) return;
    try {
      locked(file, channel -> write(channel, entry));
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
