package dev.brigade.session.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Stream;

/// Values that stand for something of the machine, with what one would ask next: whether a file is
/// there, how long a time is, what a thread does.
final class SystemText {
  private static final int COUNTED = 10_000;

  static String of(Path path) {
    return path + " (" + state(path) + ")";
  }

  private static String state(Path path) {
    try {
      if (Files.isDirectory(path)) {
        try (Stream<Path> entries = Files.list(path)) {
          long count = entries.limit(COUNTED + 1).count();
          if (count > COUNTED)
            return "directory, more than " + ValueText.count(COUNTED) + " entries";
          return "directory, " + ValueText.count(count) + (count == 1 ? " entry" : " entries");
        }
      }
      if (!Files.exists(path)) return "does not exist";
      long size = Files.size(path);
      return (Files.isRegularFile(path) ? "file, " : "")
          + ValueText.count(size)
          + (size == 1 ? " byte" : " bytes");
    } catch (IOException | RuntimeException e) {
      return "cannot be read: " + e.getClass().getSimpleName();
    }
  }

  static String of(Duration duration) {
    var parts = new ArrayList<String>();
    Duration length = duration.abs();
    if (length.toDays() > 0) parts.add(length.toDays() + " d");
    if (length.toHoursPart() > 0) parts.add(length.toHoursPart() + " h");
    if (length.toMinutesPart() > 0) parts.add(length.toMinutesPart() + " min");
    int nanos = length.getNano();
    if (parts.isEmpty() && length.toSecondsPart() == 0 && nanos > 0) parts.add(small(nanos));
    else if (length.toSecondsPart() > 0 || nanos > 0 || parts.isEmpty()) {
      String fraction = nanos == 0 ? "" : ".%09d".formatted(nanos).replaceAll("0+$", "");
      parts.add(length.toSecondsPart() + fraction + " s");
    }
    return duration
        + " ("
        + (duration.isNegative() ? "minus " : "")
        + String.join(" ", parts)
        + ")";
  }

  private static String small(int nanos) {
    if (nanos % 1_000_000 == 0) return nanos / 1_000_000 + " ms";
    return nanos % 1_000 == 0 ? nanos / 1_000 + " \u00b5s" : nanos + " ns";
  }

  static String of(Instant instant) {
    ZoneId zone = ZoneId.systemDefault();
    if (zone.getRules().getOffset(instant).equals(ZoneOffset.UTC)) return instant.toString();
    return ValueFault.guard(
        () ->
            instant
                + " ("
                + DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                    instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone))
                + " in "
                + zone
                + ")",
        _ -> instant.toString());
  }

  static String of(Thread thread) {
    String name = thread.getName().isEmpty() ? "" : " " + thread.getName();
    return "<%s%s, id %d, %s%s>"
        .formatted(
            thread.isVirtual() ? "virtual thread" : "thread",
            name,
            thread.threadId(),
            thread.getState().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            thread.isDaemon() && !thread.isVirtual() ? ", daemon" : "");
  }

  private SystemText() {}
}
