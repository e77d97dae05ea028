package dev.brigade.session.engine;

import dev.brigade.session.Completions;
import dev.brigade.session.spi.Magic;
import java.util.Optional;
import java.util.function.Function;

/// A magic of Brigade's own.
///
/// @param completer what may stand at the end of its arguments
record OwnMagic(
    String name,
    String summary,
    boolean observesOnly,
    Look body,
    Function<String, Optional<Completions>> completer)
    implements Magic {
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
    return new OwnMagic(
        name, summary, false, call -> body.run((MagicCall) call), _ -> Optional.empty());
  }

  /// A magic that only looks, and is answered at once, in any thread.
  static OwnMagic observing(String name, String summary, Look body) {
    return new OwnMagic(name, summary, true, body, _ -> Optional.empty());
  }

  /// This magic, with candidates for its arguments.
  OwnMagic completedBy(Function<String, Optional<Completions>> other) {
    return new OwnMagic(name, summary, observesOnly, body, other);
  }

  @Override
  public Optional<Completions> complete(String arguments) {
    return completer.apply(arguments);
  }

  @Override
  public void run(Call call) throws Exception {
    body.run(call);
  }
}
