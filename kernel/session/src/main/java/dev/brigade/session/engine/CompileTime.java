package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.session.display.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// Tells the loop when the session holds it, mostly to compile, which is no learner's fault: all of
/// a cell but its user code. For the thread that evaluates.
final class CompileTime {
  // The loop that is held; another one while a cell's code runs elsewhere.
  private EventLoop loop;
  private String what = "";
  private boolean running;
  // What measures user code now.
  private final List<Meter> meters = new ArrayList<>();
  // Sections may stand in each other.
  private int depth;

  CompileTime(EventLoop loop) {
    this.loop = loop;
  }

  void begin(String label) {
    what = label;
    if (depth++ == 0) resume();
  }

  /// What the user code of some work takes, without the compiler and the rest of the session's own
  /// work. The meter stands still when the work begins.
  void measured(Meter meter, Work work) throws Exception {
    meters.add(meter);
    try {
      work.run();
    } finally {
      meters.remove(meter);
      meter.pause();
    }
  }

  /// Work of a cell.
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /// User code begins.
  void pause() {
    if (!running) return;
    running = false;
    loop.hostWorkEnds(what);
    meters.forEach(Meter::resume);
  }

  /// User code has ended.
  void resume() {
    if (depth == 0) return;
    running = true;
    meters.forEach(Meter::pause);
    loop.hostWorkBegins();
  }

  /// Runs code of a cell on another loop, in that loop's thread, while this one is not held: there
  /// it is the session's work again, but for its user code.
  <T> T on(EventLoop other, String label, Callable<T> work) throws Exception {
    EventLoop home = loop;
    int outer = depth;
    loop = other;
    depth = 0;
    begin(label);
    try {
      return work.call();
    } finally {
      end();
      loop = home;
      depth = outer;
    }
  }

  void end() {
    if (--depth == 0) pause();
  }

  /// Work of the session's own that is no snippet: it may use [#begin(String)] inside.
  <T> T during(String label, Supplier<T> work) {
    begin(label);
    try {
      return work.get();
    } finally {
      end();
    }
  }
}
