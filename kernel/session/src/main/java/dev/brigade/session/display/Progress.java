package dev.brigade.session.display;

import dev.brigade.async.EventLoop;
import dev.brigade.async.LoopClock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A bar that says how far some work has come, drawn anew in its place at most four times a second.
/// What it shows in the end is always true, also if the work ends early. Any thread may call it;
/// calls return at once. It stands under the cell that made it.
///
/// Python's name outside the standard library: `tqdm`.
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final int UNKNOWN = -1;

  private final AtomicLong steps = new AtomicLong();
  // Of the loop that made it, so that a virtual clock gives the same bytes on every run.
  private final @Nullable LoopClock clock;
  private final long began;
  private final Display.Refresh refresh;
  private volatile long stepped;
  private volatile long total;
  private volatile String label;

  /// A bar of so many steps.
  public Progress(long total) {
    this(total, "");
  }

  /// A bar of so many steps with a label in front.
  ///
  /// @throws IllegalArgumentException the total is negative
  public Progress(long total, String label) {
    this(label, checked(total));
  }

  Progress(String label, long total) {
    EventLoop loop = EventLoop.current();
    clock = loop == null ? null : loop.clock();
    began = now();
    stepped = began;
    this.total = total;
    this.label = label;
    refresh = Display.refresh(this::forms);
    refresh.changed();
  }

  /// A count of steps, of which nobody knows how many there will be.
  public static Progress unknown(String label) {
    return new Progress(label, UNKNOWN);
  }

  private long now() {
    return clock == null ? System.nanoTime() : clock.nanos();
  }

  private static long checked(long total) {
    if (total >= 0) return total;
    throw new IllegalArgumentException(
        "a bar has 0 or more steps, not %,d; without a total: Progress.unknown(\"label\")"
            .formatted(total));
  }

  /// One step more.
  public void step() {
    step(1);
  }

  /// So many steps more.
  public void step(long more) {
    steps.addAndGet(more);
    stepped = now();
    refresh.changed();
  }

  /// Sets the label.
  public void label(String text) {
    label = text;
    refresh.changed();
  }

  /// Sets how many steps there are.
  public void total(long number) {
    total = checked(number);
    refresh.changed();
  }

  /// The steps so far.
  public long steps() {
    return steps.get();
  }

  /// Shows the bar as it is now, at once: nothing more will come.
  @Override
  public void close() {
    refresh.ended();
  }

  private Map<String, Object> forms() {
    long done = steps.get();
    long all = total;
    double seconds = (stepped - began) / 1e9;
    String time = String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    String count = all < 0 ? "%,d".formatted(done) : "%,d/%,d".formatted(done, all);
    String name = label;
    var forms = new LinkedHashMap<String, Object>();
    forms.put("text/plain", text(name, done, all, count + " in " + time));
    forms.put("text/html", html(name, done, all, count + " in " + time));
    return forms;
  }

  private static String text(String name, long done, long all, String count) {
    String front = name.isEmpty() ? "" : name + " ";
    if (all < 0) return front + count;
    double part = part(done, all);
    int full = (int) (part * WIDTH);
    return front
        + String.format(Locale.ROOT, "%3d%% ", (int) (part * 100))
        + "|"
        + "#".repeat(full)
        + " ".repeat(WIDTH - full)
        + "| "
        + count;
  }

  // No style: what cleans pages of notebooks takes styles away.
  private static String html(String name, long done, long all, String count) {
    String front = name.isEmpty() ? "" : escaped(name) + " ";
    String bar =
        all < 0
            ? ""
            : "<progress value=\"%d\" max=\"%d\"></progress> %d%% "
                .formatted(
                    all == 0 ? 1 : Math.min(done, all),
                    Math.max(1, all),
                    (int) (part(done, all) * 100));
    return "<div>" + front + bar + count + "</div>";
  }

  private static double part(long done, long all) {
    return all == 0 ? 1 : Math.clamp((double) done / all, 0, 1);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return String.valueOf(forms().get("text/plain"));
  }
}
