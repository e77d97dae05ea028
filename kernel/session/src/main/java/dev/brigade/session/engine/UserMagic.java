package dev.brigade.session.engine;

import dev.brigade.session.CellError;
import dev.brigade.session.Completions;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.spi.Magic;
import java.util.Optional;
import java.util.function.Supplier;

/// A magic of the user's: its code is user code, which an interrupt reaches and whose stalls are
/// told.
record UserMagic(Magic magic) implements Magic {
  @Override
  public String name() {
    return magic.name();
  }

  @Override
  public String summary() {
    String line = String.valueOf(magic.summary()).strip();
    return line.startsWith("%") ? line : "%" + name() + ": " + line;
  }

  @Override
  public Optional<Completions> complete(String arguments) {
    try {
      return magic.complete(arguments);
    } catch (RuntimeException | LinkageError _) {
      return Optional.empty(); // nobody who types asked for an error
    }
  }

  @Override
  public void run(Call used) throws Exception {
    var call = (MagicCall) used;
    call.inUserCode(
        () -> {
          magic.run(new Use(call));
          return null;
        });
  }

  /// What the user's code gets: it leaves user code where the session works for it.
  private record Use(MagicCall call) implements Call {
    @Override
    public String arguments() {
      return call.arguments();
    }

    @Override
    public String body() {
      return call.body();
    }

    @Override
    public boolean wholeCell() {
      return call.wholeCell();
    }

    @Override
    public void show(MimeBundle bundle) {
      call.show(bundle);
    }

    @Override
    public void print(String text) {
      call.print(text);
    }

    @Override
    public void live(Supplier<String> frame, double seconds) {
      call.live(frame, seconds);
    }

    @Override
    public void runCode(String code) throws Exception {
      call.outsideUserCode(
          () -> {
            call.runCode(code);
            return null;
          });
    }

    @Override
    public void nextInput(String text) {
      call.nextInput(text);
    }

    @Override
    public RuntimeException failure(CellError error) {
      return call.failure(error);
    }
  }
}
