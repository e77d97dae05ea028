package dev.brigade.bench;

import static dev.brigade.async.Async.*;

import dev.brigade.async.Coroutine;
import dev.brigade.async.ProcessPool;
import dev.brigade.async.StreamServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;

/// One kind of work as a program of its own, for comparison with other runtimes: prints one figure,
/// the median of several rounds in a warm process.
///
/// `build/bench.sh` runs it in turn with the same work in CPython and Node.
public final class Work {
  private static final int ROUNDS = 7;

  private static String log = "off";

  /// @param arguments the kind of work; then `on` to keep the event log meanwhile, or `live` to
  ///     look at it as well
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 1) log = arguments[1];
    switch (arguments[0]) {
      case "switch" -> print(nanosEach(Programs::switches, 200_000));
      case "create" -> print(nanosEach(Programs::creations, 200_000));
      case "queue" -> print(nanosEach(Programs::handovers, 200_000));
      case "gather" -> print(nanosEach(n -> Programs.sleepers(n, 0.1), 100_000));
      case "tree" -> print(nanosEach(_ -> Programs.tree(6, 6), 55_987));
      case "million" -> million();
      case "pool" -> pool();
      case "echo" -> echo();
      default -> throw new IllegalArgumentException("no such work: " + arguments[0]);
    }
  }

  private static void print(double figure) {
    System.out.printf("%.1f%n", figure);
  }

  /// Nanoseconds for each of so many operations.
  private static double nanosEach(IntFunction<Coroutine<?>> program, int times) {
    double[] rounds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      run(program.apply(times), () -> Watched.loop(log));
      rounds[i] = (double) (System.nanoTime() - start) / times;
    }
    return median(rounds);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /// The memory of a process in which a million tasks sleep, in MB.
  private static void million() {
    for (int i = 0; i < 3; i++) run(Programs.sleepers(50_000, 0.01)); // a warm process
    run(
        async(
            () -> {
              var tasks = createTask(Programs.sleepers(1_000_000, 3600));
              await(sleep(0));
              await(sleep(0.1));
              print(residentMegabytes());
              System.out.flush();
              tasks.cancel();
              Runtime.getRuntime().halt(0); // to end a million tasks is not what is measured
            }));
  }

  private static double residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
    throw new IOException("this system does not tell how much memory a process uses");
  }

  /// The round trip of a job to a warm worker process and back, in nanoseconds.
  private static void pool() throws Exception {
    try (var pool = new ProcessPool(1)) {
      double[] rounds = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        long start = System.nanoTime();
        for (int k = 0; k < 2000; k++) pool.submit(() -> 1).get();
        rounds[i] = (System.nanoTime() - start) / 2000.0;
      }
      print(median(rounds));
    }
  }

  /// Serves clients that get back each KiB they send, until its input ends. Prints the port.
  private static void echo() {
    run(
        async(
            () -> {
              StreamServer server =
                  await(
                      startServer(
                          (reader, writer) -> {
                            while (!reader.atEof()) {
                              byte[] message = await(reader.read(1024));
                              if (message.length == 0) break;
                              writer.write(message);
                              await(writer.drain());
                            }
                            writer.close();
                          },
                          "127.0.0.1",
                          0));
              System.out.println(server.port());
              System.out.flush();
              await(toThread(() -> System.in.read()));
              server.close();
            }));
  }

  private Work() {}
}
