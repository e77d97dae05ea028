package dev.brigade.session.engine;

import dev.brigade.session.spi.Magic;

/// A magic of Brigade's own.
record OwnMagic(String name, String summary, boolean observesOnly, Look body) implements Magic {
  /// What it does as part of a cell.
  @FunctionalInterface
  interface Body {
    void run(MagicCall call) throws Exception;
  }

  /// What it does where there may be no cell and no coroutine.
  @FunctionalInterface
  interface Look {
    void run(Call call) throws Exception;
  }

  /// A magic that takes its turn.
  static OwnMagic of(String name, String summary, Body body) {
    return new OwnMagic(name, summary, false, call -> body.run((MagicCall) call));
  }

  /// A magic that only looks, and is answered at once, in any thread.
  static OwnMagic observing(String name, String summary, Look body) {
    return new OwnMagic(name, summary, true, body);
  }

  @Override
  public void run(Call call) throws Exception {
    body.run(call);
  }
}
