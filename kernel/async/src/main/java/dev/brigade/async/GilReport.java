package dev.brigade.async;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Who held the [Gil].
///
/// @param elapsed how long it was on
/// @param switchInterval how long a thread waits before it asks the holder to give up
/// @param switches how often it went from one thread to another
/// @param dropRequests how often a waiting thread asked the holder to give up
/// @param idle how long nobody held it
/// @param threads those that ran code of cells, in the order of their first turn
/// @param withoutRelease calls in which a thread waited without giving the lock back, so that it
///     was taken from it
/// @param woven whether ticks are woven into code; false in a program without a notebook
public record GilReport(
    Duration elapsed,
    Duration switchInterval,
    long switches,
    long dropRequests,
    Duration idle,
    List<Holder> threads,
    List<String> withoutRelease,
    boolean woven) {
  public GilReport {
    threads = List.copyOf(threads);
    withoutRelease = List.copyOf(withoutRelease);
  }

  /// One thread's part.
  ///
  /// @param held how long it held the lock
  /// @param share its part of the time that anybody held it, in percent
  /// @param waited how long it waited for the lock
  /// @param turns how often it took the lock
  public record Holder(String thread, Duration held, double share, Duration waited, long turns) {}

  /// A table for people.
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Gil on for %s, switch interval %.1f ms: %d switches, %d drop requests, idle %s%n",
            seconds(elapsed),
            switchInterval.toNanos() / 1e6,
            switches,
            dropRequests,
            seconds(idle)));
    if (threads.isEmpty()) {
      text.append(
          woven
              ? "No code of a cell ran in that time."
              : "No thread passed a tick: outside a notebook nothing is woven, so call Gil.tick()"
                  + " in the loops of your threads.");
      return text.toString();
    }
    text.append(
        String.format("%-24s %10s %7s %10s %6s", "thread", "held", "share", "waited", "turns"));
    for (Holder each : threads) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%-24s %10s %6.1f%% %10s %6d",
              each.thread,
              seconds(each.held),
              each.share,
              seconds(each.waited),
              each.turns));
    }
    for (String each : withoutRelease) {
      text.append(String.format("%nTaken from a thread that waited: %s", each));
    }
    return text.toString();
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
  }
}
