package dev.brigade.bench;

import static dev.brigade.async.Async.run;

import dev.brigade.async.Coroutine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The runtime's basic operations, in nanoseconds each. Every invocation is a program on a loop of
/// its own, long enough that making the loop does not count.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "-XX:+UseSerialGC",
      "-XX:+UseCompactObjectHeaders"
    })
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class RuntimeBenchmark {
  private static final int TIMES = 100_000;
  private static final int TREE = 55_987; // the tasks of a tree 6 deep and 6 wide

  /// Whether the event log is kept, and looked at meanwhile.
  @Param({"off", "on", "live"})
  public String log = "off";

  private <T> T program(Coroutine<T> main) {
    return run(main, () -> Watched.loop(log));
  }

  @Benchmark
  @OperationsPerInvocation(TIMES)
  public void sleepZero() {
    program(Programs.switches(TIMES));
  }

  @Benchmark
  @OperationsPerInvocation(TIMES)
  public void createAndAwait() {
    program(Programs.creations(TIMES));
  }

  @Benchmark
  @OperationsPerInvocation(TIMES)
  public void queueHandover() {
    program(Programs.handovers(TIMES));
  }

  @Benchmark
  @OperationsPerInvocation(TIMES)
  public void lockTurn() {
    program(Programs.lockTurns(TIMES));
  }

  @Benchmark
  @OperationsPerInvocation(TREE)
  public int treeOfTasks() {
    return program(Programs.tree(6, 6));
  }
}
