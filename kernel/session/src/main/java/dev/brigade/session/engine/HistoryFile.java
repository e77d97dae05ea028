package dev.brigade.session.engine;

import dev.brigade.session.History.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The inputs of all sessions on disk, which only the owner may read. Any thread, and any number of
/// processes at once.
///
/// Lines are only ever added, or the file is replaced as a whole; so who reads needs no lock, and
/// nobody reads more of it than what was asked for, from its end. Who writes has the lock.
///
/// A session begins with a mark that has its number, and takes one more than the newest mark says:
/// no mark has a higher number than one behind it. A process that dies while it writes leaves a
/// line without an end, which nobody reads and the next one to write cuts away.
final class HistoryFile {
  /// In bytes: some 80,000 inputs.
  static final long LONG = 16 << 20;

  private final Path path;
  private final long limit;

  /// @param limit in bytes: a session that finds more leaves the newest half of that
  HistoryFile(Path path, long limit) {
    this.path = path;
    this.limit = limit;
  }

  /// Takes the next number and writes its mark; two sessions that begin at once get two.
  int begin() throws IOException {
    create(path);
    return locked(
        channel -> {
          int session = newest(channel) + 1;
          Entry mark = HistoryLine.mark(session);
          if (!isShortened(channel, mark)) write(channel, mark);
          return session;
        });
  }

  private static void create(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(file.getParent());
    var permissions = PosixFilePermissions.fromString("rw-------");
    if (Files.exists(file)) {
      if (posix) Files.setPosixFilePermissions(file, permissions);
    } else if (posix) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions));
    } else {
      Files.createFile(file);
    }
  }

  /// The number of the session that began last. The lines behind its mark may be of older ones, and
  /// in a file without marks all of them count.
  private static int newest(FileChannel channel) throws IOException {
    var lines = new LinesBackwards(channel::read, channel.size());
    int newest = 0;
    for (var line = lines.previous(); line != null; line = lines.previous()) {
      Entry entry = HistoryLine.decode(lines.text(line, HistoryLine.HEAD));
      if (entry == null) continue;
      newest = Math.max(newest, entry.session());
      if (HistoryLine.isMark(entry)) return newest;
    }
    return newest;
  }

  /// Puts a file with the newest lines in place of one that is long.
  ///
  /// @return false where that need not or cannot be done: then the file stays as it is
  private boolean isShortened(FileChannel channel, Entry mark) {
    try {
      // Of a process that died while it did this.
      Files.deleteIfExists(shorter());
      if (channel.size() <= limit) return false;
      create(shorter());
      try (FileChannel next = FileChannel.open(shorter(), StandardOpenOption.WRITE)) {
        for (LinesBackwards.Line part : newestHalf(channel)) copy(channel, part, next);
        write(next, next.size(), mark);
        next.force(false);
      }
      Files.move(shorter(), path, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Path shorter() {
    return path.resolveSibling(path.getFileName() + ".next");
  }

  /// The parts of the file to keep, in order. One huge input does not push all others out: it goes.
  private ArrayDeque<LinesBackwards.Line> newestHalf(FileChannel channel) throws IOException {
    var lines = new LinesBackwards(channel::read, channel.size());
    var parts = new ArrayDeque<LinesBackwards.Line>();
    long kept = 0;
    for (var line = lines.previous(); line != null; line = lines.previous()) {
      if (line.length() > limit / 16) continue;
      kept += line.length();
      if (kept > limit / 2) break;
      boolean joined = !parts.isEmpty() && parts.getFirst().start() == line.end() + 1;
      parts.addFirst(
          joined ? new LinesBackwards.Line(line.start(), parts.removeFirst().end()) : line);
    }
    return parts;
  }

  private static void copy(FileChannel from, LinesBackwards.Line part, FileChannel to)
      throws IOException {
    for (long done = 0; done < part.length(); ) {
      long copied = from.transferTo(part.start() + done, part.length() - done, to);
      if (copied <= 0) throw new IOException("the history was cut while it was read");
      done += copied;
    }
  }

  void add(Entry entry) throws IOException {
    locked(
        channel -> {
          write(channel, entry);
          return entry;
        });
  }

  private static void write(FileChannel channel, Entry entry) throws IOException {
    long end = channel.size();
    if (!endsWithLine(channel, end)) {
      end = new LinesBackwards(channel::read, end).left();
      channel.truncate(end);
    }
    write(channel, end, entry);
  }

  private static boolean endsWithLine(FileChannel channel, long size) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return size == 0 || (channel.read(last, size - 1) == 1 && last.get(0) == '\n');
  }

  private static void write(FileChannel channel, long end, Entry entry) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(HistoryLine.encode(entry).getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) channel.write(bytes, end + bytes.position());
  }

  private interface Work<T> {
    T on(FileChannel channel) throws IOException;
  }

  /// Works on the file while no other process does. One that was replaced meanwhile is opened anew.
  private <T> T locked(Work<T> work) throws IOException {
    // A process that locks what it has locked already gets an exception.
    synchronized (HistoryFile.class) {
      while (true) {
        Object before = identity();
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock _ = channel.lock()) {
          if (Objects.equals(before, identity())) return work.on(channel);
        }
      }
    }
  }

  private @Nullable Object identity() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /// Gives entries and marks, the newest first, for as long as more are wanted. Nothing of the file
  /// is kept.
  ///
  /// @param matters whether to look into a line at all, which takes longer than to read it
  void newestFirst(Predicate<String> matters, Predicate<Entry> wantsMore) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      var lines = new LinesBackwards(channel::read, channel.size());
      for (var line = lines.previous(); line != null; line = lines.previous()) {
        String text = lines.text(line, Integer.MAX_VALUE);
        Entry entry = matters.test(text) ? HistoryLine.decode(text) : null;
        if (entry != null && !wantsMore.test(entry)) return;
      }
    }
  }
}
