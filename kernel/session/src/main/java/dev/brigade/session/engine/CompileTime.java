package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Origin;
import dev.brigade.session.display.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Tells the loop when the session holds it, mostly to compile, which is no learner's fault: all of
/// a cell but its user code. For the thread that evaluates; each cell has its own account.
final class CompileTime {
  private final EventLoop home;
  // For work of no cell, which is not held against the loop.
  private final Account none;
  // Of the cells that are under way.
  private final Map<Origin, Account> accounts = new ConcurrentHashMap<>();

  /// What is known of one cell.
  private static final class Account {
    // The loop that is held; another one while the cell's code runs elsewhere.
    private EventLoop loop;
    private String what = "";
    private boolean running;
    // What measures user code now.
    private final List<Meter> meters = new ArrayList<>();
    // Sections may stand in each other.
    private int depth;

    private Account(EventLoop loop) {
      this.loop = loop;
    }

    void pause() {
      if (!running) return;
      running = false;
      loop.hostWorkEnds(what);
      meters.forEach(Meter::resume);
    }

    void resume() {
      if (depth == 0) return;
      running = true;
      meters.forEach(Meter::pause);
      loop.hostWorkBegins();
    }
  }

  CompileTime(EventLoop home) {
    this.home = home;
    none = new Account(home);
  }

  /// Of the cell that the calling thread works for.
  private Account account() {
    Origin cell = Origin.current();
    return cell == null ? none : accounts.computeIfAbsent(cell, _ -> new Account(home));
  }

  void begin(String label) {
    Account mine = account();
    if (mine == none) return;
    mine.what = label;
    if (mine.depth++ == 0) mine.resume();
  }

  /// What the user code of some work takes, without the compiler and the rest of the session's own
  /// work. The meter stands still when the work begins.
  void measured(Meter meter, Work work) throws Exception {
    Account mine = account();
    mine.meters.add(meter);
    try {
      work.run();
    } finally {
      mine.meters.remove(meter);
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
    account().pause();
  }

  /// User code has ended.
  void resume() {
    account().resume();
  }

  /// Runs code of a cell on another loop, in that loop's thread, while this one is not held: there
  /// it is the session's work again, but for its user code.
  <T> T on(EventLoop other, String label, Callable<T> work) throws Exception {
    Account mine = account();
    EventLoop before = mine.loop;
    int outer = mine.depth;
    mine.loop = other;
    mine.depth = 0;
    begin(label);
    try {
      return work.call();
    } finally {
      end();
      mine.loop = before;
      mine.depth = outer;
    }
  }

  void end() {
    Account mine = account();
    if (mine == none) return;
    if (--mine.depth == 0) mine.pause();
  }

  /// A cell has ended.
  void forget(Origin cell) {
    accounts.remove(cell);
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
