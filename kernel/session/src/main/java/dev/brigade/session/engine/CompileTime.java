package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import java.util.function.Supplier;

/// Tells the loop when the compiler holds it, which is no learner's fault. For the thread that
/// evaluates.
final class CompileTime {
  private final EventLoop loop;
  private String what = "";
  private boolean running;

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
    loop.hostWorkEnds(what);
  }

  /// User code has ended.
  void resume() {
    running = true;
    loop.hostWorkBegins();
  }

  void end() {
    pause();
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
