package dev.brigade.session.display;

import dev.brigade.async.Coroutine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Takes the values of code that is timed, so that the compiler cannot leave the code out. Called
/// by the code that `%timeit` compiles.
public final class Sink {
  private final AtomicReference<@Nullable Object> object = new AtomicReference<>();
  private final AtomicLong number = new AtomicLong();

  Sink() {}

  /// Takes a value.
  ///
  /// @throws IllegalArgumentException it is a coroutine, which would never run
  public void keep(@Nullable Object value) {
    if (value instanceof Coroutine<?> coroutine && !coroutine.isStarted()) {
      String name = coroutine.name();
      coroutine.close();
      throw new IllegalArgumentException(
          "the timed code makes a coroutine and does not run it."
              + "\n  wrong: "
              + name
              + "(...)\n  right: await("
              + name
              + "(...))");
    }
    object.setRelease(value);
  }

  public void keep(long value) {
    number.setRelease(value);
  }

  public void keep(double value) {
    number.setRelease(Double.doubleToRawLongBits(value));
  }

  public void keep(boolean value) {
    number.setRelease(value ? 1 : 0);
  }
}
