package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Task;
import dev.brigade.session.TextWidth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Puts number, time, task and thread before every line that a traced cell prints.
final class TracedLines {
  private final EventLoop loop;
  private final long start;
  // Guarded by this.
  private int lines;
  private boolean inLine;

  TracedLines(EventLoop loop) {
    this.loop = loop;
    this.start = loop.clock().nanos();
  }

  EventLoop loop() {
    return loop;
  }

  /// The text of one print call with the heads of the lines that it begins.
  synchronized String stamped(String text, @Nullable Task<?> task) {
    var stamped = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      if (!inLine) stamped.append(head(task));
      int end = text.indexOf('\n', from);
      inLine = end < 0;
      int to = end < 0 ? text.length() : end + 1;
      stamped.append(text, from, to);
      from = to;
    }
    return stamped.toString();
  }

  private String head(@Nullable Task<?> task) {
    String who = task == null ? "-" : task.name();
    String thread = task == null ? CellThreads.name(Thread.currentThread()) : loop.name();
    double seconds = (loop.clock().nanos() - start) / 1e9;
    return String.format(Locale.ROOT, "%3d  %8.3f s  ", ++lines, seconds)
        + TextWidth.pad(who, 10)
        + " "
        + TextWidth.pad(thread, 14)
        + "| ";
  }
}
