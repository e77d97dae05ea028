package dev.brigade.jupyter.output;

import dev.brigade.session.MimeBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps a cell that prints without end from filling the client's page, which would stop answering:
/// what a cell prints beyond a limit goes to a file, and the cell is told so once.
///
/// Used by the output thread only.
final class Flood {
  /// More than any page shows, and more than a program prints that somebody reads.
  static final long LIMIT = 32_000_000;

  // Of the cells that printed last.
  private static final int KEPT = 1_000;

  /// What is left of a text for the client.
  ///
  /// @param note what to show behind it, or null
  record Passed(String text, @Nullable MimeBundle note) {}

  private static final class Printed {
    private long chars;
    private @Nullable Path rest;
  }

  private final long limit;
  private final FloodFiles files;
  // By the request's id, the one that printed first at first.
  private final LinkedHashMap<String, Printed> cells = new LinkedHashMap<>();

  /// @param limit how many chars of a cell reach the client
  /// @param files where the rest goes
  Flood(long limit, FloodFiles files) {
    this.limit = limit;
    this.files = files;
  }

  /// Counts a text that a cell has printed.
  ///
  /// @param cell the id of its request
  Passed pass(String cell, String text) {
    Printed printed = cells.computeIfAbsent(cell, _ -> new Printed());
    if (cells.size() > KEPT) cells.remove(cells.firstEntry().getKey());
    long room = limit - printed.chars;
    printed.chars += text.length();
    if (text.length() <= room) return new Passed(text, null);
    int cut = (int) Math.max(0, room);
    if (cut > 0 && Character.isHighSurrogate(text.charAt(cut - 1))) cut--;
    try {
      boolean first = printed.rest == null;
      Path rest = printed.rest == null ? (printed.rest = files.create()) : printed.rest;
      Files.writeString(rest, text.substring(cut), StandardOpenOption.APPEND);
      return new Passed(text.substring(0, cut), first ? note(rest) : null);
    } catch (IOException e) {
      throw new UncheckedIOException("what a cell prints beyond its limit is lost", e);
    }
  }

  private MimeBundle note(Path rest) {
    String text =
        String.format(
            Locale.ROOT,
            "The output is cut here: this cell has printed more than %,d characters. The rest is"
                + " kept in %s until the kernel ends: Files.readString(Path.of(\"%s\"))",
            limit,
            rest,
            rest.toString().replace("\\", "\\\\"));
    return new MimeBundle(MimeBundle.text(text).data(), Map.of(MimeBundle.NOTICE, true));
  }
}
