package dev.brigade.session.display;

import dev.brigade.async.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// `compare("direct", () -> ..., "threads", () -> ...)`: the same work done in several ways, timed
/// beside each other.
///
/// Runs in the calling thread, so in a cell or a coroutine the code may await. After a warm-up the
/// pieces take turns, forwards and backwards, so that what slows the machine down for a while slows
/// down all of them. An exception or a cancellation of one ends it all. Times are shown and never
/// judged.
public final class Compare {
  // Rounds shorter than this are made of several runs, in seconds.
  private static final double ENOUGH = 0.02;
  private static final int ROUNDS = 5;
  private static final int FEWER_ROUNDS = 3;
  // Once through all of it takes so long that fewer rounds must do, in seconds.
  private static final double LONG = 5;

  /// Times pieces of code beside each other.
  ///
  /// @return figures as a value; a cell that ends in it shows a chart with the ratio to the first
  public static Comparison compare(
      String name1, Callable<?> code1, String name2, Callable<?> code2) {
    return measured(piece(name1, code1), piece(name2, code2));
  }

  /// As [#compare(String, Callable, String, Callable)].
  public static Comparison compare(
      String name1,
      Callable<?> code1,
      String name2,
      Callable<?> code2,
      String name3,
      Callable<?> code3) {
    return measured(piece(name1, code1), piece(name2, code2), piece(name3, code3));
  }

  /// As [#compare(String, Callable, String, Callable)].
  public static Comparison compare(
      String name1,
      Callable<?> code1,
      String name2,
      Callable<?> code2,
      String name3,
      Callable<?> code3,
      String name4,
      Callable<?> code4) {
    return measured(
        piece(name1, code1), piece(name2, code2), piece(name3, code3), piece(name4, code4));
  }

  /// As [#compare(String, Callable, String, Callable)].
  public static Comparison compare(
      String name1,
      Callable<?> code1,
      String name2,
      Callable<?> code2,
      String name3,
      Callable<?> code3,
      String name4,
      Callable<?> code4,
      String name5,
      Callable<?> code5) {
    return measured(
        piece(name1, code1),
        piece(name2, code2),
        piece(name3, code3),
        piece(name4, code4),
        piece(name5, code5));
  }

  /// Times pieces of code without a value beside each other.
  public static Comparison compare(String name1, Action code1, String name2, Action code2) {
    return measured(piece(name1, code1), piece(name2, code2));
  }

  /// As [#compare(String, Action, String, Action)].
  public static Comparison compare(
      String name1, Action code1, String name2, Action code2, String name3, Action code3) {
    return measured(piece(name1, code1), piece(name2, code2), piece(name3, code3));
  }

  /// As [#compare(String, Action, String, Action)].
  public static Comparison compare(
      String name1,
      Action code1,
      String name2,
      Action code2,
      String name3,
      Action code3,
      String name4,
      Action code4) {
    return measured(
        piece(name1, code1), piece(name2, code2), piece(name3, code3), piece(name4, code4));
  }

  /// As [#compare(String, Action, String, Action)].
  public static Comparison compare(
      String name1,
      Action code1,
      String name2,
      Action code2,
      String name3,
      Action code3,
      String name4,
      Action code4,
      String name5,
      Action code5) {
    return measured(
        piece(name1, code1),
        piece(name2, code2),
        piece(name3, code3),
        piece(name4, code4),
        piece(name5, code5));
  }

  /// Times pieces of code beside each other, in the order of the map.
  public static Comparison compare(Map<String, ? extends Callable<?>> codes) {
    if (codes.isEmpty()) {
      throw new IllegalArgumentException(
          "compare(...) needs code to time, and the map is empty."
              + "\n  right: compare(\"direct\", () -> fib(30), \"pool\", () -> await(pooled()))");
    }
    return measured(
        codes.entrySet().stream()
            .map(each -> piece(each.getKey(), each.getValue()))
            .toArray(Piece[]::new));
  }

  /// One of what is timed.
  private record Piece(String name, TimedLoop loop) {}

  private static Piece piece(String name, Callable<?> code) {
    return new Piece(
        name,
        (sink, times) -> {
          for (long i = 0; i < times; i++) sink.keep(code.call());
        });
  }

  private static Piece piece(String name, Action code) {
    return new Piece(
        name,
        (sink, times) -> {
          for (long i = 0; i < times; i++) code.run();
        });
  }

  private static Comparison measured(Piece... pieces) {
    var codes = new LinkedHashMap<String, TimedLoop>();
    for (Piece each : pieces) {
      if (codes.put(each.name(), each.loop()) == null) continue;
      throw new IllegalArgumentException(
          "compare(...) tells its pieces of code apart by their names, and two are named \""
              + each.name()
              + "\": give each a name of its own");
    }
    try {
      return measure(codes);
    } catch (Exception e) {
      throw Compare.<RuntimeException>asIs(e);
    }
  }

  /// What the code throws comes out as it is, as from await.
  @SuppressWarnings("unchecked")
  private static <E extends Exception> E asIs(Exception thrown) throws E {
    throw (E) thrown;
  }

  private static Comparison measure(Map<String, TimedLoop> codes) throws Exception {
    var names = List.copyOf(codes.keySet());
    var all = new ArrayList<Rounds>();
    codes.forEach((name, code) -> all.add(new Rounds(name, code)));
    for (Rounds each : all) each.warmUp(0, ENOUGH);
    long start = System.nanoTime();
    int rounds = ROUNDS;
    for (int i = 0; i < rounds; i++) {
      for (Rounds each : i % 2 == 0 ? all : all.reversed()) each.round();
      if (i == 0 && (System.nanoTime() - start) / 1e9 > LONG) rounds = FEWER_ROUNDS;
    }
    var measured = new ArrayList<Comparison.Measured>();
    for (int i = 0; i < all.size(); i++) {
      measured.add(new Comparison.Measured(names.get(i), all.get(i).timing()));
    }
    return new Comparison(measured, Runtime.getRuntime().availableProcessors());
  }

  private Compare() {}
}
