package dev.brigade.session.engine;

import dev.brigade.session.spi.Magic;

/// A magic of Brigade's own.
record OwnMagic(String name, String summary, boolean observesOnly, Body body) implements Magic {
  /// What it does.
  @FunctionalInterface
  interface Body {
    void run(MagicCall call) throws Exception;
  }

  /// A magic that takes its turn.
  static OwnMagic of(String name, String summary, Body body) {
    return new OwnMagic(name, summary, false, body);
  }

  /// A magic that only looks, and is answered at once.
  static OwnMagic observing(String name, String summary, Body body) {
    return new OwnMagic(name, summary, true, body);
  }

  @Override
  public void run(Call call) throws Exception {
    body.run((MagicCall) call);
  }
}
