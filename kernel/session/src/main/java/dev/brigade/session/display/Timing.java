package dev.brigade.session.display;

import java.util.List;
import java.util.Locale;

/// How long code takes: what `%timeit` measured, `$n` of its cell. All times in seconds, by the
/// machine's clock, for one run; shown and never judged.
///
/// @param code what was timed
/// @param runs how often it ran in each round
/// @param rounds what one run took in each round, in order
/// @param each what one run took by other clocks, on average
/// @param warmUpRuns how often it ran before, which counts for nothing
/// @param warmUpSeconds how long that took
/// @param compiling how long the JIT worked during the rounds
public record Timing(
    String code,
    long runs,
    List<Double> rounds,
    Spent each,
    long warmUpRuns,
    double warmUpSeconds,
    double compiling) {
  // From here on the JIT's work is worth a word: as part of the rounds' time, and in seconds.
  private static final double NOTICED = 0.02;
  private static final double NOTICED_SECONDS = 0.01;
  // The later half of the rounds is that much faster than the earlier one.
  private static final double STILL_FASTER = 0.9;
  // Less than the turn of any processor's clock, in seconds.
  private static final double IMPOSSIBLE = 1e-10;

  public Timing {
    if (rounds.isEmpty()) throw new IllegalArgumentException("a timing has at least one round");
    rounds = List.copyOf(rounds);
  }

  /// Times code in rounds, after a warm-up. For hosts; user code has `%timeit`.
  ///
  /// @param runs in each round, or 0 to find the first of 1, 2, 5, 10, ... that takes `enough`
  /// @param enough how long a round must be, in seconds
  public static Timing of(String code, TimedLoop loop, long runs, int rounds, double enough)
      throws Exception {
    var all = new Rounds(code, loop);
    all.warmUp(runs, enough);
    for (int i = 0; i < rounds; i++) all.round();
    return all.timing();
  }

  /// The round in the middle.
  public double median() {
    return quantile(rounds, 0.5);
  }

  /// A quarter of the rounds was faster.
  public double lowerQuartile() {
    return quantile(rounds, 0.25);
  }

  /// A quarter of the rounds was slower.
  public double upperQuartile() {
    return quantile(rounds, 0.75);
  }

  public double fastest() {
    return quantile(rounds, 0);
  }

  public double slowest() {
    return quantile(rounds, 1);
  }

  /// Whether the JIT was still at work: it compiled for a noticeable part of the rounds, or they
  /// still got faster.
  public boolean isCompiling() {
    double measured = rounds.stream().mapToDouble(Double::doubleValue).sum() * runs;
    return compiling >= Math.max(NOTICED_SECONDS, NOTICED * measured) || gotFaster();
  }

  /// Whether the JIT found that nothing uses what the code computes, and left it out: the figures
  /// are those of an empty loop, or of none.
  public boolean isLeftOut() {
    return median() < IMPOSSIBLE;
  }

  private boolean gotFaster() {
    int half = rounds.size() / 2;
    if (half < 2) return false;
    double early = quantile(rounds.subList(0, half), 0.5);
    double late = quantile(rounds.subList(rounds.size() - half, rounds.size()), 0.5);
    return late < STILL_FASTER * early;
  }

  private static double quantile(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    double place = part * (sorted.size() - 1);
    int below = (int) place;
    double rest = place - below;
    double value = sorted.get(below);
    return rest == 0 ? value : value + rest * (sorted.get(below + 1) - value);
  }

  /// The report.
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(Spent.text(median())).append(" in the median of ");
    text.append(count(rounds.size(), "round")).append(" of ").append(count(runs, "run"));
    if (rounds.size() > 1) {
      text.append("; half of them ").append(range(lowerQuartile(), upperQuartile()));
      text.append(", all ").append(range(fastest(), slowest()));
    }
    text.append("\none run: ").append(each);
    text.append("\nwarm-up, discarded: ").append(count(warmUpRuns, "run"));
    text.append(" in ").append(Spent.text(warmUpSeconds));
    if (isLeftOut()) {
      text.append(
          "\nno code takes so little: nothing uses what this computes, so the JIT left it out.");
      text.append("\nTime an expression, or add the result to a variable of another cell.");
    }
    if (isCompiling()) {
      text.append("\nthe JIT was still compiling, ").append(Spent.text(compiling));
      text.append(" during the rounds: once more gives steadier figures");
    }
    return text.toString();
  }

  private static String range(double from, double to) {
    return Spent.text(from) + " to " + Spent.text(to);
  }

  private static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }
}
