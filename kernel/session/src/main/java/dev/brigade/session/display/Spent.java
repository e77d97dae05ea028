package dev.brigade.session.display;

import java.util.Locale;

/// What some work took, in seconds, by several clocks.
///
/// @param wall by the machine's clock
/// @param loop by the clock of the loop that ran it: the same under real time, other under virtual
/// @param cpu what processors worked for this process, all its threads together, compilers and
///     garbage collectors too
/// @param loopThread the loop's thread's part of that; NaN where it cannot be told
/// @param children what processors worked for processes that this one has started and that live:
///     the workers of a process pool; in steps of a hundredth of a second
public record Spent(double wall, double loop, double cpu, double loopThread, double children) {
  static final Spent NOTHING = new Spent(0, 0, 0, 0, 0);

  /// The same work and other work together.
  public Spent plus(Spent other) {
    return new Spent(
        wall + other.wall,
        loop + other.loop,
        cpu + other.cpu,
        loopThread + other.loopThread,
        children + other.children);
  }

  /// One run's part of so many runs.
  public Spent each(long runs) {
    return new Spent(wall / runs, loop / runs, cpu / runs, loopThread / runs, children / runs);
  }

  /// How many processors were busy on average.
  public double busyCores() {
    return wall > 0 ? (cpu + children) / wall : 0;
  }

  /// For example `wall time 1.003 s, loop time 1.003 s, CPU time 12.1 ms (loop thread 8.01 ms)`.
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append("wall time ").append(text(wall)).append(", loop time ").append(text(loop));
    text.append(", CPU time ").append(text(cpu));
    if (!Double.isNaN(loopThread)) text.append(" (loop thread ").append(text(loopThread) + ")");
    if (children > 0) text.append(", child processes ").append(text(children));
    return text.toString();
  }

  /// Seconds for people, in three digits: `1.24 µs`, `312 ms`, `4.80 s`.
  public static String text(double seconds) {
    if (Double.isNaN(seconds)) return "unknown";
    double size = Math.abs(seconds);
    if (size == 0) return "0 s";
    if (size < 999.5e-9) return digits(seconds * 1e9) + " ns";
    if (size < 999.5e-6) return digits(seconds * 1e6) + " µs";
    if (size < 999.5e-3) return digits(seconds * 1e3) + " ms";
    return digits(seconds) + " s";
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    String format = size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
