package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.trace.TraceEvent;

/// How long the compiler has held the loop. It is no learner's fault: it is logged as what it is,
/// and taken off a stall.
final class CompileTime {
  private final EventLoop loop;
  // Written by the thread that evaluates.
  private volatile long started;
  private volatile String what = "";
  private volatile boolean running;
  private volatile long turn;
  private volatile long nanosOfTurn;

  CompileTime(EventLoop loop) {
    this.loop = loop;
  }

  void begin(String label) {
    what = label;
    resume();
  }

  /// User code begins.
  void pause() {
    if (!running) return;
    running = false;
    long nanos = System.nanoTime() - started;
    long now = loop.turns();
    nanosOfTurn = now == turn ? nanosOfTurn + nanos : nanos;
    turn = now;
    if (loop.log().isOn()) {
      String label = what;
      loop.log()
          .add(
              loop.clock().nanos(),
              Thread.currentThread().getName(),
              label,
              stamp -> new TraceEvent.Compiled(stamp, label, nanos));
    }
  }

  /// User code has ended.
  void resume() {
    started = System.nanoTime();
    running = true;
  }

  void end() {
    pause();
  }

  /// How many milliseconds of the loop's current or last turn were compiling.
  long millisOfTurn() {
    return nanosOfTurn / 1_000_000;
  }
}
