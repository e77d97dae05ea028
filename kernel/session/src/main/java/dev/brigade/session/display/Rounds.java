package dev.brigade.session.display;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Runs one piece of code in rounds and keeps what each took. For the thread that runs the code.
///
/// Warming up is choosing the number of runs: 1, 2, 5, 10 and so on until a round is long enough,
/// and, where that was quick, stays long enough when it is run again.
final class Rounds {
  private static final double CONFIRMED_FROM = 1.0;

  private final String code;
  private final TimedLoop loop;
  private final Sink sink = new Sink();
  private final List<Double> rounds = new ArrayList<>();
  private long runs;
  private long warmUpRuns;
  private double warmUpSeconds;
  private Spent spent = Spent.NOTHING;
  private double compiling;

  Rounds(String code, TimedLoop loop) {
    this.code = code;
    this.loop = loop;
  }

  /// Warms up with a given number of runs, or finds one.
  ///
  /// @param given 0 to find one
  /// @param enough how long a round must be, in seconds
  void warmUp(long given, double enough) throws Exception {
    runs = given > 0 ? given : 1;
    long confirmed = 0;
    while (true) {
      double seconds = wall(runs);
      warmUpRuns += runs;
      warmUpSeconds += seconds;
      if (given > 0) return;
      if (seconds >= enough) {
        if (confirmed == runs || warmUpSeconds >= CONFIRMED_FROM) return;
        confirmed = runs;
      } else {
        runs = next(runs);
      }
    }
  }

  /// 1, 2, 5, 10, 20, 50 and so on.
  static long next(long runs) {
    return Long.toString(runs).startsWith("2") ? runs / 2 * 5 : runs * 2;
  }

  private double wall(long times) throws Exception {
    long start = System.nanoTime();
    loop.run(sink, times);
    return (System.nanoTime() - start) / 1e9;
  }

  /// One measured round.
  void round() throws Exception {
    double compiledBefore = compiled();
    var meter = new Meter();
    meter.resume();
    long start = System.nanoTime();
    loop.run(sink, runs);
    long nanos = System.nanoTime() - start;
    spent = spent.plus(meter.end());
    compiling += compiled() - compiledBefore;
    rounds.add(nanos / 1e9 / runs);
  }

  /// How long the compilers have worked so far, in seconds.
  private static double compiled() {
    CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
    boolean known = jit != null && jit.isCompilationTimeMonitoringSupported();
    return known ? jit.getTotalCompilationTime() / 1e3 : 0;
  }

  Timing timing() {
    return new Timing(
        code, runs, rounds, spent.each(runs * rounds.size()), warmUpRuns, warmUpSeconds, compiling);
  }
}
